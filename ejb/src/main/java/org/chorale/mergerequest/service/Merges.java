package org.chorale.mergerequest.service;

import static org.chorale.problem.ProblemType.CONFLICT_STALE;
import static org.chorale.problem.ProblemType.INVALID_REQUEST;
import static org.chorale.problem.ProblemType.UNKNOWN_CHANGE;
import static org.chorale.problem.ProblemType.UNRELATED_BRANCHES;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.chorale.branch.Branch;
import org.chorale.branch.service.BranchService;
import org.chorale.conflict.Blending;
import org.chorale.document.BranchPoint;
import org.chorale.document.ChangeId;
import org.chorale.document.ChangeLog;
import org.chorale.document.Crossing;
import org.chorale.document.Document;
import org.chorale.document.service.History;
import org.chorale.document.service.Outcome;
import org.chorale.document.service.Submission;
import org.chorale.merge.CellId;
import org.chorale.merge.Diff;
import org.chorale.merge.Merge;
import org.chorale.merge.MergeBase;
import org.chorale.merge.MergeConflict;
import org.chorale.merge.Resolution;
import org.chorale.merge.Resolution.Choice;
import org.chorale.mergerequest.ChosenResolution;
import org.chorale.mergerequest.Contributor;
import org.chorale.mergerequest.MergeRequest;
import org.chorale.mergerequest.MergeRules;
import org.chorale.mergerequest.NewMergeRequest;
import org.chorale.problem.CollaborationException;
import org.chorale.problem.Problem;
import org.chorale.session.BranchId;
import org.chorale.session.SessionId;

