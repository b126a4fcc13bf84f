package org.chorale.document.store;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.chorale.document.BranchState;
import org.chorale.document.ChangeId;
import org.chorale.document.ChangeLog;
import org.chorale.document.Crossing;
import org.chorale.document.StoredChange;
import org.chorale.session.BranchId;

/** The change log in a relational database. Each method is one transaction, and the database syncs its log before a commit returns. */
@Stateless
public class ChangeLogService implements ChangeLog {
    @PersistenceContext
    private EntityManager entities;
    @Inject
    private BranchKeys keys;
    @EJB
    private ChangeArchive archive;

    @Override
    public Append append(BranchId branch, BranchState expected, List<StoredChange> changes) {
        return append(line(branch).key(), expected, changes);
    }

    private Append append(long key, BranchState expected, List<StoredChange> changes) {
        // The branch's row is the arbiter between nodes, so commit order is revision order.
        int advanced = entities.createNamedQuery("branch.advance")
            .setParameter("count", (long) changes.size())
            .setParameter("branch", key)
            .setParameter("expected", expected.head())
            .setParameter("locks", expected.locks())
            .executeUpdate();
        if (advanced == 0) {
            return Append.LOST_RACE;
        }
        changes.forEach(change -> entities.persist(new ChangeEntity(key, change)));
        return Append.COMMITTED;
    }

    @Override
    public Append appendHeld(BranchId branch, BranchState known, int most, Continuation next) {
        BranchLine line = line(branch);
        hold(line.key());
        BranchState now = state(line.key());
        if (now.locks() != known.locks() || now.head() - known.head() > most) {
            return Append.LOST_RACE;
        }
        List<StoredChange> changes = next.after(between(line, known.head() + 1, now.head()));
        return changes.isEmpty() ? Append.COMMITTED : append(line.key(), now, changes);
    }

    private BranchState state(long key) {
        Object[] row = entities.createNamedQuery("branch.state", Object[].class).setParameter("branch", key).getSingleResult();
        return new BranchState((Long) row[0], (Long) row[1]);
    }

    @Override
    public Append appendMerge(BranchId target, BranchState expected, List<StoredChange> changes, MergeEntry merge) {
        var source = new BranchId(target.session(), merge.source().branch());
        long targetKey = line(target).key();
        long sourceKey = line(source).key();
        // Both rows, in one order: so merges of a pair come one after the other, in whichever direction, and never wait for each other.
        LongStream.of(sourceKey, targetKey).sorted().forEach(this::hold);
        if (!lastMerge(source, target).equals(merge.after())) {
            return Append.OVERTAKEN;
        }
        Append done = append(targetKey, expected, changes);
        if (done == Append.COMMITTED) {
            long revision = changes.isEmpty() ? expected.head() : changes.getFirst().revision();
            entities.persist(new BranchMergeEntity(sourceKey, merge.source().revision(), targetKey, revision, changes.size()));
            entities.flush();
            merge.along().merged(revision);
        }
        return done;
    }

    private void hold(long key) {
        entities.createNamedQuery("branch.hold").setParameter("branch", key).executeUpdate();
    }

    @Override
    public Optional<Crossing> lastMerge(BranchId one, BranchId other) {
        return Crossing.last(Stream.concat(lastMergeOf(one, other).stream(), lastMergeOf(other, one).stream()));
    }

    private Optional<Crossing> lastMergeOf(BranchId source, BranchId target) {
        return entities.createNamedQuery("branchMerge.newest", BranchMergeEntity.class)
            .setParameter("source", line(source).key()).setParameter("target", line(target).key())
            .setMaxResults(1).getResultStream().findFirst()
            .map(entity -> entity.toCrossing(source.name(), target.name()));
    }

    @Override
    public List<StoredChange> after(BranchId branch, long revision, int limit) {
        return between(line(branch), revision + 1, revision + limit);
    }

    @Override
    public List<StoredChange> upTo(BranchId branch, long revision, int limit) {
        BranchLine line = line(branch);
        long last = Math.min(revision, head(line));
        return between(line, Math.max(1, last - limit + 1), last).reversed();
    }

    private List<StoredChange> between(BranchLine line, long first, long last) {
        return line.between(first, last).stream().flatMap(stretch -> between(stretch).stream()).toList();
    }

    /** Both ends are named, since HSQLDB reads everything behind an open one before it counts to a limit. */
    private List<StoredChange> between(BranchLine.Stretch stretch) {
        List<StoredChange> rows = entities.createNamedQuery("change.between", ChangeEntity.class)
            .setParameter("branch", stretch.key())
            .setParameter("first", stretch.first())
            .setParameter("last", stretch.last())
            .getResultStream().map(ChangeEntity::toStoredChange).toList();
        return archive.complete(stretch.key(), stretch.first(), stretch.last(), rows);
    }

    @Override
    public long head(BranchId branch) {
        return head(line(branch));
    }

    private long head(BranchLine line) {
        return entities.createNamedQuery("branch.head", Long.class).setParameter("branch", line.key()).getSingleResult();
    }

    /** Times never decrease along a branch, so halving finds it by the primary key alone: no index on times slows commits down. */
    @Override
    public long revisionAt(BranchId branch, Instant time) {
        BranchLine line = line(branch);
        long low = 0;
        long high = head(line);
        while (low < high) {
            long middle = low + (high - low + 1) / 2;
            Instant at = time(line.keyOf(middle), middle);
            if (at.isAfter(time)) {
                high = middle - 1;
            } else {
                low = middle;
            }
        }
        return low;
    }

    private Instant time(long key, long revision) {
        return entities.createNamedQuery("change.time", Instant.class)
            .setParameter("branch", key).setParameter("revision", revision)
            .getResultStream().findFirst().or(() -> archive.time(key, revision))
            .orElseThrow(() -> new IllegalStateException("branch " + key + " has no revision " + revision));
    }

    @Override
    public Optional<StoredChange> find(BranchId branch, ChangeId id) {
        return line(branch).stretches().reversed().stream()
            .flatMap(stretch -> find(stretch.key(), id).filter(change -> change.revision() <= stretch.last()).stream()).findFirst();
    }

    private Optional<StoredChange> find(long key, ChangeId id) {
        return entities.createNamedQuery("change.named", ChangeEntity.class)
            .setParameter("branch", key)
            .setParameter("id", id.toString())
            .getResultStream().findFirst().map(ChangeEntity::toStoredChange).or(() -> archive.find(key, id));
    }

    @Override
    public Map<ChangeId, Long> revisionsOf(BranchId branch, Collection<ChangeId> ids) {
        BranchLine line = line(branch);
        var revisions = new HashMap<ChangeId, Long>();
        // One by one, since HSQLDB reads the whole branch where it is asked for several at once.
        for (ChangeId id : ids) {
            line.stretches().reversed().stream()
                .flatMap(stretch -> revision(stretch.key(), id).filter(revision -> revision <= stretch.last()).stream())
                .findFirst().ifPresent(revision -> revisions.put(id, revision));
        }
        return revisions;
    }

    private Optional<Long> revision(long key, ChangeId id) {
        return entities.createNamedQuery("change.revision", Long.class)
            .setParameter("branch", key)
            .setParameter("id", id.toString())
            .getResultStream().findFirst().or(() -> archive.find(key, id).map(StoredChange::revision));
    }

    private BranchLine line(BranchId branch) {
        return keys.require(branch);
    }
}
