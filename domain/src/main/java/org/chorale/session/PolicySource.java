package org.chorale.session;

import org.chorale.conflict.Policies;

/** Where it is written how a session settles its conflicts. */
@FunctionalInterface
public interface PolicySource {
    /** @throws org.chorale.problem.CollaborationException {@code session-not-found} */
    Policies of(SessionId session);
}