/**
 * What merging one branch into another comes to, by the branches as the database has them now. Nothing is written here: what is to be
 * merged is decided by the target's mailbox, and stored with its change.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Merges {
    @EJB
    private BranchService branches;
    @EJB
    private History history;
    @EJB
    private MergeRequestService requests;
    @Inject
    private ChangeLog log;
    @Inject
    private MergeSummaries summaries;
    @Inject
    private Clock clock;

    /**
     * Two branches, and what they had in common last.
     *
     * @param last   the last merge of the two; {@code base} follows from it
     * @param source as it was found after that, so that it has all that the merge brought
     */
    public record Pair(Branch source, Branch target, Optional<Crossing> last, BranchPoint base) {
        /** What would be merged. */
        public BranchPoint merged() {
            return new BranchPoint(source.id().name(), source.head());
        }
    }

    /** The three documents of a merge. */
    public record Sides(Document base, Document ours, Document theirs) {
        Merge.Result merge(List<Resolution> resolutions) {
            return Merge.of(base, ours, theirs, resolutions);
        }
    }

    /**
     * A conflict as it is now.
     *
     * @param choices that suit it
     * @param chosen  what holds for it
     */
    public record Conflict(MergeConflict conflict, String elementType, List<Choice> choices, Optional<ChosenResolution> chosen) {}

    /**
     * How a request stands.
     *
     * @param pair        nothing where one of the branches is not there any more
     * @param differences what the source has that the base has not
     */
    public record Standing(MergeRequest request, Optional<Pair> pair, int openConflicts, int differences, List<Problem> blockers) {}

    // ---- the two branches

    /**
     * Two branches of which one is the other's parent.
     *
     * @throws CollaborationException {@code branch-not-found}, {@code unrelated-branches}
     */
    public Pair pair(SessionId session, String source, String target) {
        requireRelated(branches.find(new BranchId(session, source)), branches.find(new BranchId(session, target)));
        // The last merge before the heads: what it merged is then surely in both.
        Optional<Crossing> last = log.lastMerge(new BranchId(session, source), new BranchId(session, target));
        Branch one = branches.find(new BranchId(session, source));
        Branch other = branches.find(new BranchId(session, target));
        return new Pair(one, other, last, MergeBase.of(requireRelated(one, other), last));
    }

    /** The pair that somebody asks to be merged: into the source's parent where nothing is said. */
    public Pair pair(SessionId session, NewMergeRequest asked) {
        String target = asked.target().or(() -> branches.find(new BranchId(session, asked.source())).parent())
            .orElseThrow(() -> UNRELATED_BRANCHES.because("target (expected: a branch; " + asked.source() + " has no parent)"));
        return pair(session, asked.source(), target);
    }

    /** Returns where the child of the two begins. */
    private static BranchPoint requireRelated(Branch one, Branch other) {
        return Stream.of(one, other)
            .filter(child -> child.parent().isPresent() && child.parent().get().equals((child == one ? other : one).id().name()))
            .findFirst().map(child -> new BranchPoint(child.parent().get(), child.forkRevision()))
            .orElseThrow(() -> UNRELATED_BRANCHES.because("source and target: " + one.id().name() + ", " + other.id().name()
                + " (expected: a branch and the one that it was forked from)"));
    }

    /** The documents of a pair as it was found. */
    public Sides sides(Pair pair) {
        Document base = base(pair);
        return new Sides(base, head(pair.target(), pair.base(), base), head(pair.source(), pair.base(), base));
    }

    private Document base(Pair pair) {
        return at(pair.source().id().session(), pair.base());
    }

    /** The newest document of a branch. Where the branch went on from the base, it need not be read as a whole once more. */
    private Document head(Branch branch, BranchPoint point, Document base) {
        boolean wentOn = point.branch().equals(branch.id().name()) && point.revision() <= branch.head()
            || branch.parent().filter(point.branch()::equals).isPresent() && point.revision() <= branch.forkRevision();
        return wentOn ? history.at(branch.id(), branch.head(), base) : history.at(branch.id(), branch.head());
    }

    private Document at(SessionId session, BranchPoint point) {
        return history.at(new BranchId(session, point.branch()), point.revision());
    }

    // ---- requests

    /** How a request stands now. Costs little where neither branch nor the choices have changed since somebody asked. */
    public Standing standing(MergeRequest request) {
        if (!request.isOpen()) {
            return new Standing(request, existing(request), 0, request.merged().map(how -> differences(request.session(), how)).orElse(0),
                MergeRules.blockers(request, 0, new org.chorale.mergerequest.Target(false, Optional.empty()), 0));
        }
        Pair pair = pair(request.session(), request.source(), request.target());
        List<Resolution> choices = requests.choices(request).stream().map(ChosenResolution::resolution).toList();
        var summary = summaries.of(new MergeSummaries.Key(pair, choices), () -> {
            Sides sides = sides(pair);
            return new MergeSummaries.Summary(sides.merge(choices).conflicts().size(), Diff.between(sides.base(), sides.theirs()).size());
        });
        return new Standing(request, Optional.of(pair), summary.openConflicts(), summary.differences(),
            MergeRules.blockers(request, pair.source().head(), MergeRequestService.target(pair.target()), summary.openConflicts()));
    }

    private Optional<Pair> existing(MergeRequest request) {
        try {
            return Optional.of(pair(request.session(), request.source(), request.target()));
        } catch (CollaborationException gone) {
            return Optional.empty();                        // what was merged may be deleted since
        }
    }

    private int differences(SessionId session, MergeRequest.Merged how) {
        try {
            return summaries.of(new MergeSummaries.Merged(session, how), () ->
                new MergeSummaries.Summary(0, Diff.between(at(session, how.base()), at(session, how.source())).size())).differences();
        } catch (CollaborationException gone) {
            return 0;
        }
    }

    /**
     * What a request is about: what its source has, or had when it was merged, and what that is compared with.
     *
     * @throws CollaborationException {@code branch-not-found} where a branch was deleted since it was merged
     */
    public Sides changes(MergeRequest request) {
        if (request.merged().isPresent()) {
            MergeRequest.Merged how = request.merged().get();
            Document base = at(request.session(), how.base());
            return new Sides(base, base, at(request.session(), how.source()));
        }
        return sides(pair(request.session(), request.source(), request.target()));
    }

    /** The conflicts of a request as they are now, with what holds for them; none where it is not open. */
    public List<Conflict> conflicts(MergeRequest request) {
        return request.isOpen()
            ? conflicts(sides(pair(request.session(), request.source(), request.target())), requests.choices(request)) : List.of();
    }

    private static List<Conflict> conflicts(Sides sides, List<ChosenResolution> choices) {
        Merge.Result result = sides.merge(choices.stream().map(ChosenResolution::resolution).toList());
        return Stream.concat(
            result.conflicts().stream().map(conflict -> conflict(sides, conflict, Optional.empty())),
            result.settled().stream().map(conflict -> conflict(sides, conflict, choices.reversed().stream()
                .filter(choice -> choice.resolution().cell().equals(conflict.cell())).findFirst()))).toList();
    }

    /** Conflicts that nobody chose for, with what can be chosen. */
    public static List<Conflict> open(Document base, Document theirs, List<MergeConflict> conflicts) {
        return conflicts.stream().map(conflict -> conflict(new Sides(base, base, theirs), conflict, Optional.empty())).toList();
    }

    private static Conflict conflict(Sides sides, MergeConflict conflict, Optional<ChosenResolution> chosen) {
        String type = Stream.of(sides.theirs(), sides.ours(), sides.base()).flatMap(document -> document.element(conflict.cell().element()).stream())
            .findFirst().orElseThrow().type();
        return new Conflict(conflict, type, suitable(conflict), chosen);
    }

    private static List<Choice> suitable(MergeConflict conflict) {
        if (!(conflict.cell() instanceof CellId.Property)) {
            return List.of(Choice.OURS, Choice.THEIRS);
        }
        boolean hasMean = conflict.ours().flatMap(our -> conflict.theirs().flatMap(their -> Blending.mean(List.of(our, their)))).isPresent();
        return hasMean ? List.of(Choice.OURS, Choice.THEIRS, Choice.AVERAGE, Choice.VALUE) : List.of(Choice.OURS, Choice.THEIRS, Choice.VALUE);
    }

    /**
     * A choice as somebody makes it.
     *
     * @param isForValues whether it says which two values it is for; otherwise it is for those of now
     */
    public record Wish(Resolution resolution, boolean isForValues) {}

    /**
     * Chooses for a request's conflicts. A choice may bring up another conflict, for which another one of them may be meant.
     *
     * @throws CollaborationException {@code conflict-stale} for what is no conflict, or one of other values; {@code invalid-request} for what
     *     does not suit; {@code merge-request-closed}, {@code forbidden}
     */
    public List<Conflict> choose(MergeRequest request, Contributor by, List<Wish> wishes) {
        request.requireOpen();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Sides sides = sides(pair(request.session(), request.source(), request.target()));
        var all = new ArrayList<>(requests.choices(request));
        var made = new ArrayList<ChosenResolution>();
        var waiting = new ArrayList<>(wishes);
        while (!waiting.isEmpty()) {
            List<Conflict> present = conflicts(sides, all);
            Wish wish = waiting.stream().filter(each -> find(present, each).isPresent()).findFirst().orElseThrow(() -> CONFLICT_STALE.because(
                "choice for " + waiting.getFirst().resolution().cell() + " (expected: a conflict that is there, with the values that it has now)"));
            waiting.remove(wish);
            var choice = new ChosenResolution(resolution(find(present, wish).orElseThrow(), wish.resolution()), by, now);
            all.add(choice);
            made.add(choice);
        }
        requests.choose(request.session(), request.id(), by, made);
        return conflicts(sides, all);
    }

    private static Optional<Conflict> find(List<Conflict> present, Wish wish) {
        Resolution meant = wish.resolution();
        return present.stream().filter(each -> each.conflict().cell().equals(meant.cell())
            && (!wish.isForValues() || each.conflict().ours().equals(meant.ours()) && each.conflict().theirs().equals(meant.theirs()))).findFirst();
    }

    private static Resolution resolution(Conflict conflict, Resolution wish) {
        if (!conflict.choices().contains(wish.choice())) {
            throw INVALID_REQUEST.because("choice: " + wish.choice() + " (expected: one of " + conflict.choices() + ")");
        }
        if (wish.choice() == Choice.VALUE && wish.value().isEmpty()) {
            throw INVALID_REQUEST.because("value (expected: one, as the choice is VALUE)");
        }
        return wish.choice() == Choice.VALUE ? Resolution.of(conflict.conflict(), wish.value().orElseThrow())
            : Resolution.of(conflict.conflict(), wish.choice());
    }

    // ---- merging

    /** What became of a merge that is in the log already: the call was repeated. */
    public Optional<Outcome> known(MergeRequest request, ChangeId change) {
        if (request.isOpen()) {
            return Optional.empty();                        // the target's mailbox finds it
        }
        var target = new BranchId(request.session(), request.target());
        return Optional.ofNullable(log.revisionsOf(target, List.of(change)).get(change))
            .map(revision -> new Outcome.Accepted(change, revision, List.of()));
    }

    /**
     * What has to be submitted to the target so that a request is merged, by somebody who may.
     *
     * @throws CollaborationException what is in the way but conflicts, which the target decides; {@code forbidden}
     */
    public Submission.Merge toMerge(MergeRequest request, Contributor by, ChangeId change) {
        request.requireOpen();
        Pair pair = pair(request.session(), request.source(), request.target());
        MergeRules.blockers(request, pair.source().head(), MergeRequestService.target(pair.target()), 0).stream().findFirst().ifPresent(problem -> {
            throw new CollaborationException(problem);
        });
        requests.requireMayMergeInto(pair.target(), by.userId());
        List<Resolution> choices = requests.choices(request).stream().map(ChosenResolution::resolution).toList();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        ChangeLog.Along along = revision -> requests.merged(request.session(), request.id(),
            new MergeRequest.Merged(revision, pair.merged(), pair.base(), by, now));
        Document base = base(pair);
        return new Submission.Merge(change, base, head(pair.source(), pair.base(), base), choices,
            Optional.of(new ChangeLog.MergeEntry(pair.merged(), pair.last(), along)), open -> { });
    }

    /**
     * What has to be submitted to a branch so that it has a change of another one too. Nothing is remembered of it: the next merge of the
     * two finds that both have it.
     *
     * @param picked the change's name on the branch {@code from}
     * @param open   is told the conflicts that nobody chose for, if that is why it is refused
     * @throws CollaborationException {@code branch-not-found}, {@code unknown-change}, {@code forbidden}
     */
    public Submission.Merge toPick(BranchId into, String from, ChangeId picked, List<Resolution> choices, ChangeId change,
                                   Consumer<List<Conflict>> open) {
        var source = new BranchId(into.session(), from);
        branches.find(source);
        long revision = log.find(source, picked).orElseThrow(() ->
            UNKNOWN_CHANGE.because("changeId: \"" + picked + "\" (expected: one of " + from + ")")).revision();
        Document before = history.at(source, revision - 1);
        Document after = history.at(source, revision, before);
        return new Submission.Merge(change, before, after, choices, Optional.empty(), conflicts -> open.accept(open(before, after, conflicts)));
    }
}
