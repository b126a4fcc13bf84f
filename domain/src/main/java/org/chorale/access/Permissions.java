package org.chorale.access;

import static org.chorale.problem.ProblemType.INVALID_REQUEST;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** What each role may do in a session where no grant says otherwise. The OWNER may do everything, always. */
public final class Permissions {
    /** As docs/permissions.md has it. */
    public static final Permissions DEFAULT = new Permissions(Map.of());

    private final Map<Role, Set<Action>> given;
    private final Map<Role, Set<Action>> byRole = new EnumMap<>(Role.class);

    private Permissions(Map<Role, Set<Action>> given) {
        this.given = Map.copyOf(given);
        byRole.put(Role.OWNER, EnumSet.allOf(Action.class));
        byRole.put(Role.ADMIN, EnumSet.complementOf(EnumSet.of(Action.CLOSE)));
        var ofCollaborators = EnumSet.copyOf(Action.OF_DOCUMENT);
        ofCollaborators.add(Action.CHAT);
        byRole.put(Role.COLLABORATOR, ofCollaborators);
        byRole.put(Role.VIEWER, EnumSet.of(Action.CHAT));
        byRole.putAll(this.given);
        byRole.replaceAll((role, actions) -> Collections.unmodifiableSet(actions));
    }

    /**
     * The defaults, but for the roles that are named.
     *
     * @throws org.chorale.problem.CollaborationException {@code invalid-request} for OWNER, and where a role below ADMIN would manage
     */
    public static Permissions of(Map<Role, Set<Action>> given) {
        given.forEach(Permissions::requireSuitable);
        return given.isEmpty() ? DEFAULT : new Permissions(given);
    }

    private static void requireSuitable(Role role, Set<Action> actions) {
        if (role == Role.OWNER) {
            throw INVALID_REQUEST.because("permissions of OWNER (expected: none; the owner may do everything)");
        }
        if (role != Role.ADMIN && !Collections.disjoint(actions, Action.OF_MANAGEMENT)) {
            throw INVALID_REQUEST.because("permissions of " + role + " (expected: none of " + Action.OF_MANAGEMENT + ")");
        }
    }

    public Set<Action> of(Role role) {
        return byRole.get(role);
    }

    /** Only what is not as by default. */
    public Map<Role, Set<Action>> given() {
        return given;
    }
}
