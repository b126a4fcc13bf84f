package org.chorale.session;

import static org.chorale.problem.ProblemType.INVALID_REQUEST;

import java.util.Map;
import org.chorale.conflict.Policy;

/**
 * What somebody asks for who starts a session.
 *
 * @param conflictPolicy by {@code elementType.property}; what is not named is as the kind of session brings it
 */
public record NewSession(String name, SessionKind kind, Visibility visibility, int maxUsers, Map<String, Policy> conflictPolicy) {
    public static final int MAX_NAME_LENGTH = 120;

    public NewSession {
        name = requireName(name);
        requireMaxUsers(maxUsers);
        conflictPolicy = Map.copyOf(conflictPolicy);
    }

    public NewSession(String name, SessionKind kind, Visibility visibility, int maxUsers) {
        this(name, kind, visibility, maxUsers, Map.of());
    }

    static String requireName(String name) {
        return DisplayName.require("name", name, MAX_NAME_LENGTH);
    }

    static void requireMaxUsers(int maxUsers) {
        if (maxUsers < 1) {
            throw INVALID_REQUEST.because("maxUsers: " + maxUsers + " (expected: >= 1)");
        }
    }
}
