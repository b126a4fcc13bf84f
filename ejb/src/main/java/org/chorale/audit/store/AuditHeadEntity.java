package org.chorale.audit.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import org.chorale.audit.AuditEntry;

/** The one row that tells the newest audit entry. */
@Entity
@Table(name = "audit_head")
@NamedQuery(name = "audit.hold", query = "update AuditHeadEntity h set h.number = h.number where h.id = 1")
public class AuditHeadEntity {
    public static final int ID = 1;

    @Id
    private int id;
    @Column(name = "event_number")
    private long number;
    private String hash;

    protected AuditHeadEntity() {}

    public long number() {
        return number;
    }

    public String hash() {
        return hash;
    }

    public void moveTo(AuditEntry newest) {
        number = newest.number();
        hash = newest.hash();
    }
}
