package org.chorale.document.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;

/** A piece of a snapshot's text; the pieces join in the order of their numbers. */
@Entity
@IdClass(SnapshotPartEntity.Key.class)
@Table(name = "snapshot_part")
@NamedQuery(name = "snapshot.parts",
    query = "select p.content from SnapshotPartEntity p where p.branchId = :branch and p.revision = :revision order by p.part")
@NamedQuery(name = "snapshot.removeAllParts", query = "delete from SnapshotPartEntity p where p.branchId = :branch")
@NamedQuery(name = "snapshot.removeParts",
    query = "delete from SnapshotPartEntity p where p.branchId = :branch and p.revision = :revision")
public class SnapshotPartEntity {
    @Id
    @Column(name = "branch_id")
    private long branchId;
    @Id
    private long revision;
    @Id
    private int part;
    private String content;

    protected SnapshotPartEntity() {}

    SnapshotPartEntity(long branchId, long revision, int part, String content) {
        this.branchId = branchId;
        this.revision = revision;
        this.part = part;
        this.content = content;
    }

    /** The primary key; JPA 3.1 takes no record here. */
    public static class Key implements Serializable {
        private static final long serialVersionUID = 1;

        private long branchId;
        private long revision;
        private int part;

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.branchId == branchId && key.revision == revision && key.part == part;
        }

        @Override
        public int hashCode() {
            return Objects.hash(branchId, revision, part);
        }
    }
}
