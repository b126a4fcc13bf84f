package org.chorale.session.web;

import static org.chorale.problem.ProblemType.FORBIDDEN;

/** The key that the creator of a session was given. */
public final class OwnerKey {
    public static final String HEADER = "Chorale-Owner-Key";

    private OwnerKey() {}

    /** @param header its value, or null where there is none: nobody's call then */
    public static String require(String header) {
        if (header == null) {
            throw FORBIDDEN.because(HEADER + " (expected: the key given when the session was created)");
        }
        return header;
    }
}
