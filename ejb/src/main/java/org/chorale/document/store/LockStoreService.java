package org.chorale.document.store;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.chorale.lock.Lock;
import org.chorale.lock.LockStore;
import org.chorale.operation.ElementId;
import org.chorale.session.BranchId;

/** Locks in a relational database. Each method is one transaction. */
@Stateless
public class LockStoreService implements LockStore {
    /** Leases that ended are only litter: nodes know by themselves that they are over. */
    private static final Duration LITTER = Duration.ofMinutes(1);

    @PersistenceContext
    private EntityManager entities;
    @Inject
    private BranchKeys keys;
    @Inject
    private Clock clock;

    @Override
    public Stored of(BranchId branch) {
        long key = keys.require(branch).key();
        // The version first: locks that are newer than it are read once more later, older ones never would be.
        long version = version(key);
        return new Stored(version, entities.createNamedQuery("lock.ofBranch", LockEntity.class).setParameter("branch", key)
            .getResultStream().map(LockEntity::toLock).toList());
    }

    @Override
    public long version(BranchId branch) {
        return version(keys.require(branch).key());
    }

    private long version(long key) {
        Object[] state = entities.createNamedQuery("branch.state", Object[].class).setParameter("branch", key).getSingleResult();
        return (Long) state[1];
    }

    @Override
    public boolean change(BranchId branch, long expectedVersion, List<Lock> taken, List<ElementId> freed) {
        long key = keys.require(branch).key();
        int changed = entities.createNamedQuery("branch.locksChanged").setParameter("branch", key)
            .setParameter("expected", expectedVersion).executeUpdate();
        if (changed == 0) {
            return false;
        }
        freed.forEach(element -> remove(key, element));
        entities.createNamedQuery("lock.removeExpired").setParameter("branch", key)
            .setParameter("before", clock.instant().minus(LITTER)).executeUpdate();
        for (Lock lock : taken) {
            remove(key, lock.element());
            entities.persist(new LockEntity(key, lock));
        }
        return true;
    }

    private void remove(long key, ElementId element) {
        entities.createNamedQuery("lock.remove").setParameter("branch", key).setParameter("element", element.value()).executeUpdate();
    }
}
