package org.chorale.session;

import static org.chorale.problem.ProblemType.INVALID_REQUEST;

/** What somebody asks for who starts a session. */
public record NewSession(String name, SessionKind kind, Visibility visibility, int maxUsers) {
    public static final int MAX_NAME_LENGTH = 120;

    public NewSession {
        name = DisplayName.require("name", name, MAX_NAME_LENGTH);
        if (maxUsers < 1) {
            throw INVALID_REQUEST.because("maxUsers: " + maxUsers + " (expected: >= 1)");
        }
    }
}
