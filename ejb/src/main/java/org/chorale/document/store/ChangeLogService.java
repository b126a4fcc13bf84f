package org.chorale.document.store;

import static org.chorale.problem.ProblemType.BRANCH_NOT_FOUND;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
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
        return entities.createNamedQuery("change.after", ChangeEntity.class)
            .setParameter("branch", key(branch))
            .setParameter("revision", revision)
            .setMaxResults(limit)
            .getResultStream().map(ChangeEntity::toStoredChange).toList();
    }

    @Override
    public Optional<StoredChange> find(BranchId branch, ChangeId id) {
        return entities.createNamedQuery("change.named", ChangeEntity.class)
            .setParameter("branch", key(branch))
            .setParameter("id", id.toString())
            .getResultStream().findFirst().map(ChangeEntity::toStoredChange);
    }

    @Override
    public Map<ChangeId, Long> revisionsOf(BranchId branch, Collection<ChangeId> ids) {
        var revisions = new HashMap<ChangeId, Long>();
        entities.createNamedQuery("change.revisions", Object[].class)
            .setParameter("branch", key(branch))
            .setParameter("ids", ids.stream().map(ChangeId::toString).toList())
            .getResultStream().forEach(row -> revisions.put(ChangeId.parse((String) row[0]), (Long) row[1]));
        return revisions;
    }

    private long key(BranchId branch) {
        return entities.createNamedQuery("branch.key", Long.class)
            .setParameter("session", branch.session().value())
            .setParameter("name", branch.name())
            .getResultStream().findFirst()
            .orElseThrow(() -> BRANCH_NOT_FOUND.because("branch: " + branch));
    }
}
