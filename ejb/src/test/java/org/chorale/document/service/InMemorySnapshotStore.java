package org.chorale.document.service;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.chorale.document.SnapshotRetention;
import org.chorale.document.SnapshotStore;
import org.chorale.document.StoredSnapshot;
import org.chorale.session.BranchId;

/** Snapshots that a restart of the process forgets; can be told to fail, and to have lost the end of one. */
public class InMemorySnapshotStore implements SnapshotStore {
    private final Map<BranchId, TreeMap<Long, StoredSnapshot>> branches = new HashMap<>();
    private final Map<BranchId, Map.Entry<BranchId, Long>> forks = new HashMap<>();
    private boolean away;

    public synchronized void setAway(boolean now) {
        away = now;
    }

    public synchronized List<Long> revisions(BranchId branch) {
        return List.copyOf(of(branch).keySet());
    }

    /** Cuts a snapshot off in its middle. */
    public synchronized void damage(BranchId branch, long revision) {
        of(branch).computeIfPresent(revision, (key, whole) -> new StoredSnapshot(revision, whole.at(),
            List.of(whole.parts().getFirst().substring(0, whole.parts().getFirst().length() / 2))));
    }

    /** Lets a branch begin at a revision of another one. */
    public synchronized void fork(BranchId child, BranchId parent, long revision) {
        forks.put(child, Map.entry(parent, revision));
    }

    @Override
    public synchronized void save(BranchId branch, StoredSnapshot snapshot) {
        requireThere();
        Map.Entry<BranchId, Long> fork = forks.get(branch);
        if (fork != null && snapshot.revision() <= fork.getValue()) {
            save(fork.getKey(), snapshot);
        } else {
            of(branch).putIfAbsent(snapshot.revision(), snapshot);
        }
    }

    @Override
    public synchronized Optional<StoredSnapshot> newest(BranchId branch, long atMost) {
        requireThere();
        Optional<StoredSnapshot> own = Optional.ofNullable(of(branch).floorEntry(atMost)).map(Map.Entry::getValue);
        return own.or(() -> Optional.ofNullable(forks.get(branch)).flatMap(fork -> newest(fork.getKey(), Math.min(atMost, fork.getValue()))));
    }

    @Override
    public synchronized void prune(BranchId branch, SnapshotRetention retention) {
        requireThere();
        retention.superfluous(revisions(branch), Set.of()).forEach(of(branch)::remove);
    }

    private TreeMap<Long, StoredSnapshot> of(BranchId branch) {
        return branches.computeIfAbsent(branch, id -> new TreeMap<>());
    }

    private void requireThere() {
        if (away) {
            throw new IllegalStateException("no connection");
        }
    }
}
