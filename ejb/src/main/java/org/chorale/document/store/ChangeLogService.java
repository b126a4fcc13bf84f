package org.chorale.document.store;

import static org.chorale.problem.ProblemType.BRANCH_NOT_FOUND;

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
import org.chorale.document.ChangeId;
import org.chorale.document.ChangeLog;
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
    public Append append(BranchId branch, long expectedHead, List<StoredChange> changes) {
        long key = key(branch);
        // The branch's row is the arbiter between nodes, so commit order is revision order.
        int advanced = entities.createNamedQuery("branch.advance")
            .setParameter("count", (long) changes.size())
            .setParameter("branch", key)
            .setParameter("expected", expectedHead)
            .executeUpdate();
        if (advanced == 0) {
            return Append.LOST_RACE;
        }
        changes.forEach(change -> entities.persist(new ChangeEntity(key, change)));
        return Append.COMMITTED;
    }

    @Override
    public List<StoredChange> after(BranchId branch, long revision, int limit) {
        return between(key(branch), revision + 1, revision + limit);
    }

    @Override
    public List<StoredChange> upTo(BranchId branch, long revision, int limit) {
        long key = key(branch);
        long last = Math.min(revision, head(key));
        return between(key, last - limit + 1, last).reversed();
    }

    /** Both ends are named, since HSQLDB reads everything behind an open one before it counts to a limit. */
    private List<StoredChange> between(long key, long first, long last) {
        List<StoredChange> rows = entities.createNamedQuery("change.between", ChangeEntity.class)
            .setParameter("branch", key)
            .setParameter("first", first)
            .setParameter("last", last)
            .getResultStream().map(ChangeEntity::toStoredChange).toList();
        return archive.complete(key, first, last, rows);
    }

    @Override
    public long head(BranchId branch) {
        return head(key(branch));
    }

    private long head(long key) {
        return entities.createNamedQuery("branch.head", Long.class).setParameter("branch", key).getSingleResult();
    }

    /** Times never decrease along a branch, so halving finds it by the primary key alone: no index on times slows commits down. */
    @Override
    public long revisionAt(BranchId branch, Instant time) {
        long key = key(branch);
        long low = 0;
        long high = head(key);
        while (low < high) {
            long middle = low + (high - low + 1) / 2;
            Instant at = time(key, middle);
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
        return find(key(branch), id);
    }

    private Optional<StoredChange> find(long key, ChangeId id) {
        return entities.createNamedQuery("change.named", ChangeEntity.class)
            .setParameter("branch", key)
            .setParameter("id", id.toString())
            .getResultStream().findFirst().map(ChangeEntity::toStoredChange).or(() -> archive.find(key, id));
    }

    @Override
    public Map<ChangeId, Long> revisionsOf(BranchId branch, Collection<ChangeId> ids) {
        long key = key(branch);
        var revisions = new HashMap<ChangeId, Long>();
        // One by one, since HSQLDB reads the whole branch where it is asked for several at once.
        for (ChangeId id : ids) {
            entities.createNamedQuery("change.revision", Long.class)
                .setParameter("branch", key)
                .setParameter("id", id.toString())
                .getResultStream().findFirst().or(() -> archive.find(key, id).map(StoredChange::revision))
                .ifPresent(revision -> revisions.put(id, revision));
        }
        return revisions;
    }

    private long key(BranchId branch) {
        return keys.of(branch, this::storedKey).orElseThrow(() -> BRANCH_NOT_FOUND.because("branch: " + branch));
    }

    private Optional<Long> storedKey(BranchId branch) {
        return entities.createNamedQuery("branch.key", Long.class)
            .setParameter("session", branch.session().value())
            .setParameter("name", branch.name())
            .getResultStream().findFirst();
    }
}
