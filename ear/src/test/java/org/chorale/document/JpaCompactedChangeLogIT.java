package org.chorale.document;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.chorale.access.service.Credentials;
import org.chorale.access.service.User;
import org.chorale.branch.Branch;
import org.chorale.branch.NewBranch;
import org.chorale.branch.service.BranchService;
import org.chorale.document.codec.ChangeCodec;
import org.chorale.document.codec.DocumentCodec;
import org.chorale.document.service.Branches;
import org.chorale.document.service.ChangeLogContract;
import org.chorale.document.service.Compaction;
import org.chorale.document.service.History;
import org.chorale.document.service.Outcome;
import org.chorale.document.service.Submission;
import org.chorale.document.store.DeletedBranches;
import org.chorale.operation.ElementId;
import org.chorale.operation.Operation;
import org.chorale.operation.Position;
import org.chorale.lock.LockStore;
import org.chorale.platform.Deployments;
import org.chorale.problem.ProblemType;
import org.chorale.session.BranchId;
import org.chorale.session.NewSession;
import org.chorale.session.SessionKind;
import org.chorale.session.Visibility;
import org.chorale.session.service.SessionService;
import org.chorale.text.TextEdit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The change log in the database where what was appended is compacted at once, all but what makes no whole segment. */
@ExtendWith(ArquillianExtension.class)
@Tag("database")
public class JpaCompactedChangeLogIT extends ChangeLogContract {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Credentials MAKER = new Credentials(Optional.empty(), Optional.of(new User("g-maker", "Ana", true)));
    private static final ElementId A = new ElementId("a");

    @Inject
    private ChangeLog log;
    @Inject
    private Compaction compaction;
    @Inject
    private Branches branches;
    @Inject
    private History history;
    @Inject
    private SnapshotStore snapshots;
    @Inject
    private LockStore locks;
    @Inject
    private SessionService sessions;
    @Inject
    private BranchService forkable;
    @Inject
    private DeletedBranches deleted;
    private int forks;

    @Deployment
    public static EnterpriseArchive deployment() {
        return Deployments.withTests(JpaCompactedChangeLogIT.class);
    }

    @Override
    protected ChangeLog log() {
        return new Compacting(log, compaction);
    }

    @Override
    protected LockStore locks() {
        return locks;
    }

    @Override
    protected BranchId newBranch() {
        return BranchId.main(sessions.start(new NewSession("branch", SessionKind.SCENE, Visibility.PUBLIC, 5)).session().id());
    }

    @Override
    protected BranchId fork(BranchId parent, long revision) {
        String name = "branch " + forks++;
        return forkable.fork(parent.session(), new NewBranch(name, Optional.empty(), parent.name(), Optional.of(revision)),
            new Branch.Maker("g-maker", "Ana")).branch().id();
    }

    private static Compaction.Rules rules(int hot, Duration age, int segment) {
        return new Compaction.Rules(hot, age, segment, Compaction.Rules.MAX_CHARACTERS, 0);
    }

    @Test
    @DisplayName("[TIM-6] what is hot stays, the rest moves in whole segments; a dry run moves nothing")
    public void given_a_history_when_it_is_compacted_then_what_is_long_ago_is_in_segments_and_all_is_read_as_before() {
        BranchId branch = newBranch();
        log.append(branch, BranchState.at(0), changes(1, 1_050));
        List<StoredChange> before = log.after(branch, 0, 2_000);
        var dry = compaction.run(branch, rules(100, Duration.ZERO, 200), true).orElseThrow();
        assertThat(dry.changes()).isEqualTo(800);
        assertThat(dry.bytesAfter()).isPositive().isLessThan(dry.bytesBefore());
        assertThat(compaction.run(branch, rules(100, Duration.ZERO, 200), true)).contains(dry);
        assertThat(compaction.run(branch, rules(100, Duration.ZERO, 200), false)).contains(dry);
        assertThat(compaction.run(branch, rules(100, Duration.ZERO, 200), false)).isEmpty();
        assertThat(log.after(branch, 0, 2_000)).isEqualTo(before);
        for (long revision = 0; revision < 1_050; revision += 77) {
            assertThat(log.after(branch, revision, 300)).isEqualTo(before.subList((int) revision, (int) Math.min(1_050, revision + 300)));
            assertThat(log.upTo(branch, revision, 150))
                .isEqualTo(before.subList((int) Math.max(0, revision - 150), (int) revision).reversed());
        }
        Map<ChangeId, Long> found = log.revisionsOf(branch, LongStream.rangeClosed(0, 1_060).mapToObj(ChangeLogContract::id).toList());
        assertThat(found).hasSize(1_050).containsEntry(id(1), 1L).containsEntry(id(200), 200L).containsEntry(id(801), 801L);
        assertThat(log.find(branch, id(777))).contains(before.get(776));
        assertThat(log.find(branch, new ChangeId("clientx", 7))).isEmpty();
        assertThat(log.append(branch, BranchState.at(1_050), changes(1_051, 1_060))).isEqualTo(ChangeLog.Append.COMMITTED);
    }

