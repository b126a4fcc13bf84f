package org.chorale.document.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.chorale.access.SessionAccess;
import org.chorale.conflict.Policies;
import org.chorale.branch.BranchRules;
import org.chorale.document.Author;
import org.chorale.document.Change;
import org.chorale.document.ChangeId;
import org.chorale.document.Limits;
import org.chorale.document.SnapshotRetention;
import org.chorale.document.SnapshotStore;
import org.chorale.document.StoredChange;
import org.chorale.document.StoredSnapshot;
import org.chorale.document.service.InMemoryChangeLog.Fault;
import org.chorale.operation.ElementId;
import org.chorale.operation.Operation;
import org.chorale.operation.Path;
import org.chorale.operation.Position;
import org.chorale.session.BranchId;
import org.chorale.session.SessionId;
import org.chorale.text.TextEdit;
import org.chorale.value.Value;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Snapshots as a mailbox takes and uses them. */
class BranchSnapshotsTest {
    private static final BranchId BRANCH = BranchId.main(new SessionId("0123456789"));
    private static final ElementId A = new ElementId("a");
    private static final Snapshots.Rules RULES = new Snapshots.Rules(20, 100_000, Duration.ofMinutes(5), 50);
    private static final int RECENT = 30;

    private final InMemoryChangeLog log = new InMemoryChangeLog();
    private final InMemorySnapshotStore store = new InMemorySnapshotStore();
    private final ByHand executor = new ByHand();
    private final MovableClock clock = new MovableClock();
    private final List<String> told = new ArrayList<>();
    private int counter;
    private BranchMailbox mailbox = newMailbox(store);

    @BeforeEach
    void createElement() {
        submit(new Operation.Create(A, "box", ElementId.ROOT, Position.Edge.LAST, Map.of(), Map.of(), List.of()));
        told.clear();
    }

    @Test
    void given_enough_changes_then_a_snapshot_is_taken_and_again_after_as_many() {
        edits(18);
        assertThat(store.revisions(BRANCH)).isEmpty();
        edits(1);
        assertThat(store.revisions(BRANCH)).containsExactly(20L);
        edits(20);
        assertThat(store.revisions(BRANCH)).containsExactly(20L, 40L);
    }

    @Test
    void given_few_changes_that_are_large_then_a_snapshot_is_taken_too() {
        submit(new Operation.SetProperty(A, Path.of("n"), Value.of("x".repeat(60_000))));
        submit(new Operation.SetProperty(A, Path.of("n"), Value.of("y".repeat(60_000))));
        assertThat(store.revisions(BRANCH)).containsExactly(3L);
    }

    @Test
    @DisplayName("[SUB-1] nobody waits for a snapshot: what was edited is told before it is stored")
    void given_a_snapshot_that_is_due_when_a_change_is_committed_then_its_answer_does_not_wait() {
        var order = new ArrayList<String>();
        mailbox = newMailbox(new Recording(store, order));
        edits(18);
        mailbox.submit(Submission.of(author(), List.of(change(number(1))), outcomes -> order.add("answered")));
        executor.run();
        assertThat(order).containsExactly("answered", "saved 20", "pruned");
    }

    @Test
    void given_a_snapshot_that_took_long_then_the_next_one_waits_a_hundred_times_as_long() {
        mailbox = newMailbox(new Slow(store, clock, Duration.ofSeconds(3)));
        edits(60);
        assertThat(store.revisions(BRANCH)).containsExactly(20L);
        clock.move(Duration.ofSeconds(299));
        edits(1);
        assertThat(store.revisions(BRANCH)).containsExactly(20L);
        clock.move(Duration.ofSeconds(1));
        edits(1);
        assertThat(store.revisions(BRANCH)).containsExactly(20L, 63L);
    }

