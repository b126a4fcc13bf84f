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
import org.chorale.platform.store.InstantConverter;

/** A snapshot's row; its text is in the {@link SnapshotPartEntity parts}. */
@Entity
@IdClass(SnapshotEntity.Key.class)
@Table(name = "snapshot")
@NamedQuery(name = "snapshot.newest",
    query = "select max(s.revision) from SnapshotEntity s where s.branchId = :branch and s.revision <= :revision")
@NamedQuery(name = "snapshot.revisions", query = "select s.revision from SnapshotEntity s where s.branchId = :branch order by s.revision")
@NamedQuery(name = "snapshot.removeAll", query = "delete from SnapshotEntity s where s.branchId = :branch")
@NamedQuery(name = "snapshot.remove", query = "delete from SnapshotEntity s where s.branchId = :branch and s.revision = :revision")
public class SnapshotEntity {
    @Id
    @Column(name = "branch_id")
    private long branchId;
    @Id
    private long revision;
    @Column(name = "committed_at")
    @Convert(converter = InstantConverter.class)
    private Instant committedAt;

    protected SnapshotEntity() {}

    SnapshotEntity(long branchId, long revision, Instant committedAt) {
        this.branchId = branchId;
        this.revision = revision;
        this.committedAt = committedAt;
    }

    Instant committedAt() {
        return committedAt;
    }

    /** The primary key; JPA 3.1 takes no record here. */
    public static class Key implements Serializable {
        private static final long serialVersionUID = 1;

        private long branchId;
        private long revision;

        public Key() {}

        Key(long branchId, long revision) {
            this.branchId = branchId;
            this.revision = revision;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.branchId == branchId && key.revision == revision;
        }

        @Override
        public int hashCode() {
            return Objects.hash(branchId, revision);
        }
    }
}
