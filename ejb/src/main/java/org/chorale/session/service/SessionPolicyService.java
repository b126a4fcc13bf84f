package org.chorale.session.service;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import org.chorale.conflict.Policies;
import org.chorale.session.PolicySource;
import org.chorale.session.SessionId;

/** The conflict policies of sessions, as their rows say. */
@Stateless
public class SessionPolicyService implements PolicySource {
    @EJB
    private SessionService sessions;

    @Override
    public Policies of(SessionId session) {
        return sessions.find(session).policies();
    }
}
