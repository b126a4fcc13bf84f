package org.chorale.document.service;

import java.util.function.Supplier;

/** The log did not answer, or not as it was needed; what its message says is for operators. */
class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StorageException(RuntimeException cause) {
        super("cannot reach its log: " + cause, cause);
    }

    private StorageException(String message) {
        super(message);
    }

    /** Other nodes extended the branch each time that it was tried here: the database is well. */
    static StorageException overtaken(int attempts) {
        return new StorageException("was extended by other nodes " + attempts + " times in a row while this one tried to; "
            + "are the people of one session spread over many nodes?");
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
