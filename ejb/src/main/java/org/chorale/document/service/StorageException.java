package org.chorale.document.service;

import java.util.function.Supplier;

/** The log did not answer, or not as it was needed. Its message is for operators, {@link #reason} for whoever waits for an answer. */
class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String reason;

    StorageException(RuntimeException cause) {
        super("cannot reach its log: " + cause, cause);
        reason = "The database does not answer";
    }

    private StorageException(String message, String reason) {
        super(message);
        this.reason = reason;
    }

    String reason() {
        return reason;
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
