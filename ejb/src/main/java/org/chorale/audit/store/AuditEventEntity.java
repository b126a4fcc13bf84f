package org.chorale.audit.store;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import org.chorale.audit.AuditEntry;
import org.chorale.audit.AuditEvent;
import org.chorale.platform.store.InstantConverter;

/** An audit entry's row; written once, never updated. */
@Entity
@Table(name = "audit_event")
@NamedQuery(name = "audit.ofSession", query = """
    select e from AuditEventEntity e where e.sessionId = :session and e.number < :before order by e.number desc""")
@NamedQuery(name = "audit.after", query = "select e from AuditEventEntity e where e.number > :after order by e.number")
public class AuditEventEntity {
    @Id
    @Column(name = "event_number")
    private long number;
    @Column(name = "session_id")
    private String sessionId;
    @Column(name = "happened_at")
    @Convert(converter = InstantConverter.class)
    private Instant happenedAt;
    private String actor;
    private String action;
    private String subject;
    private String detail;
    @Column(name = "previous_hash")
    private String previousHash;
    private String hash;

    protected AuditEventEntity() {}

    public AuditEventEntity(AuditEntry entry) {
        this.number = entry.number();
        this.sessionId = entry.event().sessionId();
        this.happenedAt = entry.event().at();
        this.actor = entry.event().actor();
        this.action = entry.event().action();
        this.subject = entry.event().subject();
        this.detail = entry.event().detail();
        this.previousHash = entry.previous();
        this.hash = entry.hash();
    }

    public AuditEntry toEntry() {
        return new AuditEntry(number, new AuditEvent(sessionId, happenedAt, actor, action, subject, detail), previousHash, hash);
    }
}
