package org.chorale.access;

import static org.chorale.problem.ProblemType.INVALID_REQUEST;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is to change of who gets into a session, and what they may do there; what is empty stays as it is.
 *
 * @param password    asked of those who are no members; an empty one asks for none any more
 * @param defaultRole what those become who come by the link
 * @param permissions takes the place of all that was given before
 */
public record AccessSettings(Optional<String> password, Optional<Role> defaultRole, Optional<Map<Role, Set<Action>>> permissions) {
    public static final AccessSettings NONE = new AccessSettings(Optional.empty(), Optional.empty(), Optional.empty());

    private static final int SHORTEST_PASSWORD = 4;
    private static final int LONGEST_PASSWORD = 128;

    public AccessSettings {
        password.ifPresent(AccessSettings::requirePassword);
        defaultRole.ifPresent(AccessSettings::requireDefault);
        permissions.ifPresent(Permissions::of);
    }

    private static void requirePassword(String password) {
        if (!password.isEmpty() && (password.length() < SHORTEST_PASSWORD || password.length() > LONGEST_PASSWORD)) {
            throw INVALID_REQUEST.because("password of length " + password.length() + " (expected: "
                + SHORTEST_PASSWORD + " to " + LONGEST_PASSWORD + " characters, or none)");
        }
    }

    private static void requireDefault(Role role) {
        if (role != Role.COLLABORATOR && role != Role.VIEWER) {
            throw INVALID_REQUEST.because("defaultRole: " + role + " (expected: COLLABORATOR or VIEWER)");
        }
    }

    /** Never tells the password. */
    @Override
    public String toString() {
        return "AccessSettings[" + defaultRole + ", " + permissions + "]";
    }
}
