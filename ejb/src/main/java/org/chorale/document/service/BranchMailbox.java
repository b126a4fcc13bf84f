package org.chorale.document.service;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;
import static org.chorale.document.service.StorageException.ask;
import static org.chorale.problem.ProblemType.INTERNAL_ERROR;
import static org.chorale.problem.ProblemType.MERGE_OVERTAKEN;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.chorale.access.SessionAccess;
import org.chorale.branch.BranchRuleSource;
import org.chorale.branch.BranchRules;
import org.chorale.conflict.ConflictRecord;
import org.chorale.conflict.Policies;
import org.chorale.document.BranchState;
import org.chorale.document.ChangeLog;
import org.chorale.document.Limits;
import org.chorale.document.SnapshotStore;
import org.chorale.document.StoredChange;
import org.chorale.lock.Lock;
import org.chorale.lock.LockHolder;
import org.chorale.lock.LockStore;
import org.chorale.operation.ElementId;
import org.chorale.problem.CollaborationException;
import org.chorale.problem.Problem;
import org.chorale.session.AccessSource;
import org.chorale.session.BranchId;
import org.chorale.session.PolicySource;

/**
 * The life of a submit, for one branch on this node: queue → decide → store → answer → tell everybody.
 *
 * <p>One thread at a time works here. What arrives while a transaction runs forms the next one (group commit), so a lone edit waits for
 * one commit and no timer, and a crowd shares it. The document in memory is a cache of the log: whenever an append did not surely
 * succeed it is rolled back and read forward from the log before anything else is decided.
 */
public final class BranchMailbox {
    private static final System.Logger LOGGER = System.getLogger(BranchMailbox.class.getName());
    private static final int ATTEMPTS = 3;
    /** After an append that took longer than this, and failed, nobody waits for another one. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /** So many changes of others are read and folded while nobody else can extend the branch; who misses more reads them before. */
    private static final int MISSED_WHILE_HELD = 2_000;
    /** Revisions between two fingerprints that travel with the changes. */
    private static final int HASH_SPACING = 256;
    /** Below this a timer costs more than it gives. */
    private static final long SHORTEST_PAUSE_NANOS = 100_000;

    /** What surrounds a mailbox. */
    public record Surroundings(ChangeLog log, Executor executor, Clock clock, Limits limits, int batchSize,
                               int recentChanges, int recentBytes, int resumeLimit, LockRules locks, PolicySource policies,
                               AccessSource access, BranchRuleSource rules, MailboxProbe probe, SnapshotStore snapshots,
                               Snapshots.Rules snapshotRules, Pace pace, LockStore lockStore, Siblings siblings) {}

    /** How many locks one participant may hold, how long at most, and how long where nothing is said. */
    public record LockRules(int perParticipant, Duration longest, Duration lease) {
        public static final LockRules DEFAULT = new LockRules(100, Duration.ofMinutes(5), Duration.ofSeconds(30));
    }

    /**
     * How long the next transaction waits for those who write the last one's changes to their sockets: so long for each receiver, and so
     * long at most. Where cores are few, deciding would otherwise take the time that telling needs; what comes in meanwhile shares a
     * transaction and a frame.
     */
    public record Pace(Duration perReceiver, Duration longest) {
        public static final Pace NONE = new Pace(Duration.ZERO, Duration.ZERO);

        long nanos(int receivers) {
            return Math.min(perReceiver.toNanos() * receivers, longest.toNanos());
        }
    }

    private sealed interface Letter {}

    private record Submit(Submission submission) implements Letter {}

    private record Visit(Consumer<BranchView> visitor, Consumer<Problem> onFailure) implements Letter {}

    /** What another node says. */
    private record Heard(BranchState state, List<StoredChange> changes) implements Letter {}

    private final BranchId branch;
    private final Surroundings around;
    private final Queue<Letter> letters = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final BranchRights rights = new BranchRights();

    // Everything below belongs to whoever drains the queue.
    private final BranchLocks locks;
    private final BranchCache cache;
    private final List<BranchSubscriber> subscribers = new ArrayList<>();
    private final View view = new View();
    private final Contention contention = new Contention();
    private long untoldSince;

    /** What this node has of the branch, for those who hear of more. */
    private volatile BranchState reached = BranchState.at(-1);
    private volatile Instant lastUse;
    private volatile int audience;

    public BranchMailbox(BranchId branch, Surroundings around) {
        this.branch = branch;
        this.around = around;
        this.locks = new BranchLocks(branch, around.lockStore(), around.siblings(), around.locks(), this::tellLocks);
        this.cache = new BranchCache(branch, around, rights, locks);
        this.lastUse = around.clock().instant();
    }

