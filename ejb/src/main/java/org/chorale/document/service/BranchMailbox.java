package org.chorale.document.service;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;
import static org.chorale.problem.ProblemType.FORBIDDEN;
import static org.chorale.problem.ProblemType.INTERNAL_ERROR;
import static org.chorale.problem.ProblemType.LIMIT_EXCEEDED;
import static org.chorale.problem.ProblemType.STORAGE_UNAVAILABLE;
import static org.chorale.problem.ProblemType.UNKNOWN_CHANGE;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.chorale.conflict.Policies;
import org.chorale.document.Author;
import org.chorale.document.ChangeId;
import org.chorale.document.ChangeLog;
import org.chorale.document.CommittedChange;
import org.chorale.document.CommittedChange.Kind;
import org.chorale.document.Decider;
import org.chorale.document.Decision;
import org.chorale.document.Document;
import org.chorale.document.Frame;
import org.chorale.document.Limits;
import org.chorale.document.StoredChange;
import org.chorale.document.codec.ChangeCodec;
import org.chorale.document.codec.DocumentCodec;
import org.chorale.document.codec.InverseCodec;
import org.chorale.problem.Problem;
import org.chorale.session.BranchId;

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
    private static final int READ_SIZE = 1_000;

    /** What surrounds a mailbox. */
    public record Surroundings(ChangeLog log, Executor executor, Clock clock, Limits limits, int batchSize,
                               int recentChanges, int recentBytes, int resumeLimit) {}

    private sealed interface Letter {}

    private record Submit(Submission submission) implements Letter {}

    private record Visit(Consumer<BranchView> visitor, Consumer<Problem> onFailure) implements Letter {}

    private final BranchId branch;
    private final Surroundings around;
    private final Queue<Letter> letters = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    // Everything below belongs to whoever drains the queue.
    private final Document document = new Document();
    private final Decider decider;
    private final RecentChanges recent;
    private final List<BranchSubscriber> subscribers = new ArrayList<>();
    private final View view = new View();
    private boolean behind = true;
    private Instant lastCommit = Instant.EPOCH;
    private Optional<String> snapshot = Optional.empty();
    private final List<StoredChange> untold = new ArrayList<>();

    private volatile Instant lastUse;
    private volatile int audience;

    public BranchMailbox(BranchId branch, Surroundings around) {
        this.branch = branch;
        this.around = around;
        this.decider = new Decider(document, around.limits(), Policies.DEFAULT);
        this.recent = new RecentChanges(around.recentChanges(), around.recentBytes());
        this.lastUse = around.clock().instant();
    }

    /** Queues changes; their author's reply comes from another thread. */
    public void submit(Submission submission) {
        post(new Submit(submission));
    }

    /** Lets a visitor see the branch, between two commits; or tells why it cannot be read. */
    public void visit(Consumer<BranchView> visitor, Consumer<Problem> onFailure) {
        post(new Visit(visitor, onFailure));
    }

    /** Nobody listens, nothing waits, and so it has been for a while. */
    public boolean isIdle(Duration timeout) {
        return audience == 0 && waiting.get() == 0 && lastUse.plus(timeout).isBefore(around.clock().instant());
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
            lastUse = around.clock().instant();
            int taken = 0;
            var submissions = new ArrayList<Submission>();
            int changes = 0;
            // Visits are served in their turn: a visitor sees what was submitted before it, and subscribes before what comes after.
            while (changes < around.batchSize() && letters.peek() instanceof Submit(var submission)) {
                letters.remove();
                submissions.add(submission);
                changes += submission.requests().size();
                taken++;
            }
            if (!submissions.isEmpty()) {
                guarded(() -> commit(submissions), problem -> submissions.forEach(submission -> refuse(submission, problem)));
            } else if (letters.poll() instanceof Visit visit) {
                taken++;
                guarded(() -> {
                    catchUp();
                    tell();
                    visit.visitor().accept(view);
                }, visit.onFailure());
            }
            handled = taken;
        } while (waiting.addAndGet(-handled) > 0);
    }

    /** Runs one step; whatever goes wrong, the next one starts from what the log says. */
    private void guarded(Runnable step, Consumer<Problem> onFailure) {
        try {
            step.run();
        } catch (StorageException e) {
            LOGGER.log(WARNING, () -> "branch=%s cannot reach its log: %s".formatted(branch, e.getCause()));
            behind = true;
            tell();
            onFailure.accept(STORAGE_UNAVAILABLE.with("The database does not answer; nothing was lost, try again."));
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
            var batch = new Batch();
            submissions.forEach(batch::decide);
            if (batch.hasRefusal() && !certain) {
                // Another node may have committed what is missing here: only what the log says is a reason to refuse.
                document.rollback();
                behind = true;
                continue;
            }
            if (batch.changes.isEmpty() || isStored(batch)) {
                batch.changes.forEach(this::remember);
                document.keep();
                batch.replies.forEach(Reply::send);         // before anybody is told: SPEC CHG-3
                tell();
                return;
            }
        }
        throw new StorageException(new IllegalStateException("lost " + ATTEMPTS + " races for the head"));
    }

    /** Whether the batch is now in the log; if not, or if nobody can tell, memory is put back to what the log certainly has. */
    private boolean isStored(Batch batch) {
        long head = document.revision() - batch.changes.size();
        try {
            if (around.log().append(branch, head, batch.changes) == ChangeLog.Append.COMMITTED) {
                LOGGER.log(DEBUG, () -> "branch=%s committed revisions %d to %d".formatted(branch, head + 1, document.revision()));
                return true;
            }
            LOGGER.log(DEBUG, () -> "branch=%s was extended elsewhere beyond %d".formatted(branch, head));
        } catch (RuntimeException e) {
            // The transaction may have committed all the same: the log is asked, and change ids tell what is already there.
            LOGGER.log(WARNING, () -> "branch=%s append after %d failed: %s".formatted(branch, head, e));
        }
        document.rollback();
        behind = true;
        return false;
    }

    /** Folds what the log has beyond memory: at first use, after a lost race, after a failure. */
    private void catchUp() {
        while (behind) {
            List<StoredChange> missed = ask(() -> around.log().after(branch, document.revision(), READ_SIZE));
            for (StoredChange change : missed) {
                document.apply(ChangeCodec.load(change));
                remember(change);
            }
            document.keep();
            behind = missed.size() == READ_SIZE;
        }
    }

    private void remember(StoredChange change) {
        recent.add(change);
        untold.add(change);
        lastCommit = change.at();
        snapshot = Optional.empty();
    }

    private void tell() {
        List<StoredChange> news = List.copyOf(untold);
        untold.clear();
        if (!news.isEmpty()) {
            List.copyOf(subscribers).forEach(subscriber -> subscriber.committed(news));
        }
    }

    private static void refuse(Submission submission, Problem problem) {
        submission.reply().accept(List.of(new Outcome.Refused(submission.requests().getFirst().id(), problem)));
    }

    private static <T> T ask(java.util.function.Supplier<T> question) {
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
        private final Instant at = latest(around.clock().instant().truncatedTo(ChronoUnit.MILLIS), lastCommit);

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
            int savepoint = document.savepoint();
            return switch (request) {
                case Submission.Edit(var change) -> settle(frame.decide(change), change.id(), Kind.EDIT, author, savepoint);
                case Submission.Undo(var id, var undone) -> undo(frame, id, undone, author, savepoint);
            };
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
            return switch (decision) {
                case Decision.Refused(var problem) -> new Outcome.Refused(id, problem);
                case Decision.Accepted accepted -> {
                    var committed = new CommittedChange(document.revision(), id, kind, author, at, accepted.effective(), accepted.notes());
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
                    yield new Outcome.Accepted(id, committed.revision(), committed.notes());
                }
            };
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
