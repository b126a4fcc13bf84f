package org.chorale.document.store;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.ArrayList;
import java.util.List;
import org.chorale.session.BranchId;
import org.chorale.session.SessionId;

/** The branches' rows, and how their revisions are stored: in segments first, then in rows. For whoever looks whether they are whole. */
@Stateless
public class StoredBranches {
    /** HSQLDB's first key is 0, PostgreSQL's 1. */
    private static final long BEFORE_ALL = -1;
    private static final int SEGMENTS_AT_ONCE = 1_000;

    @PersistenceContext
    private EntityManager entities;

    /** @param fork the revision behind which its own begin */
    public record Row(long key, BranchId branch, long fork, long head) {}

    /** Those that are not deleted, in the order of their making. */
    public List<Row> first(int limit) {
        return behind(BEFORE_ALL, limit);
    }

    /** Those behind one. */
    public List<Row> after(Row row, int limit) {
        return behind(row.key(), limit);
    }

    private List<Row> behind(long key, int limit) {
        return entities.createNamedQuery("branch.standing", Object[].class).setParameter("after", key).setMaxResults(limit)
            .getResultStream().map(row -> new Row((Long) row[0], new BranchId(new SessionId((String) row[1]), (String) row[2]),
                (Long) row[3], (Long) row[4])).toList();
    }

    /** Where a branch's own revisions do not follow each other up to its head, which may move on meanwhile. Reads no change. */
    public List<String> gaps(Row row) {
        var gaps = new ArrayList<String>();
        long at = row.fork();
        List<ChangeSegmentEntity> some = segments(row, at);
        while (!some.isEmpty()) {
            for (ChangeSegmentEntity segment : some) {
                if (segment.first() != at + 1) {
                    gaps.add("revision " + (at + 1) + " is missing");
                }
                at = segment.last();
            }
            entities.clear();
            some = segments(row, at);
        }
        Object[] extent = entities.createNamedQuery("change.extent", Object[].class).setParameter("branch", row.key()).getSingleResult();
        long rows = (Long) extent[0];
        if (rows > 0 && (Long) extent[1] != at + 1) {
            gaps.add("revision " + (at + 1) + " is missing");
        }
        if (rows > 0 && rows != (Long) extent[2] - (Long) extent[1] + 1) {
            gaps.add("of the revisions " + extent[1] + " to " + extent[2] + " only " + rows + " are there");
        }
        long last = rows > 0 ? (Long) extent[2] : at;
        long head = entities.createNamedQuery("branch.head", Long.class).setParameter("branch", row.key()).getSingleResult();
        if (last < row.head() || last > head) {
            gaps.add("its last revision is " + last + ", its head " + head);
        }
        return gaps;
    }

    private List<ChangeSegmentEntity> segments(Row row, long after) {
        return entities.createNamedQuery("segment.between", ChangeSegmentEntity.class)
            .setParameter("branch", row.key()).setParameter("first", after + 1).setParameter("last", row.head())
            .setMaxResults(SEGMENTS_AT_ONCE).getResultList();
    }
}