    /** From now on rights are judged by this, unless what is known is newer. */
    public void judgeBy(SessionAccess other) {
        rights.judgeBy(other);
    }

    /** From now on the branch takes this. */
    public void obey(BranchRules others) {
        rights.obey(others);
    }

    /** Queues changes; their author's reply comes from another thread. */
    public void submit(Submission submission) {
        post(new Submit(submission));
    }

    /** Lets a visitor see the branch, between two commits; or tells why it cannot be read. */
    public void visit(Consumer<BranchView> visitor, Consumer<Problem> onFailure) {
        post(new Visit(visitor, onFailure));
    }

    /** Whether what another node says of the branch is not known here; it may not be where the branch is only being read. */
    public boolean isNews(BranchState state) {
        BranchState known = reached;
        return state.head() > known.head() || state.locks() > known.locks();
    }

    /**
     * Another node says how far the branch is.
     *
     * @param changes the newest ones, if they are known: contiguous, the last one is the state's head
     */
    public void heard(BranchState state, List<StoredChange> changes) {
        post(new Heard(state, changes));
    }

    /** Nobody listens, nothing waits, and so it has been for a while. */
    public boolean isIdle(Duration timeout) {
        return audience == 0 && waiting.get() == 0 && lastUse.plus(timeout).isBefore(around.clock().instant());
    }

    /** Takes a snapshot where nothing happened for a while since the last change that none has. */
    public void tidyUp() {
        if (cache.snapshots().isIdleWithNews()) {
            keepSnapshot();
        }
    }

    /** Takes a snapshot of what none has: the branch leaves memory. */
    public void keepSnapshot() {
        visit(view -> cache.snapshots().take(cache.document(), cache.lastCommit()), problem -> { });
    }

    /** Whether something waits here, or a snapshot is being stored. */
    public boolean isBusy() {
        return waiting.get() > 0 || cache.snapshots().isBusy();
    }

    private void post(Letter letter) {
        letters.add(letter);
        if (waiting.getAndIncrement() == 0) {
            around.executor().execute(this::drain);
        }
    }

    private void drain() {
        int handled = 0;
        do {
            around.probe().queued(waiting.get());
            int taken = 0;
            boolean mayTakeSnapshot = true;
            var submissions = new ArrayList<Submission>();
            int changes = 0;
            // Visits are served in their turn: a visitor sees what was submitted before it, and subscribes before what comes after.
            while (changes < around.batchSize() && letters.peek() instanceof Submit(var submission) && fits(submission, submissions)) {
                letters.remove();
                submissions.add(submission);
                changes += submission.requests().size();
                taken++;
            }
            if (!submissions.isEmpty()) {
                lastUse = around.clock().instant();
                guarded(() -> commit(submissions), problem -> submissions.forEach(submission -> refuse(submission, problem)));
                letWritersWork();
            } else {
                Letter letter = letters.remove();
                taken++;
                if (letter instanceof Visit visit) {
                    lastUse = around.clock().instant();
                    guarded(() -> {
                        cache.catchUp();
                        tell();
                        visit.visitor().accept(view);
                    }, visit.onFailure());
                } else if (letter instanceof Heard news) {
                    // Whoever committed it takes the snapshots.
                    mayTakeSnapshot = false;
                    guarded(() -> follow(news), problem -> { });
                }
            }
            if (!cache.isBehind() && mayTakeSnapshot) {
                cache.snapshots().takeIfDue(cache.document(), cache.lastCommit());
            }
            if (cache.isLoaded()) {
                reached = cache.state(cache.document().revision());
            }
            handled = taken;
        } while (waiting.addAndGet(-handled) > 0);
    }

    /** A merge has a transaction of its own, as it may be refused when it is stored. */
    private static boolean fits(Submission submission, List<Submission> others) {
        return others.isEmpty() || !submission.isMerge() && !others.getLast().isMerge();
    }

    private void letWritersWork() {
        long nanos = around.pace().nanos(subscribers.stream().mapToInt(BranchSubscriber::receivers).sum());
        if (nanos >= SHORTEST_PAUSE_NANOS) {
            LockSupport.parkNanos(nanos);
        }
    }