    @Test
    @DisplayName("[BRA-6] what a deleted branch leaves is removed with what is long ago; its parent keeps all")
    public void given_a_deleted_branch_when_compaction_runs_then_nothing_of_it_is_left() {
        BranchId parent = newBranch();
        log.append(parent, BranchState.at(0), changes(1, 5));
        BranchId child = fork(parent, 5);
        log.append(child, BranchState.at(5), LongStream.rangeClosed(6, 2_100)
            .mapToObj(revision -> new StoredChange(revision, new ChangeId("other", revision), Instant.EPOCH, "{}")).toList());
        compaction.run(child, rules(50, Duration.ZERO, 1_000), false);
        forkable.delete(child, MAKER);
        removeDeleted();
        assertThat(log.after(parent, 0, 10)).isEqualTo(changes(1, 5));
    }

    @Test
    @DisplayName("[BRA-6] a deleted branch whose forks were deleted before it is removed after them")
    public void given_a_deleted_branch_and_its_deleted_fork_when_compaction_runs_then_nothing_of_either_is_left() {
        BranchId main = newBranch();
        log.append(main, BranchState.at(0), changes(1, 5));
        BranchId child = fork(main, 5);
        BranchId grandchild = fork(child, 3);
        forkable.delete(grandchild, MAKER);
        forkable.delete(child, MAKER);
        removeDeleted();
        assertThat(log.after(main, 0, 10)).isEqualTo(changes(1, 5));
    }

    private void removeDeleted() {
        List<Long> left = deleted.before(Instant.now().plusSeconds(60));
        assertThat(left).isNotEmpty();
        left.forEach(key -> {
            while (deleted.removeSome(key)) {
                assertThat(deleted.before(Instant.now().plusSeconds(60))).contains(key);
            }
        });
        assertThat(deleted.before(Instant.now().plusSeconds(60))).isEmpty();
    }

    @Test
    @DisplayName("[TIM-6] what is young stays, however much it is")
    public void given_changes_of_today_when_they_are_compacted_then_they_stay() {
        BranchId branch = newBranch();
        Instant now = Instant.now();
        log.append(branch, BranchState.at(0), Stream.concat(changes(1, 20).stream(), LongStream.rangeClosed(21, 100)
            .mapToObj(revision -> new StoredChange(revision, id(revision), Instant.ofEpochMilli(now.toEpochMilli()), "{}"))).toList());
        assertThat(compaction.run(branch, rules(0, Duration.ofHours(72), 10), false).orElseThrow().changes()).isEqualTo(20);
    }