    @Test
    void given_a_burst_of_edits_when_the_last_snapshot_is_far_behind_then_the_next_one_waits_ten_times_as_long_only() {
        mailbox = newMailbox(new Slow(store, clock, Duration.ofSeconds(3)));
        edits(60);
        clock.move(Duration.ofSeconds(30));
        edits(8);
        assertThat(store.revisions(BRANCH)).containsExactly(20L);
        edits(1);
        assertThat(store.revisions(BRANCH)).as("50 revisions behind the last one").containsExactly(20L, 70L);
        clock.move(Duration.ofSeconds(29));
        edits(60);
        assertThat(store.revisions(BRANCH)).containsExactly(20L, 70L);
        clock.move(Duration.ofSeconds(1));
        edits(1);
        assertThat(store.revisions(BRANCH)).contains(131L);
    }

    @Test
    void given_a_snapshot_that_is_being_stored_when_the_next_one_is_due_then_it_waits() {
        var storing = new ByHand();
        mailbox = newMailbox(store, new AtOnce(storing));
        edits(50);
        assertThat(store.revisions(BRANCH)).isEmpty();
        storing.run();
        assertThat(store.revisions(BRANCH)).containsExactly(20L);
        edits(1);
        storing.run();
        assertThat(store.revisions(BRANCH)).containsExactly(20L, 52L);
    }

    @Test
    void given_something_new_and_a_quiet_while_then_a_snapshot_is_taken_once() {
        edits(3);
        mailbox.tidyUp();
        executor.run();
        assertThat(store.revisions(BRANCH)).isEmpty();
        clock.move(Duration.ofMinutes(5));
        mailbox.tidyUp();
        executor.run();
        assertThat(store.revisions(BRANCH)).containsExactly(4L);
        clock.move(Duration.ofMinutes(50));
        mailbox.tidyUp();
        executor.run();
        assertThat(store.revisions(BRANCH)).containsExactly(4L);
    }

    @Test
    void given_a_branch_that_leaves_memory_then_what_is_new_gets_a_snapshot() {
        edits(3);
        leave();
        assertThat(store.revisions(BRANCH)).containsExactly(4L);
        restart();
        leave();
        assertThat(store.revisions(BRANCH)).containsExactly(4L);
    }

    @Test
    void given_a_node_that_stops_when_a_branch_keeps_what_is_new_then_it_is_busy_until_that_is_stored() {
        var storing = new ByHand();
        mailbox = newMailbox(store, new AtOnce(storing));
        edits(3);
        assertThat(mailbox.isBusy()).isFalse();
        mailbox.keepSnapshot();
        assertThat(mailbox.isBusy()).isTrue();
        storing.run();
        assertThat(mailbox.isBusy()).isFalse();
        assertThat(store.revisions(BRANCH)).containsExactly(4L);
    }

    @Test
    void given_many_snapshots_then_the_newest_two_stay_and_some_for_looking_back() {
        edits(219);
        assertThat(store.revisions(BRANCH)).containsExactly(40L, 80L, 120L, 160L, 200L, 220L);
    }

    // ---- starting from one

    @Test
    @DisplayName("[HEL-5] a branch is loaded from its newest snapshot and the end of the log: the same document, the same decisions")
    void given_a_snapshot_when_the_branch_is_loaded_then_it_is_as_before_and_little_is_read() {
        edits(150);
        String before = document();
        restart();
        log.changesRead();
        assertThat(document()).isEqualTo(before);
        assertThat(log.changesRead()).isEqualTo(RECENT + 11);
        edits(1);
        assertThat(told.getLast()).isEqualTo("c:151=152");
    }

    @Test
    @DisplayName("[TXT-8] after a restart, who was away for some hundred revisions is not told that their base is stale")
    void given_a_base_before_the_snapshot_when_an_edit_of_a_text_comes_after_a_restart_then_it_is_transformed() {
        for (int i = 0; i < 39; i++) {
            submit(new Operation.EditText(A, "t", TextEdit.insert(0, "X")));
        }
        assertThat(store.revisions(BRANCH)).containsExactly(20L, 40L);
        restart();
        mailbox.submit(submission(edit("d", 0, 12)));
        mailbox.submit(submission(edit("d", 1, 9)));
        executor.run();
        assertThat(told).endsWith("d:0=41", "d:1=STALE_BASE");
        assertThat(document()).contains("\"t\":\"" + "X".repeat(39) + "*\"");
    }

