package org.chorale.audit.service;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import org.chorale.audit.AuditChain;
import org.chorale.audit.AuditEntry;
import org.chorale.audit.AuditEvent;
import org.chorale.audit.store.AuditEventEntity;
import org.chorale.audit.store.AuditHeadEntity;
import org.chorale.platform.store.Turns;
import org.chorale.session.SessionId;

/** The audit log: appended to within the transaction that does what is told, so that there is neither without the other. */
@Stateless
public class AuditService {
    private static final int READ_SIZE = 1_000;

    @PersistenceContext
    private EntityManager entities;
    @Inject
    private Turns turns;

    /** Appends an event. Others who append wait until the caller's transaction ends. */
    public void append(AuditEvent event) {
        AuditHeadEntity head = hold();
        AuditEntry entry = AuditChain.next(head.number(), head.hash(), event);
        entities.persist(new AuditEventEntity(entry));
        head.moveTo(entry);
        entities.flush();
    }

    /** Entries of a session before one, or the newest; the newest first. */
    public List<AuditEntry> ofSession(SessionId session, long before, int limit) {
        return of(session.value(), before, limit);
    }

    /** Entries about no session, before one, or the newest; the newest first. */
    public List<AuditEntry> ofAccounts(long before, int limit) {
        return of("", before, limit);
    }

    private List<AuditEntry> of(String sessionId, long before, int limit) {
        return entities.createNamedQuery("audit.ofSession", AuditEventEntity.class)
            .setParameter("session", sessionId)
            .setParameter("before", before)
            .setMaxResults(limit)
            .getResultStream().map(AuditEventEntity::toEntry).toList();
    }

    /**
     * What is wrong with the chain, by its first fault; empty where nothing is. Reads all of it, and keeps others from appending meanwhile.
     */
    public Optional<String> verify() {
        AuditHeadEntity head = hold();
        var verification = new AuditChain.Verification();
        List<AuditEntry> page;
        long after = Long.MIN_VALUE;
        do {
            page = entities.createNamedQuery("audit.after", AuditEventEntity.class)
                .setParameter("after", after).setMaxResults(READ_SIZE)
                .getResultStream().map(AuditEventEntity::toEntry).toList();
            page.forEach(verification::look);
            after = page.isEmpty() ? after : page.getLast().number();
            entities.clear();
        } while (page.size() == READ_SIZE);
        return verification.fault(head.number(), head.hash());
    }

    private AuditHeadEntity hold() {
        turns.take("audit");
        entities.createNamedQuery("audit.hold").executeUpdate();
        // Read behind the update, or by the same transaction when it held the row already: never older than what others committed.
        return entities.find(AuditHeadEntity.class, AuditHeadEntity.ID);
    }
}
