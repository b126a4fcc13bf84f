package org.chorale.document.service;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.chorale.access.SessionAccess;
import org.chorale.conflict.Policies;
import org.chorale.document.StoredChange;
import org.chorale.lock.Lock;
import org.chorale.lock.LockHolder;
import org.chorale.operation.ElementId;

/** The branch as a visitor finds it between two commits. */
public interface BranchView {
    long revision();

    /** {@code {"revision": …, "document": …, "hash": …}}, encoded once for all who come at this revision. */
    String snapshot();

    /** What was committed after a revision; nothing when that is ahead of the head or too far behind to be worth sending. */
    Optional<List<StoredChange>> changesAfter(long revision);

    /** Every conflict there ever was, in the order of their opening. */
    List<ConflictState> conflicts();

    /** Those that wait for a choice. */
    List<ConflictState> openConflicts();

    /** How many elements people see. */
    int liveElements();

    /** Those of some elements that people see, in the order given. */
    List<ElementId> live(Collection<ElementId> elements);

    /** From now on conflicts are judged by these. */
    void setPolicies(Policies policies);

    /** Who may do what: the newest that this node knows. */
    SessionAccess access();

    /** Gives free what is held by those who might not lock it any more; subscribers are told. */
    void releaseForbiddenLocks();

    // ---- locks

    /** Those that hold now. */
    List<Lock> locks();

    /**
     * Takes an element and all below it, or prolongs the holder's lease on it; subscribers are told.
     *
     * @param lease {@code chorale.lock.lease} where nothing is said
     * @throws org.chorale.problem.CollaborationException {@code forbidden}, {@code locked}, {@code unknown-element},
     *     {@code limit-exceeded} or {@code invalid-request}
     */
    Lock lock(ElementId element, LockHolder holder, Optional<Duration> lease);

    /**
     * Gives an element free; subscribers are told.
     *
     * @throws org.chorale.problem.CollaborationException {@code forbidden} when another user holds it
     */
    void unlock(ElementId element, String userId);

    /** Gives free what a participant held who has left. */
    void unlockAll(String participantId);

    /** Ends the leases that are over. */
    void expireLocks();

    // ---- telling

    /** From now on the subscriber is told what is committed. */
    void subscribe(BranchSubscriber subscriber);

    void unsubscribe(BranchSubscriber subscriber);
}
