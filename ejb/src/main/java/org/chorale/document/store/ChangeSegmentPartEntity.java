package org.chorale.document.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;

/** A piece of a segment's text; the pieces join in the order of their numbers. */
@Entity
@IdClass(ChangeSegmentPartEntity.Key.class)
@Table(name = "change_segment_part")
@NamedQuery(name = "segment.parts",
    query = "select p.content from ChangeSegmentPartEntity p where p.branchId = :branch and p.firstRevision = :first order by p.part")
@NamedQuery(name = "segment.removeParts", query = "delete from ChangeSegmentPartEntity p where p.branchId = :branch")
public class ChangeSegmentPartEntity {
    @Id
    @Column(name = "branch_id")
    private long branchId;
    @Id
    @Column(name = "first_revision")
    private long firstRevision;
    @Id
    private int part;
    private String content;

    protected ChangeSegmentPartEntity() {}

    ChangeSegmentPartEntity(long branchId, long firstRevision, int part, String content) {
        this.branchId = branchId;
        this.firstRevision = firstRevision;
        this.part = part;
        this.content = content;
    }

    /** The primary key; JPA 3.1 takes no record here. */
    public static class Key implements Serializable {
        private static final long serialVersionUID = 1;

        private long branchId;
        private long firstRevision;
        private int part;

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.branchId == branchId && key.firstRevision == firstRevision && key.part == part;
        }

        @Override
        public int hashCode() {
            return Objects.hash(branchId, firstRevision, part);
        }
    }
}
