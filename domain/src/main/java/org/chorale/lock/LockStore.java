package org.chorale.lock;

import java.util.List;
import org.chorale.operation.ElementId;
import org.chorale.session.BranchId;

/**
 * The locks of branches, for all nodes: port to the database. Whoever changes them makes the branch's version of them one higher, and
 * whoever commits names the version that was looked at: so no node commits past a lock that another one gave.
 */
public interface LockStore {

    /**
     * What is locked on a branch.
     *
     * @param locks those whose lease is over may be among them
     */
    record Stored(long version, List<Lock> locks) {
        public Stored {
            locks = List.copyOf(locks);
        }
    }

    Stored of(BranchId branch);

    /** As {@link #of} tells; cheaper. */
    long version(BranchId branch);

    /**
     * Keeps locks and forgets others, durably, both or nothing. The version is one higher then.
     *
     * @return false when the version is another one than expected: nothing was stored
     */
    boolean change(BranchId branch, long expectedVersion, List<Lock> taken, List<ElementId> freed);
}
