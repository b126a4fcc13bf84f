package org.chorale.platform.web;

import static org.chorale.problem.ProblemType.STORAGE_UNAVAILABLE;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Optional;
import java.util.Set;
import org.chorale.problem.Problem;

/** Tells a database that is away, or cannot take anything at the moment, from a bug. */
public final class StorageFailures {
    /**
     * Classes of SQL states that say nothing about the statement: no connection, out of resources (a full disk among them), stopped by
     * an operator, failed in the operating system.
     */
    private static final Set<String> STATE_CLASSES = Set.of("08", "53", "57", "58");
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private StorageFailures() {}

    /** {@code storage-unavailable}, where that is what a failure comes from. */
    public static Optional<Problem> problemOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException database && isAway(database)) {
                return Optional.of(STORAGE_UNAVAILABLE.with("The database does not answer; nothing was lost, try again."));
            }
        }
        return Optional.empty();
    }

    private static boolean isAway(SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        return failure instanceof SQLTransientException || failure instanceof SQLRecoverableException
            || failure instanceof SQLNonTransientConnectionException || state.equals(LOCK_NOT_AVAILABLE)
            || STATE_CLASSES.contains(state.substring(0, Math.min(2, state.length())));
    }
}
