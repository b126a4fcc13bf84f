package org.chorale.session;

import org.chorale.access.SessionAccess;

/** Where it is written who may do what in a session. */
@FunctionalInterface
public interface AccessSource {
    /** @throws org.chorale.problem.CollaborationException {@code session-not-found} */
    SessionAccess of(SessionId session);
}
