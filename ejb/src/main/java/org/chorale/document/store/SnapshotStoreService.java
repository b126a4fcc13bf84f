package org.chorale.document.store;

import static org.chorale.problem.ProblemType.BRANCH_NOT_FOUND;

import jakarta.ejb.Stateless;
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

    @Override
    public void save(BranchId branch, StoredSnapshot snapshot) {
        long key = key(branch);
        if (revisions(key).contains(snapshot.revision())) {
            return;
        }
        entities.persist(new SnapshotEntity(key, snapshot.revision(), snapshot.at()));
        entities.flush();
        int part = 0;
        for (String content : snapshot.parts()) {
            entities.persist(new SnapshotPartEntity(key, snapshot.revision(), part++, content));
        }
    }

    @Override
    public Optional<StoredSnapshot> newest(BranchId branch, long atMost) {
        long key = key(branch);
        Long revision = entities.createNamedQuery("snapshot.newest", Long.class)
            .setParameter("branch", key).setParameter("revision", atMost).getSingleResult();
        return Optional.ofNullable(revision).map(newest -> read(key, newest));
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
        return entities.createNamedQuery("branch.key", Long.class)
            .setParameter("session", branch.session().value())
            .setParameter("name", branch.name())
            .getResultStream().findFirst()
            .orElseThrow(() -> BRANCH_NOT_FOUND.because("branch: " + branch));
    }
}
