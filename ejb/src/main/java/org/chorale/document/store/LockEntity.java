package org.chorale.document.store;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import org.chorale.lock.Lock;
import org.chorale.lock.LockHolder;
import org.chorale.operation.ElementId;
import org.chorale.platform.store.InstantConverter;

/** A lease on one element of a branch. */
@Entity
@IdClass(LockEntity.Key.class)
@Table(name = "branch_lock")
@NamedQuery(name = "lock.ofBranch", query = "select l from LockEntity l where l.branchId = :branch order by l.lease")
@NamedQuery(name = "lock.remove", query = "delete from LockEntity l where l.branchId = :branch and l.element = :element")
@NamedQuery(name = "lock.removeExpired", query = "delete from LockEntity l where l.branchId = :branch and l.expiresAt < :before")
@NamedQuery(name = "lock.removeAll", query = "delete from LockEntity l where l.branchId = :branch")
public class LockEntity {
    @Id
    @Column(name = "branch_id")
    private long branchId;
    @Id
    private String element;
    @Column(name = "participant_id")
    private String participantId;
    @Column(name = "user_id")
    private String userId;
    @Column(name = "user_name")
    private String userName;
    private long lease;
    @Column(name = "expires_at")
    @Convert(converter = InstantConverter.class)
    private Instant expiresAt;

    protected LockEntity() {}

    LockEntity(long branchId, Lock lock) {
        this.branchId = branchId;
        this.element = lock.element().value();
        this.participantId = lock.holder().participantId();
        this.userId = lock.holder().userId();
        this.userName = lock.holder().name();
        this.lease = lock.lease();
        this.expiresAt = lock.expiresAt();
    }

    Lock toLock() {
        return new Lock(new ElementId(element), new LockHolder(participantId, userId, userName), lease, expiresAt);
    }

    /** The primary key; JPA 3.1 takes no record here. */
    public static class Key implements Serializable {
        private static final long serialVersionUID = 1;

        private long branchId;
        private String element;

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.branchId == branchId && key.element.equals(element);
        }

        @Override
        public int hashCode() {
            return Objects.hash(branchId, element);
        }
    }
}
