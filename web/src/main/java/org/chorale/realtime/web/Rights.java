package org.chorale.realtime.web;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.chorale.access.Action;
import org.chorale.access.Grant;
import org.chorale.access.Role;
import org.chorale.access.SessionAccess;

/**
 * What one participant may do, as they are told.
 *
 * @param grants          those about them
 * @param slowModeSeconds between two of their chat messages
 */
record Rights(Role role, Set<Action> permissions, List<Grant> grants, boolean frozen, long slowModeSeconds) {

    /** Of somebody who takes part. */
    static Rights of(SessionAccess access, String userId, Instant now) {
        return new Rights(access.roleOf(userId, now).orElseThrow(), access.permissionsOf(userId, now), access.grantsOf(userId),
            access.written().frozen(), access.slowModeFor(userId).toSeconds());
    }
}
