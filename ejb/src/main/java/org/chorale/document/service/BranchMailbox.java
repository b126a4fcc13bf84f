package org.chorale.document.service;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;
import static org.chorale.problem.ProblemType.FORBIDDEN;
import static org.chorale.problem.ProblemType.INTERNAL_ERROR;
import static org.chorale.problem.ProblemType.LIMIT_EXCEEDED;
import static org.chorale.problem.ProblemType.MERGE_CONFLICTS;
import static org.chorale.problem.ProblemType.MERGE_OVERTAKEN;
import static org.chorale.problem.ProblemType.STORAGE_UNAVAILABLE;
import static org.chorale.problem.ProblemType.UNKNOWN_CHANGE;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.chorale.access.Action;
import org.chorale.access.Authorizer.Departure;
import org.chorale.access.Denial;
import org.chorale.access.SessionAccess;
import org.chorale.access.Tree;
import org.chorale.branch.BranchRuleSource;
import org.chorale.branch.BranchRules;
import org.chorale.conflict.ConflictRecord;
import org.chorale.conflict.Policies;
import org.chorale.document.Author;
import org.chorale.document.BranchPoint;
import org.chorale.document.BranchState;
import org.chorale.document.Change;
import org.chorale.document.ChangeId;
import org.chorale.document.ChangeLog;
import org.chorale.document.CommittedChange.Kind;
import org.chorale.document.CommittedChange;
import org.chorale.document.Decider;
import org.chorale.document.Decision;
import org.chorale.document.Document;
import org.chorale.document.DocumentForm;
import org.chorale.document.Element;
import org.chorale.document.Frame;
import org.chorale.document.Inverse;
import org.chorale.document.Limits;
import org.chorale.document.SnapshotStore;
import org.chorale.document.StoredChange;
import org.chorale.document.codec.ChangeCodec;
import org.chorale.document.codec.DocumentCodec;
import org.chorale.document.codec.InverseCodec;
import org.chorale.lock.Lock;
import org.chorale.lock.LockHolder;
import org.chorale.lock.LockStore;
import org.chorale.lock.Locks;
import org.chorale.merge.Merge;
import org.chorale.operation.ConflictId;
import org.chorale.operation.ElementId;
import org.chorale.operation.Operation;
import org.chorale.operation.Path;
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

    // Everything below belongs to whoever drains the queue.
    private Document document = new Document();
    private Policies policies = Policies.DEFAULT;
    private boolean policiesKnown;
    private Decider decider;
    private final BranchLocks locks;
    private final RecentChanges recent;
    private final Snapshots snapshots;
    private final List<BranchSubscriber> subscribers = new ArrayList<>();
    private final View view = new View();
    private boolean loaded;
    private boolean behind = true;
    private final Contention contention = new Contention();
    private Instant lastCommit = Instant.EPOCH;
    private Optional<String> snapshot = Optional.empty();
    private final List<StoredChange> untold = new ArrayList<>();
    private final Set<ConflictId> untoldConflicts = new LinkedHashSet<>();
    private long untoldSince;
    private long hashedAt;

    /** What this node has of the branch, for those who hear of more. */
    private volatile BranchState reached = BranchState.at(-1);
    private volatile Instant lastUse;
    private volatile int audience;
    /** Null until the branch is used. Written by whoever hears of a change, so that what waits already is judged by it. */
    private volatile SessionAccess access;
    /** Null until the branch is used; written like {@link #access}. */
    private volatile BranchRules rules;

    public BranchMailbox(BranchId branch, Surroundings around) {
        this.branch = branch;
        this.around = around;
        this.locks = new BranchLocks(branch, around.lockStore(), around.siblings(), around.locks(), this::tellLocks);
        hold(document);
        this.recent = new RecentChanges(around.recentChanges(), around.recentBytes());
        this.snapshots = new Snapshots(branch, around.snapshots(), around.executor(), around.clock(), around.snapshotRules());
        this.lastUse = around.clock().instant();
    }

    /** From now on this is the branch's document. */
    private void hold(Document loaded) {
        document = loaded;
        decider = new Decider(document, around.limits(), policies);
        locks.coverOnly(document);
    }

    private void judgeBy(Policies others) {
        policies = others;
        policiesKnown = true;
        decider = new Decider(document, around.limits(), policies);
    }

    /** From now on rights are judged by this, unless what is known is newer. */
    public synchronized void judgeBy(SessionAccess other) {
        if (access == null || other.isNewerThan(access)) {
            access = other;
        }
    }

    /** From now on the branch takes this. */
    public synchronized void obey(BranchRules others) {
        rules = others;
    }

    private synchronized void obeyUnlessTold(BranchRules written) {
        if (rules == null) {
            rules = written;
        }
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
        if (snapshots.isIdleWithNews()) {
            keepSnapshot();
        }
    }

    /** Takes a snapshot of what none has: the branch leaves memory. */
    public void keepSnapshot() {
        visit(view -> snapshots.take(document, lastCommit), problem -> { });
    }

    /** Whether something waits here, or a snapshot is being stored. */
    public boolean isBusy() {
        return waiting.get() > 0 || snapshots.isBusy();
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
                        catchUp();
                        tell();
                        visit.visitor().accept(view);
                    }, visit.onFailure());
                } else if (letter instanceof Heard news) {
                    // Whoever committed it takes the snapshots.
                    mayTakeSnapshot = false;
                    guarded(() -> follow(news), problem -> { });
                }
            }
            if (!behind && mayTakeSnapshot) {
                snapshots.takeIfDue(document, lastCommit);
            }
            if (loaded) {
                reached = known(document.revision());
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
            LOGGER.log(WARNING, () -> "branch=%s cannot reach its log: %s".formatted(branch, e.getCause()));
            document.rollback();                            // what was decided before the log was asked
            behind = true;
            tell();
            onFailure.accept(STORAGE_UNAVAILABLE.with("The database does not answer; nothing was lost, try again."));
        } catch (CollaborationException e) {
            onFailure.accept(e.problem());                  // a visitor asked for what it may not have
        } catch (RuntimeException e) {
            LOGGER.log(System.Logger.Level.ERROR, "branch=" + branch + " failed", e);
            document.rollback();
            behind = true;
            onFailure.accept(INTERNAL_ERROR.with("See the server's log."));
        }
    }

    // ---- committing

    private void commit(List<Submission> submissions) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            boolean certain = behind;
            catchUp();
            boolean hold = contention.isExpected() && !submissions.getFirst().isMerge();
            Optional<Batch> stored = hold ? storeHeld(submissions) : store(submissions, certain);
            if (stored.isPresent()) {
                committed(stored.get(), submissions.getFirst().receivedAt());
                return;
            }
        }
        throw new StorageException(new IllegalStateException("lost " + ATTEMPTS + " races for the head"));
    }

    private void committed(Batch batch, long receivedAt) {
        batch.changes.forEach(this::remember);
        untoldConflicts.addAll(batch.conflicts);
        untoldSince = receivedAt;
        document.keep();
        batch.report();
        batch.replies.forEach(Reply::send);                 // before anybody is told: SPEC CHG-3
        tell();
        if (!batch.changes.isEmpty()) {
            around.siblings().committed(branch, batch.changes);
        }
    }

    /** Decides and stores; nothing where another node was first, or may have been. */
    private Optional<Batch> store(List<Submission> submissions, boolean certain) {
        var batch = new Batch();
        submissions.forEach(batch::decide);
        if (batch.hasRefusal() && !certain) {
            // Another node may have committed what is missing here: only what the log says is a reason to refuse.
            document.rollback();
            behind = true;
            return Optional.empty();
        }
        boolean done = batch.isStoredAlready() || isStored(batch, () -> batch.append(known(document.revision() - batch.changes.size())));
        return done ? Optional.of(batch) : Optional.empty();
    }

    /** The same while nobody else can extend the branch: where several nodes do so all the time, everybody would lose races otherwise. */
    private Optional<Batch> storeHeld(List<Submission> submissions) {
        var batch = new Batch();
        boolean done = isStored(batch, () -> around.log().appendHeld(branch, known(document.revision()), MISSED_WHILE_HELD, missed -> {
            contention.met(!missed.isEmpty());
            fold(missed);
            batch.notBefore(lastCommit);
            submissions.forEach(batch::decide);
            return batch.changes;
        }));
        return done ? Optional.of(batch) : Optional.empty();
    }

    private BranchState known(long head) {
        return new BranchState(head, locks.version());
    }

    /** What another node committed or locked. Where nobody here listens it is enough to know that there is something. */
    private void follow(Heard news) {
        boolean newer = news.state().head() > document.revision();
        if (!loaded || !newer && news.state().locks() <= locks.version()) {
            return;
        }
        if (subscribers.isEmpty()) {
            behind = true;
            return;
        }
        List<StoredChange> next = news.changes().stream().filter(change -> change.revision() > document.revision()).toList();
        boolean gapless = !next.isEmpty() && next.getFirst().revision() == document.revision() + 1
            && next.getLast().revision() - document.revision() == next.size();
        untoldSince = System.nanoTime();
        if (!behind && gapless) {
            fold(next);
        } else if (newer) {
            behind = true;
        }
        catchUp();
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
                around.probe().committed(batch.changes.size(), batch.operations, System.nanoTime() - start);
                LOGGER.log(DEBUG, () -> "branch=%s committed %d changes up to revision %d".formatted(branch, batch.changes.size(),
                    document.revision()));
                return true;
            }
            contention.met(true);
            LOGGER.log(DEBUG, () -> "branch=%s was extended or locked elsewhere".formatted(branch));
        } catch (CollaborationException e) {
            document.rollback();
            behind = true;
            throw e;                                        // the merge that was to be stored may not be: it came alone
        } catch (RuntimeException e) {
            // The transaction may have committed all the same: the log is asked, and change ids tell what is already there.
            LOGGER.log(WARNING, () -> "branch=%s append of %d changes failed: %s".formatted(branch, batch.changes.size(), e));
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new StorageException(e);              // they waited long enough: the log is asked when they try again
            }
        }
        document.rollback();
        behind = true;
        return false;
    }

    /** Folds what the log has beyond memory: at first use, after a lost race, after a failure. */
    private void catchUp() {
        if (!policiesKnown) {
            judgeBy(ask(() -> around.policies().of(branch.session())));
        }
        if (access == null) {
            judgeBy(ask(() -> around.access().of(branch.session())));
        }
        if (rules == null) {
            obeyUnlessTold(ask(() -> around.rules().of(branch)));
        }
        if (!loaded) {
            load();
        }
        while (behind) {
            List<StoredChange> missed = ask(() -> around.log().after(branch, document.revision(), BranchLoader.READ_SIZE));
            fold(missed);
            if (missed.size() < BranchLoader.READ_SIZE) {
                ask(() -> {
                    locks.refresh();
                    return null;
                });
                behind = false;
            }
        }
    }

    /** Applies what the log has next. */
    private void fold(List<StoredChange> changes) {
        for (StoredChange change : changes) {
            CommittedChange committed = ChangeCodec.load(change);
            document.apply(committed);
            remember(change);
            untoldConflicts.addAll(touchedConflicts(committed.operations()));
        }
        document.keep();
    }

    /**
     * Begins at the newest snapshot. What memory holds of the changes before it is read from the log: texts need their edits to transform
     * what comes from somebody who was away for a moment, and such a one gets what they missed without asking the log again.
     */
    private void load() {
        var loader = new BranchLoader(branch, around.log(), around.snapshots());
        BranchLoader.Start start = loader.nearest(ask(() -> around.log().head(branch)));
        long revision = start.document().revision();
        List<StoredChange> before = ask(() -> loader.before(revision, around.recentChanges(), around.recentBytes()));
        start.document().recall(before.stream().map(ChangeCodec::load).toList());
        recent.startBehind(revision - before.size());
        before.forEach(recent::add);
        snapshots.startedFrom(revision);
        lastCommit = start.at();
        hold(start.document());
        loaded = true;
    }

    private void remember(StoredChange change) {
        recent.add(change);
        snapshots.count(change);
        if (!subscribers.isEmpty()) {
            untold.add(change);
        }
        lastCommit = change.at();
        snapshot = Optional.empty();
    }

    private void tell() {
        if (!untold.isEmpty() && !subscribers.isEmpty()) {
            var news = new News(untold, untoldConflicts.stream().map(this::conflict).flatMap(Optional::stream).toList(), hashIfDue(), untoldSince);
            List.copyOf(subscribers).forEach(subscriber -> subscriber.committed(news));
        }
        untold.clear();
        untoldConflicts.clear();
    }

    /** Told now and then, so that a replica that went astray finds out. */
    private Optional<String> hashIfDue() {
        if (document.revision() - hashedAt < HASH_SPACING) {
            return Optional.empty();
        }
        hashedAt = document.revision();
        return Optional.of(DocumentForm.hash(document));
    }

    private Optional<ConflictState> conflict(ConflictId id) {
        return document.conflict(id).map(this::conflictState);
    }

    private ConflictState conflictState(ConflictRecord record) {
        Element element = document.element(record.element()).orElseThrow();
        Path path = record.path();
        String writer = element.cell(path.property()).newestWrite(path.component()).userId();
        return new ConflictState(record, element.value(path), writer.isEmpty() ? Optional.empty() : Optional.of(writer));
    }

    private static List<ConflictId> touchedConflicts(List<Operation> operations) {
        return operations.stream().flatMap(operation -> switch (operation) {
            case Operation.Withhold withheld -> Stream.of(withheld.conflict());
            case Operation.Resolve resolve -> Stream.of(resolve.conflict());
            default -> Stream.<ConflictId>empty();          // no other operation changes a record
        }).toList();
    }

    private static void refuse(Submission submission, Problem problem) {
        submission.reply().accept(List.of(new Outcome.Refused(submission.requests().getFirst().id(), problem)));
    }

    private static <T> T ask(Supplier<T> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            throw new StorageException(e);
        }
    }

    private record Reply(Submission submission, List<Outcome> outcomes) {
        void send() {
            submission.reply().accept(outcomes);
        }
    }

    /** What one transaction will store, and what its authors will then be told. */
    private final class Batch {
        private final List<StoredChange> changes = new ArrayList<>();
        private final List<Reply> replies = new ArrayList<>();
        private final List<ConflictId> conflicts = new ArrayList<>();
        private Optional<ChangeLog.MergeEntry> merge = Optional.empty();
        private int operations;
        private Instant at = latest(around.clock().instant().truncatedTo(ChronoUnit.MILLIS), lastCommit);

        Batch() {
            locks.expire(at);
        }

        /** Time never goes back along a branch, whatever other nodes' clocks say. */
        void notBefore(Instant committed) {
            at = latest(at, committed);
        }

        boolean isStoredAlready() {
            return changes.isEmpty() && merge.isEmpty();
        }

        ChangeLog.Append append(BranchState known) {
            return merge.map(entry -> around.log().appendMerge(branch, known, changes, entry))
                .orElseGet(() -> around.log().append(branch, known, changes));
        }

        /** Tells those who watch the server what became of it. */
        void report() {
            for (Reply reply : replies) {
                if (reply.outcomes().getLast() instanceof Outcome.Refused(var id, var problem)) {
                    around.probe().refused(problem.type().slug());
                }
            }
            if (!conflicts.isEmpty()) {
                long open = conflicts.stream().filter(id -> document.conflict(id).orElseThrow().status() == ConflictRecord.Status.OPEN).count();
                around.probe().conflicts((int) open, conflicts.size() - (int) open);
            }
        }

        void decide(Submission submission) {
            Map<ChangeId, Long> older = lookUpOlder(submission);
            Frame frame = decider.frame(submission.author(), at);
            var outcomes = new ArrayList<Outcome>();
            for (Submission.Request request : submission.requests()) {
                Outcome outcome = decide(frame, submission.author(), request, older);
                outcomes.add(outcome);
                if (outcome instanceof Outcome.Refused) {
                    break;
                }
            }
            replies.add(new Reply(submission, outcomes));
        }

        boolean hasRefusal() {
            return replies.stream().anyMatch(reply -> reply.outcomes().getLast() instanceof Outcome.Refused);
        }

        private Outcome decide(Frame frame, Author author, Submission.Request request, Map<ChangeId, Long> older) {
            Optional<Long> known = find(request.id()).map(StoredChange::revision).or(() -> Optional.ofNullable(older.get(request.id())));
            if (known.isPresent()) {
                if (request instanceof Submission.Edit(var change)) {
                    frame.skip(change);
                }
                return new Outcome.Accepted(request.id(), known.get(), List.of());
            }
            Optional<Problem> barred = barred(request, author.userId());
            if (barred.isPresent()) {
                return new Outcome.Refused(request.id(), barred.get());
            }
            int savepoint = document.savepoint();
            return switch (request) {
                case Submission.Edit(var change) -> settle(frame.decide(change), change.id(), Kind.EDIT, author, savepoint);
                case Submission.Undo(var id, var undone) -> undo(frame, id, undone, author, savepoint);
                case Submission.Revert revert -> revert(frame, revert, author, savepoint);
                case Submission.Merge incoming -> merge(frame, incoming, author, savepoint);
            };
        }

        /** Why the branch does not take this from anybody, or not from this user. */
        private Optional<Problem> barred(Submission.Request request, String userId) {
            BranchRules now = rules;
            boolean isForMergers = !(request instanceof Submission.Edit) && access.may(userId, Action.MERGE, at);
            return isForMergers ? now.forbidMerge() : now.forbidEdit();
        }

        private Outcome revert(Frame frame, Submission.Revert revert, Author author, int savepoint) {
            Set<ElementId> meant = revert.elements();
            List<Operation> operations = Merge.revert(document, revert.past(), id -> meant.isEmpty() || meant.contains(id));
            if (operations.isEmpty()) {
                return new Outcome.Accepted(revert.id(), document.revision(), List.of());       // it is so already
            }
            var change = new Change(revert.id(), document.revision(), document.revision(), operations);
            return settle(frame.decide(change, Kind.REVERT), revert.id(), Kind.REVERT, author, savepoint);
        }

        private Outcome merge(Frame frame, Submission.Merge incoming, Author author, int savepoint) {
            Merge.Result result = Merge.of(incoming.base(), document, incoming.theirs(), incoming.resolutions());
            if (!result.conflicts().isEmpty()) {
                incoming.open().accept(result.conflicts());
                return new Outcome.Refused(incoming.id(), MERGE_CONFLICTS.with("open conflicts: " + result.conflicts().size() + " (expected: none)"));
            }
            Outcome outcome = new Outcome.Accepted(incoming.id(), document.revision(), List.of());      // where there is nothing to do
            if (!result.operations().isEmpty()) {
                var change = new Change(incoming.id(), document.revision(), document.revision(), result.operations());
                outcome = settle(frame.decide(change, Kind.MERGE), incoming.id(), Kind.MERGE, author, savepoint,
                    incoming.entry().map(ChangeLog.MergeEntry::source));
            }
            if (outcome instanceof Outcome.Accepted) {
                merge = incoming.entry();
            }
            return outcome;
        }

        private Outcome undo(Frame frame, ChangeId id, ChangeId undone, Author author, int savepoint) {
            Optional<StoredChange> stored = find(undone).or(() -> ask(() -> around.log().find(branch, undone)));
            if (stored.isEmpty()) {
                return new Outcome.Refused(id, UNKNOWN_CHANGE.with("changeId: \"" + undone + "\" (expected: one of the branch's)"));
            }
            CommittedChange change = ChangeCodec.load(stored.get());
            if (!change.author().userId().equals(author.userId())) {
                return new Outcome.Refused(id, FORBIDDEN.with("changeId: \"" + undone + "\" (expected: one of one's own)"));
            }
            String inverse = stored.get().inverse();
            return settle(frame.undo(id, inverse.isEmpty() ? List.of() : InverseCodec.load(inverse)), id,
                change.kind() == Kind.UNDO ? Kind.REDO : Kind.UNDO, author, savepoint);
        }

        private Outcome settle(Decision decision, ChangeId id, Kind kind, Author author, int savepoint) {
            return settle(decision, id, kind, author, savepoint, Optional.empty());
        }

        private Outcome settle(Decision decision, ChangeId id, Kind kind, Author author, int savepoint, Optional<BranchPoint> merged) {
            return switch (decision) {
                case Decision.Refused(var problem) -> new Outcome.Refused(id, problem);
                case Decision.Accepted accepted -> {
                    Optional<Problem> violated = forbidden(accepted, author.userId())
                        .or(() -> locks.violatedBy(accepted, author.userId()).map(Locks::problem));
                    if (violated.isPresent()) {
                        document.rollback(savepoint);
                        yield new Outcome.Refused(id, violated.get());
                    }
                    var committed = new CommittedChange(document.revision(), id, kind, author, at, accepted.effective(), accepted.notes(),
                        merged);
                    List<StoredChange> stored = Stream.concat(Stream.of(ChangeCodec.store(committed, accepted.inverse())),
                        decider.tidy(accepted, at).stream().map(ChangeCodec::store)).toList();
                    int longest = stored.stream().mapToInt(each -> each.content().length()).max().orElseThrow();
                    if (longest > LimitsConfig.STORED_CHANGE_LENGTH) {
                        // Found here, since a row that does not fit would fail everybody's transaction.
                        document.rollback(savepoint);
                        yield new Outcome.Refused(id, LIMIT_EXCEEDED.with("length of a change as it is stored: " + longest
                            + " (expected: at most " + LimitsConfig.STORED_CHANGE_LENGTH + ")"));
                    }
                    changes.addAll(stored);
                    conflicts.addAll(touchedConflicts(accepted.effective()));
                    operations += accepted.effective().size();
                    yield new Outcome.Accepted(id, committed.revision(), committed.notes());
                }
            };
        }

        /** What a change does is known only now that it is decided: so all that anybody does to a document is judged here. */
        private Optional<Problem> forbidden(Decision.Accepted accepted, String userId) {
            SessionAccess rights = access;
            if (rights.mayEditEverything(userId, at)) {
                return Optional.empty();
            }
            List<Departure> departures = accepted.inverse().stream().filter(Inverse.OfPlace.class::isInstance)
                .map(Inverse.OfPlace.class::cast)
                .map(place -> new Departure(place.element(), place.parent())).toList();
            return rights.authorize(userId, at, accepted.effective(), departures, tree()).map(Denial::problem);
        }

        private Optional<StoredChange> find(ChangeId id) {
            return recent.find(id).or(() -> changes.stream().filter(stored -> stored.id().equals(id)).findFirst());
        }

        /** A change can only be in the log beyond its base; where memory does not reach back so far, the log is asked. */
        private Map<ChangeId, Long> lookUpOlder(Submission submission) {
            List<ChangeId> ids = submission.requests().stream()
                .filter(request -> !(request instanceof Submission.Edit(var change) && recent.reachesBackTo(change.baseRevision())))
                .map(Submission.Request::id).filter(id -> recent.find(id).isEmpty()).toList();
            return ids.isEmpty() ? Map.of() : ask(() -> around.log().revisionsOf(branch, ids));
        }

        private static Instant latest(Instant a, Instant b) {
            return a.isAfter(b) ? a : b;
        }
    }

    private Tree tree() {
        return new DocumentTree(document);
    }

    private void tellLocks(List<Lock> taken, List<ElementId> freed) {
        List.copyOf(subscribers).forEach(subscriber -> subscriber.locksChanged(taken, freed));
    }

    private final class View implements BranchView {
        @Override
        public long revision() {
            return document.revision();
        }

        @Override
        public String snapshot() {
            if (snapshot.isEmpty()) {
                snapshot = Optional.of(DocumentCodec.snapshot(document));
            }
            return snapshot.get();
        }

        @Override
        public Optional<List<StoredChange>> changesAfter(long revision) {
            boolean known = revision >= 0 && revision <= document.revision() && document.revision() - revision <= around.resumeLimit();
            if (!known) {
                return Optional.empty();
            }
            return recent.after(revision).or(() -> Optional.of(ask(() -> around.log().after(branch, revision, around.resumeLimit()))));
        }

        @Override
        public List<ConflictState> conflicts() {
            return document.conflicts().stream().map(BranchMailbox.this::conflictState).toList();
        }

        @Override
        public List<ConflictState> openConflicts() {
            return document.conflicts().stream().filter(record -> record.status() == ConflictRecord.Status.OPEN)
                .map(BranchMailbox.this::conflictState).toList();
        }

        @Override
        public int liveElements() {
            return (int) document.elements().stream().filter(element -> document.isLive(element.id())).count();
        }

        @Override
        public List<ElementId> live(Collection<ElementId> elements) {
            return elements.stream().filter(id -> document.element(id).isPresent() && document.isLive(id)).toList();
        }

        @Override
        public void setPolicies(Policies others) {
            judgeBy(others);
        }

        @Override
        public SessionAccess access() {
            return access;
        }

        @Override
        public void releaseForbiddenLocks() {
            Instant now = around.clock().instant();
            changeLocks(() -> locks.releaseWhere(lock -> access.authorizeLock(lock.holder().userId(), now, lock.element(), tree()).isPresent()));
        }

        @Override
        public List<Lock> locks() {
            return locks.at(around.clock().instant());
        }

        @Override
        public Lock lock(ElementId element, LockHolder holder, Optional<Duration> lease) {
            expireLocks();
            if (document.element(element).isEmpty()) {
                behind = true;                              // another node may have committed it
                catchUp();
                tell();
            }
            Instant now = around.clock().instant();
            if (document.element(element).isPresent()) {
                access.authorizeLock(holder.userId(), now, element, tree()).ifPresent(denial -> {
                    throw new CollaborationException(denial.problem());
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
                behind = true;
                throw new StorageException(e);
            }
        }

        @Override
        public void subscribe(BranchSubscriber subscriber) {
            subscribers.add(subscriber);
            audience = subscribers.size();
        }

        @Override
        public void unsubscribe(BranchSubscriber subscriber) {
            subscribers.remove(subscriber);
            audience = subscribers.size();
        }
    }

    /** The log did not answer. */
    private static final class StorageException extends RuntimeException {
        private static final long serialVersionUID = 1;

        StorageException(RuntimeException cause) {
            super(cause);
        }
    }
}