    @Test
    @DisplayName("[TXT-10][CLI-9][SUB-2] a base older than memory holds is stale, and what was sent twice is recognised, over a compacted log")
    public void given_a_compacted_history_when_somebody_comes_back_from_long_ago_then_it_is_as_over_rows() throws Exception {
        BranchId branch = newBranch();
        submit(branch, "ann", List.of(edit("ann", 0, 0, new Operation.Create(A, "box", ElementId.ROOT, Position.Edge.LAST, Map.of(),
            Map.of("t", ""), List.of()))));
        for (int frame = 0; frame < 103; frame++) {
            int from = 1 + 100 * frame;
            submit(branch, "ann", LongStream.range(from, from + 100).mapToObj(i -> edit("ann", i, i, i % 2 == 1 ? typed() : erased())).toList());
        }
        String then = history.documentAt(branch, 1_500);
        long moved = compaction.run(branch, rules(100, Duration.ZERO, 1_000), false).orElseThrow().changes();
        assertThat(moved).isEqualTo(10_000);
        assertThat(history.documentAt(branch, 1_500)).isEqualTo(then).isEqualTo(DocumentCodec.snapshot(folded(branch, 1_500)));

        for (long revision = 2_100; revision <= 10_000; revision += 1_579) {
            assertThat(snapshots.newest(branch, revision).orElseThrow().revision()).as("the snapshot to look back from")
                .isGreaterThanOrEqualTo(revision - 3_100);
        }

        Outcome stale = submit(branch, "ben", List.of(edit("ben", 0, 2, typed()))).getFirst();
        assertThat(stale).isInstanceOfSatisfying(Outcome.Refused.class,
            refused -> assertThat(refused.problem().type()).isEqualTo(ProblemType.STALE_BASE));
        Outcome again = submit(branch, "ben", List.of(edit("ben", 0, 10_301, typed()))).getFirst();
        assertThat(again).isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> assertThat(accepted.revision()).isEqualTo(10_302));
        Outcome twice = submit(branch, "ann", List.of(edit("ann", 7, 7, typed()))).getFirst();
        assertThat(twice).isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> assertThat(accepted.revision()).isEqualTo(8));
        assertThat(log.head(branch)).isEqualTo(10_302);
    }

    private static Operation typed() {
        return new Operation.EditText(A, "t", TextEdit.insert(0, "x"));
    }

    private static Operation erased() {
        return new Operation.EditText(A, "t", TextEdit.delete(0, 1));
    }

    private static Change edit(String client, long counter, long base, Operation operation) {
        return new Change(new ChangeId(client, counter), base, base, List.of(operation));
    }

    private List<Outcome> submit(BranchId branch, String user, List<Change> changes) throws Exception {
        var answer = new CompletableFuture<List<Outcome>>();
        branches.submit(branch, Submission.of(new Author(user, "p"), changes, answer::complete));
        return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private Document folded(BranchId branch, long revision) {
        var document = new Document();
        log.after(branch, 0, (int) revision).forEach(change -> document.apply(ChangeCodec.load(change)));
        document.keep();
        return document;
    }

    /** Compacts after each append, two changes a segment: the last one of an odd number stays a row. */
    private record Compacting(ChangeLog log, Compaction compaction) implements ChangeLog {
        @Override
        public Append append(BranchId branch, BranchState expected, List<StoredChange> changes) {
            Append appended = log.append(branch, expected, changes);
            compaction.run(branch, rules(0, Duration.ZERO, 2), false);
            return appended;
        }

        @Override
        public Append appendHeld(BranchId branch, BranchState known, int most, Continuation next) {
            Append appended = log.appendHeld(branch, known, most, next);
            compaction.run(branch, rules(0, Duration.ZERO, 2), false);
            return appended;
        }

        @Override
        public Append appendMerge(BranchId target, BranchState expected, List<StoredChange> changes, MergeEntry merge) {
            Append appended = log.appendMerge(target, expected, changes, merge);
            compaction.run(target, rules(0, Duration.ZERO, 2), false);
            return appended;
        }

        @Override
        public Optional<Crossing> lastMerge(BranchId one, BranchId other) {
            return log.lastMerge(one, other);
        }

        @Override
        public List<StoredChange> after(BranchId branch, long revision, int limit) {
            return log.after(branch, revision, limit);
        }

        @Override
        public List<StoredChange> upTo(BranchId branch, long revision, int limit) {
            return log.upTo(branch, revision, limit);
        }

        @Override
        public long head(BranchId branch) {
            return log.head(branch);
        }

        @Override
        public long revisionAt(BranchId branch, Instant time) {
            return log.revisionAt(branch, time);
        }

        @Override
        public Optional<StoredChange> find(BranchId branch, ChangeId id) {
            return log.find(branch, id);
        }

        @Override
        public Map<ChangeId, Long> revisionsOf(BranchId branch, Collection<ChangeId> ids) {
            return log.revisionsOf(branch, ids);
        }
    }
}
