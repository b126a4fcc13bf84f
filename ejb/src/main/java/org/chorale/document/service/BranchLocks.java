package org.chorale.document.service;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.chorale.document.Decision;
import org.chorale.document.Document;
import org.chorale.lock.Lock;
import org.chorale.lock.LockHolder;
import org.chorale.lock.LockStore;
import org.chorale.lock.Locks;
import org.chorale.operation.ElementId;
import org.chorale.session.BranchId;

/**
 * A branch's locks on this node: those that are stored, as of a version that every commit names (SPEC, LCK). Of the mailbox's thread.
 * What goes wrong while they are stored leaves them as they were.
 */
final class BranchLocks {
    private static final int ATTEMPTS = 5;

    private final BranchId branch;
    private final LockStore store;
    private final Siblings siblings;
    private final BranchMailbox.LockRules rules;
    /** Hears which leases began or were prolonged, and what nobody holds any more. */
    private final BiConsumer<List<Lock>, List<ElementId>> listener;
    private Locks locks;
    private long version;

    BranchLocks(BranchId branch, LockStore store, Siblings siblings, BranchMailbox.LockRules rules,
                BiConsumer<List<Lock>, List<ElementId>> listener) {
        this.branch = branch;
        this.store = store;
        this.siblings = siblings;
        this.rules = rules;
        this.listener = listener;
    }

    /** From now on they are about this document. What is stored is to be looked up by {@link #refresh}. */
    void coverOnly(Document document) {
        locks = new Locks(document, rules.perParticipant(), rules.longest());
        version = -1;
    }

    /** What a commit relies on. */
    long version() {
        return version;
    }

    /** Makes sure that these are the ones that are stored. */
    void refresh() {
        if (store.version(branch) != version) {
            read();
        }
    }

    /** Somebody says that the stored ones have this version. */
    void heard(long other) {
        if (other > version) {
            read();
        }
    }

    private void read() {
        LockStore.Stored stored = store.of(branch);
        List<Lock> before = locks.all();
        locks.replaceBy(stored.locks());
        version = stored.version();
        List<Lock> now = locks.all();
        tell(now.stream().filter(lock -> !before.contains(lock)).toList(),
            before.stream().map(Lock::element).filter(element -> now.stream().noneMatch(lock -> lock.element().equals(element))).toList());
    }

    List<Lock> at(Instant now) {
        expire(now);
        return locks.all();
    }

    Optional<Lock> violatedBy(Decision.Accepted done, String userId) {
        return locks.violatedBy(done, userId);
    }

    void expire(Instant now) {
        tell(List.of(), locks.expire(now));
    }

    /** As {@link Locks#propose} says, stored before it is told. */
    Lock acquire(ElementId element, LockHolder holder, Optional<Duration> lease, Instant now) {
        var proposed = new ArrayList<Lock>();
        change(() -> {
            proposed.add(locks.propose(element, holder, lease.orElse(rules.lease()), now));
            return new Update(List.of(proposed.getLast()), List.of());
        });
        return proposed.getLast();
    }

    /** As {@link Locks#release(ElementId, String)} says. */
    void release(ElementId element, String userId) {
        change(() -> new Update(List.of(), locks.isHeldBy(element, userId) ? List.of(element) : List.of()));
    }

    /** Gives free what a participant holds. */
    void releaseAll(String participantId) {
        change(() -> new Update(List.of(), locks.heldBy(participantId)));
    }

    /** Gives free what is so. */
    void releaseWhere(Predicate<Lock> condition) {
        change(() -> new Update(List.of(), locks.all().stream().filter(condition).map(Lock::element).toList()));
    }

    private record Update(List<Lock> taken, List<ElementId> freed) {}

    @FunctionalInterface
    private interface Proposal {
        Update update();
    }

    /** Asks again with what another node stored, where that came first. */
    private void change(Proposal proposal) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Update update = proposal.update();
            if (update.taken().isEmpty() && update.freed().isEmpty()) {
                return;
            }
            if (store.change(branch, version, update.taken(), update.freed())) {
                version++;
                update.taken().forEach(locks::take);
                update.freed().forEach(locks::release);
                siblings.locksChanged(branch, version);
                tell(update.taken(), update.freed());
                return;
            }
            refresh();
        }
        throw new IllegalStateException("branch=%s lost %d races for a lock".formatted(branch, ATTEMPTS));
    }

    private void tell(List<Lock> taken, List<ElementId> freed) {
        if (!taken.isEmpty() || !freed.isEmpty()) {
            listener.accept(taken, freed);
        }
    }
}