    @Test
    @DisplayName("[RES-1][SUB-2] after a restart from a snapshot, resumes and repeated changes are answered as before")
    void given_a_branch_from_a_snapshot_when_somebody_returns_then_they_get_all_that_they_missed() {
        edits(150);
        restart();
        for (long from : new long[] {150, 145, 125, 60}) {
            mailbox.visit(view -> assertThat(view.changesAfter(from).orElseThrow()).extracting(StoredChange::revision)
                .containsExactlyElementsOf(IntStream.rangeClosed((int) from + 1, 151).mapToObj(i -> (long) i).toList()), problem -> { });
            executor.run();
        }
        Operation operation = number(1);
        mailbox.submit(submission(new Change(new ChangeId("c", 5), 0, 0, List.of(operation)),
            new Change(new ChangeId("c", 140), 140, 140, List.of(operation))));
        executor.run();
        assertThat(told).endsWith("c:5=6", "c:140=141");
    }

    @Test
    @DisplayName("[RES-1] a snapshot at the head: what memory does not reach back to is asked from the log")
    void given_a_branch_from_a_snapshot_at_its_head_when_somebody_returns_then_no_change_is_missing() {
        edits(150);
        leave();
        restart();
        for (long from : new long[] {151, 140, 121, 120, 100}) {
            mailbox.visit(view -> assertThat(view.changesAfter(from).orElseThrow()).hasSize((int) (151 - from)), problem -> { });
            executor.run();
        }
    }

    @Test
    @DisplayName("[CHG-4] server time does not go back over a restart from a snapshot at the head")
    void given_a_clock_set_back_when_a_branch_starts_from_a_snapshot_then_the_times_of_changes_do_not_follow() {
        edits(5);
        leave();
        restart();
        clock.move(Duration.ofHours(-1));
        edits(1);
        assertThat(log.all(BRANCH)).hasSize(7).extracting(StoredChange::at).isSorted();
    }

    @Test
    void given_a_broken_snapshot_when_the_branch_is_loaded_then_an_older_one_is_used_or_the_log() {
        edits(90);
        String before = document();
        store.damage(BRANCH, 80);
        restart();
        log.changesRead();
        assertThat(document()).isEqualTo(before);
        assertThat(log.changesRead()).as("what memory holds before the snapshot of 60, and what follows it").isEqualTo(RECENT + 31);
        store.revisions(BRANCH).forEach(revision -> store.damage(BRANCH, revision));
        restart();
        log.changesRead();
        assertThat(document()).isEqualTo(before);
        assertThat(log.changesRead()).as("the whole log").isEqualTo(91);
        edits(1);
        assertThat(told.getLast()).isEqualTo("c:91=92");
    }

    @Test
    void given_a_store_that_fails_when_a_branch_lives_then_nobody_notices() {
        store.setAway(true);
        edits(50);
        String before = document();
        restart();
        assertThat(document()).isEqualTo(before);
        store.setAway(false);
        edits(20);
        assertThat(store.revisions(BRANCH)).isNotEmpty();
    }

    @Test
    @DisplayName("[SUB-9] a log that is away when a branch is loaded costs an answer, not the document")
    void given_a_log_that_is_away_when_the_branch_is_loaded_then_it_is_loaded_by_the_next_one_who_asks() {
        edits(50);
        String before = document();
        restart();
        log.will(Fault.AWAY);
        submit(number(1));
        assertThat(told.getLast()).isEqualTo("c:51=STORAGE_UNAVAILABLE");
        log.will(Fault.NONE);
        assertThat(document()).isEqualTo(before);
    }

    @Test
    @DisplayName("[SUB-9] what was decided before the log failed leaves no trace in memory")
    void given_a_batch_when_the_log_fails_between_two_decisions_then_neither_happened() {
        edits(50);
        String before = document();
        mailbox.submit(submission(new Change(new ChangeId("d", 0), 51, 51, List.of(number(77)))));
        mailbox.submit(submission(new Change(new ChangeId("e", 0), 0, 0, List.of(number(78)))));
        log.will(Fault.AWAY);
        executor.run();
        log.will(Fault.NONE);
        assertThat(told).endsWith("d:0=STORAGE_UNAVAILABLE", "e:0=STORAGE_UNAVAILABLE");
        assertThat(document()).isEqualTo(before);
        edits(1);
        assertThat(told.getLast()).isEqualTo("c:51=52");
    }

