package org.chorale.document.service;

import static org.chorale.document.service.StorageException.ask;
import static org.chorale.problem.ProblemType.FORBIDDEN;
import static org.chorale.problem.ProblemType.LIMIT_EXCEEDED;
import static org.chorale.problem.ProblemType.MERGE_CONFLICTS;
import static org.chorale.problem.ProblemType.UNKNOWN_CHANGE;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.chorale.conflict.ConflictRecord;
import org.chorale.document.Author;
import org.chorale.document.BranchPoint;
import org.chorale.document.BranchState;
import org.chorale.document.Change;
import org.chorale.document.ChangeId;
import org.chorale.document.ChangeLog;
import org.chorale.document.CommittedChange;
import org.chorale.document.CommittedChange.Kind;
import org.chorale.document.Decision;
import org.chorale.document.Frame;
import org.chorale.document.StoredChange;
import org.chorale.document.codec.ChangeCodec;
import org.chorale.document.codec.InverseCodec;
import org.chorale.lock.Locks;
import org.chorale.merge.Merge;
import org.chorale.operation.ConflictId;
import org.chorale.operation.ElementId;
import org.chorale.operation.Operation;
import org.chorale.problem.Problem;
import org.chorale.session.BranchId;

/** What one transaction will store, and what its authors will then be told. */
final class Batch {
    private final BranchId branch;
    private final BranchMailbox.Surroundings around;
    private final BranchCache cache;
    private final BranchRights rights;
    private final BranchLocks locks;
    private final List<StoredChange> changes = new ArrayList<>();
    private final List<Reply> replies = new ArrayList<>();
    private final List<ConflictId> conflicts = new ArrayList<>();
    private Optional<ChangeLog.MergeEntry> merge = Optional.empty();
    private int operations;
    private Instant at;

    private record Reply(Submission submission, List<Outcome> outcomes) {
        void send() {
            submission.reply().accept(outcomes);
        }
    }

    Batch(BranchId branch, BranchMailbox.Surroundings around, BranchCache cache, BranchRights rights, BranchLocks locks) {
        this.branch = branch;
        this.around = around;
        this.cache = cache;
        this.rights = rights;
        this.locks = locks;
        this.at = latest(around.clock().instant().truncatedTo(ChronoUnit.MILLIS), cache.lastCommit());
        locks.expire(at);
    }

    List<StoredChange> changes() {
        return changes;
    }

    List<ConflictId> conflicts() {
        return conflicts;
    }

    /** How many operations its changes have. */
    int operations() {
        return operations;
    }

    /** Its authors are told what became of it. */
    void reply() {
        replies.forEach(Reply::send);
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
            long open = conflicts.stream().filter(id -> cache.document().conflict(id).orElseThrow().status() == ConflictRecord.Status.OPEN).count();
            around.probe().conflicts((int) open, conflicts.size() - (int) open);
        }
    }

    void decide(Submission submission) {
        Map<ChangeId, Long> older = lookUpOlder(submission);
        Frame frame = cache.decider().frame(submission.author(), at);
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
        Optional<Problem> barred = rights.barred(request, author.userId(), at);
        if (barred.isPresent()) {
            return new Outcome.Refused(request.id(), barred.get());
        }
        int savepoint = cache.document().savepoint();
        return switch (request) {
            case Submission.Edit(var change) -> settle(frame.decide(change), change.id(), Kind.EDIT, author, savepoint);
            case Submission.Undo(var id, var undone) -> undo(frame, id, undone, author, savepoint);
            case Submission.Revert revert -> revert(frame, revert, author, savepoint);
            case Submission.Merge incoming -> merge(frame, incoming, author, savepoint);
        };
    }

    private Outcome revert(Frame frame, Submission.Revert revert, Author author, int savepoint) {
        Set<ElementId> meant = revert.elements();
        List<Operation> operations = Merge.revert(cache.document(), revert.past(), id -> meant.isEmpty() || meant.contains(id));
        if (operations.isEmpty()) {
            return new Outcome.Accepted(revert.id(), cache.document().revision(), List.of());       // it is so already
        }
        var change = new Change(revert.id(), cache.document().revision(), cache.document().revision(), operations);
        return settle(frame.decide(change, Kind.REVERT), revert.id(), Kind.REVERT, author, savepoint);
    }

    private Outcome merge(Frame frame, Submission.Merge incoming, Author author, int savepoint) {
        Merge.Result result = Merge.of(incoming.base(), cache.document(), incoming.theirs(), incoming.resolutions());
        if (!result.conflicts().isEmpty()) {
            incoming.open().accept(result.conflicts());
            return new Outcome.Refused(incoming.id(), MERGE_CONFLICTS.with("open conflicts: " + result.conflicts().size() + " (expected: none)"));
        }
        Outcome outcome = new Outcome.Accepted(incoming.id(), cache.document().revision(), List.of());      // where there is nothing to do
        if (!result.operations().isEmpty()) {
            var change = new Change(incoming.id(), cache.document().revision(), cache.document().revision(), result.operations());
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
                Optional<Problem> violated = rights.forbidden(accepted, author.userId(), at, cache.tree())
                    .or(() -> locks.violatedBy(accepted, author.userId()).map(Locks::problem));
                if (violated.isPresent()) {
                    cache.document().rollback(savepoint);
                    yield new Outcome.Refused(id, violated.get());
                }
                var committed = new CommittedChange(cache.document().revision(), id, kind, author, at, accepted.effective(), accepted.notes(),
                    merged);
                List<StoredChange> stored = Stream.concat(Stream.of(ChangeCodec.store(committed, accepted.inverse())),
                    cache.decider().tidy(accepted, at).stream().map(ChangeCodec::store)).toList();
                int longest = stored.stream().mapToInt(each -> each.content().length()).max().orElseThrow();
                if (longest > LimitsConfig.STORED_CHANGE_LENGTH) {
                    // Found here, since a row that does not fit would fail everybody's transaction.
                    cache.document().rollback(savepoint);
                    yield new Outcome.Refused(id, LIMIT_EXCEEDED.with("length of a change as it is stored: " + longest
                        + " (expected: at most " + LimitsConfig.STORED_CHANGE_LENGTH + ")"));
                }
                changes.addAll(stored);
                conflicts.addAll(BranchCache.touchedConflicts(accepted.effective()));
                operations += accepted.effective().size();
                yield new Outcome.Accepted(id, committed.revision(), committed.notes());
            }
        };
    }

    private Optional<StoredChange> find(ChangeId id) {
        return cache.recent().find(id).or(() -> changes.stream().filter(stored -> stored.id().equals(id)).findFirst());
    }

    /** A change can only be in the log beyond its base; where memory does not reach back so far, the log is asked. */
    private Map<ChangeId, Long> lookUpOlder(Submission submission) {
        List<ChangeId> ids = submission.requests().stream()
            .filter(request -> !(request instanceof Submission.Edit(var change) && cache.recent().reachesBackTo(change.baseRevision())))
            .map(Submission.Request::id).filter(id -> cache.recent().find(id).isEmpty()).toList();
        return ids.isEmpty() ? Map.of() : ask(() -> around.log().revisionsOf(branch, ids));
    }

    private static Instant latest(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
