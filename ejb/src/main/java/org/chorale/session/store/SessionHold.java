package org.chorale.session.store;

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
    public boolean open(SessionId session) {
        turns.take("session " + session.value());
        return entities.createNamedQuery("session.hold").setParameter("id", session.value()).executeUpdate() > 0;
    }

    /** Waits for those who hold a session, for whoever locks its row in another way; holds it likewise. */
    public void turn(SessionId session) {
        turns.take("session " + session.value());
    }
}