    /** Runs one step; whatever goes wrong, the next one starts from what the log says. */
    private void guarded(Runnable step, Consumer<Problem> onFailure) {
        try {
            step.run();
        } catch (StorageException e) {
            LOGGER.log(e.isTrouble() ? WARNING : DEBUG, () -> "branch=%s %s".formatted(branch, e.getMessage()));
            cache.rollback();                               // what was decided before the log was asked
            tell();
            onFailure.accept(e.problem());
        } catch (CollaborationException e) {
            onFailure.accept(e.problem());                  // a visitor asked for what it may not have
        } catch (RuntimeException e) {
            LOGGER.log(System.Logger.Level.ERROR, "branch=" + branch + " failed", e);
            cache.rollback();
            onFailure.accept(INTERNAL_ERROR.with("See the server's log."));
        }
    }

    // ---- committing

    private void commit(List<Submission> submissions) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            boolean certain = cache.isBehind();
            cache.catchUp();
            boolean hold = contention.isExpected() && !submissions.getFirst().isMerge();
            Optional<Batch> stored = hold ? storeHeld(submissions) : store(submissions, certain);
            if (stored.isPresent()) {
                committed(stored.get(), submissions.getFirst().receivedAt());
                return;
            }
        }
        throw StorageException.overtaken(ATTEMPTS);
    }

    private void committed(Batch batch, long receivedAt) {
        cache.keep(batch.changes(), batch.conflicts());
        untoldSince = receivedAt;
        batch.report();
        batch.reply();                                      // before anybody is told: SPEC CHG-3
        tell();
        if (!batch.changes().isEmpty()) {
            around.siblings().committed(branch, batch.changes());
        }
    }

    /** Decides and stores; nothing where another node was first, or may have been. */
    private Optional<Batch> store(List<Submission> submissions, boolean certain) {
        Batch batch = batch();
        submissions.forEach(batch::decide);
        if (batch.hasRefusal() && !certain) {
            // Another node may have committed what is missing here: only what the log says is a reason to refuse.
            cache.rollback();
            return Optional.empty();
        }
        boolean done = batch.isStoredAlready() || isStored(batch, () -> batch.append(cache.state(cache.document().revision() - batch.changes().size())));
        return done ? Optional.of(batch) : Optional.empty();
    }

    /** The same while nobody else can extend the branch: where several nodes do so all the time, everybody would lose races otherwise. */
    private Optional<Batch> storeHeld(List<Submission> submissions) {
        Batch batch = batch();
        boolean done = isStored(batch, () -> around.log().appendHeld(branch, cache.state(cache.document().revision()), MISSED_WHILE_HELD, missed -> {
            contention.met(!missed.isEmpty());
            cache.fold(missed);
            batch.notBefore(cache.lastCommit());
            submissions.forEach(batch::decide);
            return batch.changes();
        }));
        return done ? Optional.of(batch) : Optional.empty();
    }

    private Batch batch() {
        return new Batch(branch, around, cache, rights, locks);
    }

    /** What another node committed or locked. Where nobody here listens it is enough to know that there is something. */
    private void follow(Heard news) {
        long known = cache.document().revision();
        boolean newer = news.state().head() > known;
        if (!cache.isLoaded() || !newer && news.state().locks() <= locks.version()) {
            return;
        }
        if (subscribers.isEmpty()) {
            cache.fallBehind();
            return;
        }
        List<StoredChange> next = news.changes().stream().filter(change -> change.revision() > known).toList();
        boolean gapless = !next.isEmpty() && next.getFirst().revision() == known + 1 && next.getLast().revision() - known == next.size();
        untoldSince = System.nanoTime();
        if (!cache.isBehind() && gapless) {
            cache.fold(next);
        } else if (newer) {
            cache.fallBehind();
        }
        cache.catchUp();
        ask(() -> {
            locks.heard(news.state().locks());
            return null;
        });
        tell();
    }

    /** Whether the batch is now in the log; if not, or if nobody can tell, memory is put back to what the log certainly has. */
    private boolean isStored(Batch batch, Supplier<ChangeLog.Append> append) {
        long start = System.nanoTime();
        try {
            ChangeLog.Append done = append.get();
            if (done == ChangeLog.Append.OVERTAKEN) {
                throw MERGE_OVERTAKEN.because("branch: " + branch.name() + " was merged with the other one meanwhile");
            }
            if (done == ChangeLog.Append.COMMITTED) {
                around.probe().committed(batch.changes().size(), batch.operations(), System.nanoTime() - start);
                LOGGER.log(DEBUG, () -> "branch=%s committed %d changes up to revision %d".formatted(branch, batch.changes().size(),
                    cache.document().revision()));
                return true;
            }
            contention.met(true);
            LOGGER.log(DEBUG, () -> "branch=%s was extended or locked elsewhere".formatted(branch));
        } catch (CollaborationException e) {
            cache.rollback();
            throw e;                                        // the merge that was to be stored may not be: it came alone
        } catch (RuntimeException e) {
            // The transaction may have committed all the same: the log is asked, and change ids tell what is already there.
            LOGGER.log(WARNING, () -> "branch=%s append of %d changes failed: %s".formatted(branch, batch.changes().size(), e));
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new StorageException(e);              // they waited long enough: the log is asked when they try again
            }
        }
        cache.rollback();
        return false;
    }

    private void tell() {
        cache.news(untoldSince).ifPresent(news -> List.copyOf(subscribers).forEach(subscriber -> subscriber.committed(news)));
    }

    private static void refuse(Submission submission, Problem problem) {
        submission.reply().accept(List.of(new Outcome.Refused(submission.requests().getFirst().id(), problem)));
    }

    private void tellLocks(List<Lock> taken, List<ElementId> freed) {
        List.copyOf(subscribers).forEach(subscriber -> subscriber.locksChanged(taken, freed));
    }

    private final class View implements BranchView {
        @Override
        public long revision() {
            return cache.document().revision();
        }

        @Override
        public String snapshot() {
            return cache.snapshot();
        }

        @Override
        public Optional<List<StoredChange>> changesAfter(long revision) {
            boolean known = revision >= 0 && revision <= cache.document().revision() && cache.document().revision() - revision <= around.resumeLimit();
            if (!known) {
                return Optional.empty();
            }
            return cache.recent().after(revision).or(() -> Optional.of(ask(() -> around.log().after(branch, revision, around.resumeLimit()))));
        }

        @Override
        public List<ConflictState> conflicts() {
            return cache.conflicts().toList();
        }

        @Override
        public List<ConflictState> openConflicts() {
            return cache.conflicts().filter(conflict -> conflict.record().status() == ConflictRecord.Status.OPEN).toList();
        }

        @Override
        public int liveElements() {
            return (int) cache.document().elements().stream().filter(element -> cache.document().isLive(element.id())).count();
        }

        @Override
        public List<ElementId> live(Collection<ElementId> elements) {
            return elements.stream().filter(id -> cache.document().element(id).isPresent() && cache.document().isLive(id)).toList();
        }

        @Override
        public void setPolicies(Policies others) {
            cache.judgeBy(others);
        }

        @Override
        public SessionAccess access() {
            return rights.access();
        }

        @Override
        public void releaseForbiddenLocks() {
            Instant now = around.clock().instant();
            changeLocks(() -> locks.releaseWhere(lock -> rights.forbiddenLock(lock.holder().userId(), now, lock.element(), cache.tree()).isPresent()));
        }

        @Override
        public List<Lock> locks() {
            return locks.at(around.clock().instant());
        }

        @Override
        public Lock lock(ElementId element, LockHolder holder, Optional<Duration> lease) {
            expireLocks();
            if (cache.document().element(element).isEmpty()) {
                cache.fallBehind();                         // another node may have committed it
                cache.catchUp();
                tell();
            }
            Instant now = around.clock().instant();
            if (cache.document().element(element).isPresent()) {
                rights.forbiddenLock(holder.userId(), now, element, cache.tree()).ifPresent(problem -> {
                    throw new CollaborationException(problem);
                });
            }
            var lock = new ArrayList<Lock>();
            changeLocks(() -> lock.add(locks.acquire(element, holder, lease, now)));
            return lock.getFirst();
        }

        @Override
        public void unlock(ElementId element, String userId) {
            expireLocks();
            changeLocks(() -> locks.release(element, userId));
        }

        @Override
        public void unlockAll(String participantId) {
            changeLocks(() -> locks.releaseAll(participantId));
        }

        @Override
        public void expireLocks() {
            locks.expire(around.clock().instant());
        }

        /** What was not stored for sure is read again. */
        private void changeLocks(Runnable change) {
            try {
                change.run();
            } catch (CollaborationException e) {
                throw e;
            } catch (RuntimeException e) {
                cache.fallBehind();
                throw new StorageException(e);
            }
        }

        @Override
        public void subscribe(BranchSubscriber subscriber) {
            subscribers.add(subscriber);
            countAudience();
        }

        @Override
        public void unsubscribe(BranchSubscriber subscriber) {
            subscribers.remove(subscriber);
            countAudience();
        }

        private void countAudience() {
            audience = subscribers.size();
            cache.setFollowed(audience > 0);
        }
    }
}
