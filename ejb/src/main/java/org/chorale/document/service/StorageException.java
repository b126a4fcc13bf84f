package org.chorale.document.service;

import static org.chorale.problem.ProblemType.STORAGE_UNAVAILABLE;

import java.util.function.Supplier;
import org.chorale.problem.CollaborationException;
import org.chorale.problem.Problem;

/** The log did not answer, or not as it was needed. Its message is for operators, {@link #problem} for whoever waits for an answer. */
class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    /** @param cause where the log itself says what is wrong, such as that its branch was deleted, that is told */
    StorageException(RuntimeException cause) {
        super("cannot reach its log: " + cause, cause);
        problem = cause instanceof CollaborationException refused ? refused.problem() : unavailable("The database does not answer");
    }

    private StorageException(String message, String reason) {
        super(message);
        problem = unavailable(reason);
    }

    private static Problem unavailable(String reason) {
        return STORAGE_UNAVAILABLE.with(reason + "; nothing was lost, try again.");
    }

    Problem problem() {
        return problem;
    }

    /** Whether an operator has something to look at. */
    boolean isTrouble() {
        return problem.type() == STORAGE_UNAVAILABLE;
    }

    /** Other nodes extended the branch each time that it was tried here: the database is well. */
    static StorageException overtaken(int attempts) {
        return new StorageException("was extended by other nodes " + attempts + " times in a row while this one tried to; "
            + "are the people of one session spread over many nodes?", "Others edit at other nodes, and were first each time");
    }

    /** Asks the log, or another store. */
    static <T> T ask(Supplier<T> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            throw new StorageException(e);
        }
    }
}
