package org.chorale.document.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;

/** Which of a client's changes are in a segment. */
@Entity
@IdClass(ArchivedClientEntity.Key.class)
@Table(name = "archived_client")
@NamedQuery(name = "archived.ofClient", query = """
    select a from ArchivedClientEntity a
    where a.branchId = :branch and a.clientId = :client and a.lowCounter <= :counter and a.highCounter >= :counter""")
@NamedQuery(name = "archived.removeAll", query = "delete from ArchivedClientEntity a where a.branchId = :branch")
public class ArchivedClientEntity {
    @Id
    @Column(name = "branch_id")
    private long branchId;
    @Id
    @Column(name = "first_revision")
    private long firstRevision;
    @Id
    @Column(name = "client_id")
    private String clientId;
    @Column(name = "low_counter")
    private long lowCounter;
    @Column(name = "high_counter")
    private long highCounter;
    private String counters;

    protected ArchivedClientEntity() {}

    ArchivedClientEntity(long branchId, long firstRevision, String clientId, ChangeSegment.Counters counters) {
        this.branchId = branchId;
        this.firstRevision = firstRevision;
        this.clientId = clientId;
        this.lowCounter = counters.low();
        this.highCounter = counters.high();
        this.counters = counters.text();
    }

    long firstRevision() {
        return firstRevision;
    }

    ChangeSegment.Counters counters() {
        return new ChangeSegment.Counters(lowCounter, highCounter, counters);
    }

    /** The primary key; JPA 3.1 takes no record here. */
    public static class Key implements Serializable {
        private static final long serialVersionUID = 1;

        private long branchId;
        private long firstRevision;
        private String clientId;

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.branchId == branchId && key.firstRevision == firstRevision
                && key.clientId.equals(clientId);
        }

        @Override
        public int hashCode() {
            return Objects.hash(branchId, firstRevision, clientId);
        }
    }
}
