package org.chorale.account.service;

import java.sql.SQLException;

/** Tells a row that is there already from everything else that a database may have against an insert. */
final class Duplicates {
    private static final String INTEGRITY = "23";

    private Duplicates() {}

    static boolean isDuplicate(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException database && database.getSQLState() != null && database.getSQLState().startsWith(INTEGRITY)) {
                return true;
            }
        }
        return false;
    }
}
