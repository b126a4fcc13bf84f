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

/** A segment's row; its text is in the {@link ChangeSegmentPartEntity parts}. Written once, never updated. */
@Entity
@IdClass(ChangeSegmentEntity.Key.class)
@Table(name = "change_segment")
@NamedQuery(name = "segment.startingAt",
    query = "select max(s.firstRevision) from ChangeSegmentEntity s where s.branchId = :branch and s.firstRevision <= :revision")
@NamedQuery(name = "segment.between", query = """
    select s from ChangeSegmentEntity s where s.branchId = :branch and s.firstRevision between :first and :last
    order by s.firstRevision""")
@NamedQuery(name = "segment.newest", query = "select max(s.lastRevision) from ChangeSegmentEntity s where s.branchId = :branch")
@NamedQuery(name = "segment.stored", query = """
    select coalesce(sum(s.lastRevision - s.firstRevision + 1), 0), coalesce(sum(s.contentLength), 0)
    from ChangeSegmentEntity s, BranchEntity b where s.branchId = b.id and b.sessionId = :session""")
@NamedQuery(name = "segment.removeAll", query = "delete from ChangeSegmentEntity s where s.branchId = :branch")
public class ChangeSegmentEntity {
    @Id
    @Column(name = "branch_id")
    private long branchId;
    @Id
    @Column(name = "first_revision")
    private long firstRevision;
    @Column(name = "last_revision")
    private long lastRevision;
    @Column(name = "first_at")
    @Convert(converter = InstantConverter.class)
    private Instant firstAt;
    @Column(name = "last_at")
    @Convert(converter = InstantConverter.class)
    private Instant lastAt;
    @Column(name = "content_length")
    private long contentLength;

    protected ChangeSegmentEntity() {}

    ChangeSegmentEntity(long branchId, ChangeSegment segment) {
        this.branchId = branchId;
        this.firstRevision = segment.first();
        this.lastRevision = segment.last();
        this.firstAt = segment.firstAt();
        this.lastAt = segment.lastAt();
        this.contentLength = segment.contentLength();
    }

    long first() {
        return firstRevision;
    }

    long last() {
        return lastRevision;
    }

    /** The primary key; JPA 3.1 takes no record here. */
    public static class Key implements Serializable {
        private static final long serialVersionUID = 1;

        private long branchId;
        private long firstRevision;

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.branchId == branchId && key.firstRevision == firstRevision;
        }

        @Override
        public int hashCode() {
            return Objects.hash(branchId, firstRevision);
        }
    }
}
