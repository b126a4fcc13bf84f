package org.chorale.operation;

import static org.chorale.problem.ProblemType.INVALID_OPERATION;

/** The rule for every id that clients choose: 1 to 64 characters of {@code [A-Za-z0-9_-]}. */
final class Ids {
    private static final int MAX_LENGTH = 64;

    private Ids() {}

    /** Returns the id unchanged, or refuses it by a message that says what it should name. */
    static String require(String what, String id) {
        if (id.isEmpty() || id.length() > MAX_LENGTH || !isAllowed(id)) {
            throw INVALID_OPERATION.because(what + ": \"" + abbreviated(id) + "\" (expected: 1 to 64 characters of A-Z a-z 0-9 _ -)");
        }
        return id;
    }

    private static boolean isAllowed(String id) {
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-')) {
                return false;
            }
        }
        return true;
    }

    private static String abbreviated(String id) {
        return id.length() <= MAX_LENGTH ? id : id.substring(0, MAX_LENGTH) + "…";
    }
}
