package org.chorale.document.service;

import java.util.List;
import org.chorale.lock.Lock;
import org.chorale.operation.ElementId;

/** Who is told what happens to a branch: on the mailbox's thread, in order. Must not block. */
@FunctionalInterface
public interface BranchSubscriber {
    /** What was committed, in the order of revisions and without gaps. */
    void committed(News news);

    /** Leases that began or were prolonged, and elements that nobody holds any more. */
    default void locksChanged(List<Lock> locked, List<ElementId> unlocked) {}

    /** How many people it tells in turn. */
    default int receivers() {
        return 0;
    }
}
