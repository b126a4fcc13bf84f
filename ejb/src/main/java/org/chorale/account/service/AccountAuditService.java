package org.chorale.account.service;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.chorale.audit.AuditEvent;
import org.chorale.audit.service.AuditService;

/**
 * Notes in the audit log what was done to accounts, within the caller's transaction where there is one. Others who note something wait
 * for the end of that: what it changes besides rows of its own it changes behind this.
 */
@Stateless
public class AccountAuditService {
    private static final String NO_SESSION = "";

    @EJB
    private AuditService audit;
    @Inject
    private Clock clock;

    /**
     * @param actor   a user id; empty where nobody has the login that was tried
     * @param subject a user id, or an API key's
     */
    public void note(String actor, String action, String subject, String detail) {
        audit.append(new AuditEvent(NO_SESSION, clock.instant().truncatedTo(ChronoUnit.MILLIS), actor, action, subject, detail));
    }
}
