package org.chorale.document.store;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chorale.document.SnapshotRetention;
import org.chorale.document.SnapshotStore;
import org.chorale.document.StoredSnapshot;
import org.chorale.session.BranchId;

/** Snapshots in a relational database. Each method is one transaction. */
@Stateless
public class SnapshotStoreService implements SnapshotStore {
    @PersistenceContext
    private EntityManager entities;
    @Inject
    private BranchKeys keys;

    /** Before a fork it is the parent's, where all who have that revision find it. */
    @Override
    public void save(BranchId branch, StoredSnapshot snapshot) {
        long key = keys.require(branch).keyOf(snapshot.revision());
        if (entities.find(SnapshotEntity.class, new SnapshotEntity.Key(key, snapshot.revision())) != null) {
            return;
        }
        entities.persist(new SnapshotEntity(key, snapshot.revision(), snapshot.at()));
        entities.flush();
        int part = 0;
        for (String content : snapshot.parts()) {
            entities.persist(new SnapshotPartEntity(key, snapshot.revision(), part++, content));
        }
    }

    /** Up to a fork the parent's snapshots are the branch's as well. */
    @Override
    public Optional<StoredSnapshot> newest(BranchId branch, long atMost) {
        return keys.require(branch).between(1, atMost).reversed().stream()
            .flatMap(stretch -> newest(stretch).stream()).findFirst();
    }

    private Optional<StoredSnapshot> newest(BranchLine.Stretch stretch) {
        Long revision = entities.createNamedQuery("snapshot.newest", Long.class)
            .setParameter("branch", stretch.key()).setParameter("revision", stretch.last()).getSingleResult();
        return Optional.ofNullable(revision).map(newest -> read(stretch.key(), newest));
    }

    private StoredSnapshot read(long key, long revision) {
        Instant at = entities.find(SnapshotEntity.class, new SnapshotEntity.Key(key, revision)).committedAt();
        return new StoredSnapshot(revision, at, entities.createNamedQuery("snapshot.parts", String.class)
            .setParameter("branch", key).setParameter("revision", revision).getResultList());
    }

    @Override
    public void prune(BranchId branch, SnapshotRetention retention) {
        long key = key(branch);
        Set<Long> named = Set.copyOf(entities.createNamedQuery("version.revisions", Long.class)
            .setParameter("branch", key).getResultList());
        for (long superfluous : retention.superfluous(revisions(key), named)) {
            for (String removal : List.of("snapshot.removeParts", "snapshot.remove")) {
                entities.createNamedQuery(removal).setParameter("branch", key).setParameter("revision", superfluous).executeUpdate();
            }
        }
    }

    private List<Long> revisions(long key) {
        return entities.createNamedQuery("snapshot.revisions", Long.class).setParameter("branch", key).getResultList();
    }

    private long key(BranchId branch) {
        return keys.require(branch).key();
    }
}
