package org.chorale.session.store;

import static org.chorale.problem.ProblemType.SESSION_CLOSED;
import static org.chorale.problem.ProblemType.SESSION_NOT_FOUND;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.chorale.platform.store.Turns;
import org.chorale.session.SessionId;

/** Lets those who change something about one session come one after the other, on this node and, by its row, on all. */
@Stateless
public class SessionHold {
    @PersistenceContext
    private EntityManager entities;
    @Inject
    private Turns turns;

    /**
     * Holds an open session until the caller's transaction ends.
     *
     * @return whether there is one; else nothing is held on other nodes
     */
    public boolean hold(SessionId session) {
        takeTurn(session);
        return entities.createNamedQuery("session.hold").setParameter("id", session.value()).executeUpdate() > 0;
    }

    /**
     * The same for whoever can do nothing without it.
     *
     * @throws org.chorale.problem.CollaborationException {@code session-not-found}, {@code session-closed}
     */
    public void require(SessionId session) {
        if (!hold(session)) {
            boolean known = entities.find(SessionEntity.class, session.value()) != null;
            throw (known ? SESSION_CLOSED : SESSION_NOT_FOUND).because("session: " + session);
        }
    }

    /** Waits for those of this node who hold a session; for whoever locks its row in another way. */
    public void takeTurn(SessionId session) {
        turns.take("session " + session.value());
    }
}
