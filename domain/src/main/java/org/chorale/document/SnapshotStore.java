package org.chorale.document;

import java.util.Optional;
import org.chorale.session.BranchId;

/**
 * A branch's snapshots: port to the database. Losing them loses nothing but time. Every method may throw when the database cannot be
 * reached, or when there is no such branch.
 */
public interface SnapshotStore {

    /**
     * Keeps a snapshot, whole or not at all; where there is one of that revision already, that one stays. One of a revision before the
     * branch's fork is kept for all branches that have it.
     */
    void save(BranchId branch, StoredSnapshot snapshot);

    /** The newest snapshot of a revision up to this one. */
    Optional<StoredSnapshot> newest(BranchId branch, long atMost);

    /** Removes what need not be kept. */
    void prune(BranchId branch, SnapshotRetention retention);
}