    // ----

    private BranchMailbox newMailbox(SnapshotStore snapshots) {
        return newMailbox(snapshots, executor);
    }

    private BranchMailbox newMailbox(SnapshotStore snapshots, Executor by) {
        return new BranchMailbox(BRANCH, new BranchMailbox.Surroundings(log, by, clock, Limits.DEFAULT, 100, RECENT, 1_000_000, 200,
            BranchMailbox.LockRules.DEFAULT, session -> Policies.DEFAULT, session -> SessionAccess.OPEN, branch -> BranchRules.OPEN,
            MailboxProbe.NONE, snapshots, RULES, BranchMailbox.Pace.NONE, log, Siblings.NONE));
    }

    private void restart() {
        mailbox = newMailbox(store);
    }

    private void leave() {
        mailbox.keepSnapshot();
        executor.run();
    }

    private String document() {
        var seen = new ArrayList<String>();
        mailbox.visit(view -> seen.add(view.snapshot()), problem -> seen.add(problem.toString()));
        executor.run();
        return seen.getFirst();
    }

    private void edits(int count) {
        for (int i = 0; i < count; i++) {
            submit(number(i));
        }
    }

    private void submit(Operation operation) {
        mailbox.submit(submission(change(operation)));
        executor.run();
    }

    private Change change(Operation operation) {
        int base = Math.max(0, counter - 1);
        // An edit of a text must know what it stands behind; the rest was seen by nobody else either.
        return new Change(new ChangeId("c", counter++), operation instanceof Operation.EditText ? base + 1 : 0, 0, List.of(operation));
    }

    private static Operation number(double number) {
        return new Operation.SetProperty(A, Path.of("n"), Value.of(number));
    }

    /** Behind all X that were there at the base, by somebody else. */
    private static Change edit(String client, int counter, long base) {
        return new Change(new ChangeId(client, counter), base, base,
            List.of(new Operation.EditText(A, "t", TextEdit.insert((int) base - 1, "*"))));
    }

    private Submission submission(Change... changes) {
        return Submission.of(author(), List.of(changes), outcomes -> outcomes.forEach(outcome -> told.add(switch (outcome) {
            case Outcome.Accepted(var id, var revision, var notes) -> id + "=" + revision;
            case Outcome.Refused(var id, var problem) -> id + "=" + problem.type();
        })));
    }

    private static Author author() {
        return new Author("u", "p");
    }

    /** Writes down what it is asked for. */
    private record Recording(SnapshotStore store, List<String> order) implements SnapshotStore {
        @Override
        public void save(BranchId branch, StoredSnapshot snapshot) {
            order.add("saved " + snapshot.revision());
            store.save(branch, snapshot);
        }

        @Override
        public Optional<StoredSnapshot> newest(BranchId branch, long atMost) {
            return store.newest(branch, atMost);
        }

        @Override
        public void prune(BranchId branch, SnapshotRetention retention) {
            order.add("pruned");
            store.prune(branch, retention);
        }
    }

    /** Takes its time. */
    private record Slow(SnapshotStore store, MovableClock clock, Duration time) implements SnapshotStore {
        @Override
        public void save(BranchId branch, StoredSnapshot snapshot) {
            clock.move(time);
            store.save(branch, snapshot);
        }

        @Override
        public Optional<StoredSnapshot> newest(BranchId branch, long atMost) {
            return store.newest(branch, atMost);
        }

        @Override
        public void prune(BranchId branch, SnapshotRetention retention) {
            store.prune(branch, retention);
        }
    }

    /** Runs what it gets, but sets aside what that hands on. */
    private static final class AtOnce implements Executor {
        private final Executor aside;
        private boolean running;

        AtOnce(Executor aside) {
            this.aside = aside;
        }

        @Override
        public void execute(Runnable task) {
            if (running) {
                aside.execute(task);
                return;
            }
            running = true;
            try {
                task.run();
            } finally {
                running = false;
            }
        }
    }
}
