package org.chorale.document.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chorale.document.service.InMemoryChangeLog.Fault.AWAY;
import static org.chorale.document.service.InMemoryChangeLog.Fault.FAILS_AFTER_COMMIT;
import static org.chorale.document.service.InMemoryChangeLog.Fault.FAILS_BEFORE_COMMIT;
import static org.chorale.document.service.InMemoryChangeLog.Fault.GONE;
import static org.chorale.document.service.InMemoryChangeLog.Fault.NONE;
import static org.chorale.document.service.InMemoryChangeLog.Fault.OTHERS_ARE_FIRST;
import static org.chorale.problem.ProblemType.MERGE_REQUEST_CLOSED;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.chorale.access.SessionAccess;
import org.chorale.conflict.Policies;
import org.chorale.branch.BranchRules;
import org.chorale.document.Author;
import org.chorale.document.BranchPoint;
import org.chorale.document.Change;
import org.chorale.document.ChangeId;
import org.chorale.document.ChangeLog;
import org.chorale.document.CommittedChange;
import org.chorale.document.Crossing;
import org.chorale.document.Decider;
import org.chorale.document.Document;
import org.chorale.document.codec.ChangeCodec;
import org.chorale.document.Limits;
import org.chorale.document.StoredChange;
import org.chorale.merge.Merge;
import org.chorale.merge.Resolution;
import org.chorale.operation.ElementId;
import org.chorale.operation.Operation;
import org.chorale.operation.Path;
import org.chorale.operation.Position;
import org.chorale.problem.Problem;
import org.chorale.problem.ProblemType;
import org.chorale.session.BranchId;
import org.chorale.session.SessionId;
import org.chorale.text.TextEdit;
import org.chorale.value.Value;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BranchMailboxTest {
    private static final BranchId BRANCH = BranchId.main(new SessionId("0123456789"));
    private static final Author AUTHOR = new Author("u", "p");

    private final InMemoryChangeLog log = new InMemoryChangeLog();
    private final InMemorySnapshotStore snapshots = new InMemorySnapshotStore();
    private final ByHand executor = new ByHand();
    private final MovableClock clock = new MovableClock();
    private final List<String> told = new ArrayList<>();
    private List<Resolution> choices = List.of();
    private Policies policies = Policies.DEFAULT;
    private BranchMailbox mailbox = newMailbox();

    @Test
    @DisplayName("[SUB-1] the log has a change before anybody is told of it")
    void given_a_change_when_it_is_told_then_the_log_has_it() {
        var storedWhenTold = new ArrayList<Integer>();
        mailbox.visit(branch -> branch.subscribe(news -> storedWhenTold.add(log.all(BRANCH).size())), problem -> { });
        mailbox.submit(Submission.of(AUTHOR, List.of(create("c", 0, "a")), outcomes -> storedWhenTold.add(log.all(BRANCH).size())));
        executor.run();
        assertThat(storedWhenTold).containsExactly(1, 1);
    }

    @Test
    @DisplayName("[SUB-2] a resubmitted change id returns its first result")
    void given_a_change_sent_twice_then_it_happens_once() {
        submit(create("c", 0, "a"), set("c", 1, "a", 1));
        submit(set("c", 1, "a", 1), create("c", 0, "a"), set("c", 2, "a", 2));
        assertThat(told).containsExactly("c:0=1", "c:1=2", "c:1=2", "c:0=1", "c:2=3");
        assertThat(log.all(BRANCH)).hasSize(3);
    }

    @Test
    @DisplayName("[UND-1][UND-7] an undo and its redo are changes of their own, stored with their kind, also after a restart")
    void given_a_change_when_it_is_undone_and_redone_then_each_is_in_the_log() {
        submit(create("c", 0, "a"), set("c", 1, "a", 1), set("c", 2, "a", 2));
        undo(AUTHOR, 3, "c:2");
        mailbox = newMailbox();
        undo(AUTHOR, 4, "c:3");
        undo(AUTHOR, 3, "c:2");
        assertThat(told).containsExactly("c:0=1", "c:1=2", "c:2=3", "c:3=4", "c:4=5", "c:3=4");
        assertThat(log.all(BRANCH)).extracting(change -> ChangeCodec.load(change).kind()).endsWith(
            CommittedChange.Kind.EDIT, CommittedChange.Kind.UNDO, CommittedChange.Kind.REDO);
        var replica = new Document();
        log.all(BRANCH).forEach(change -> replica.apply(ChangeCodec.load(change)));
        assertThat(replica.element(new ElementId("a")).orElseThrow().prop("n")).contains(Value.of(2));
    }

    @Test
    @DisplayName("[UND-9] only one's own changes, and only those there are")
    void given_anothers_change_or_none_when_it_is_to_be_undone_then_it_is_refused() {
        submit(create("c", 0, "a"));
        undo(new Author("somebody", "p2"), 1, "c:0");
        undo(AUTHOR, 2, "c:77");
        assertThat(told).endsWith("c:1=FORBIDDEN", "c:2=UNKNOWN_CHANGE");
        assertThat(log.all(BRANCH)).hasSize(1);
    }

    @Test
    @DisplayName("[VER-4] a revert is one change on what is there when it is decided; it can be undone, and again means nothing")
    void given_a_revision_when_it_is_reverted_to_then_one_change_makes_it_so() {
        submit(create("c", 0, "a"), create("c", 1, "b"), set("c", 2, "a", 1), set("c", 3, "b", 1));
        Document past = replica(2);
        submit(set("d", 0, "a", 2));
        var reverts = List.of(new Submission.Revert(new ChangeId("r", 0), past, Set.of(new ElementId("a"))),
            new Submission.Revert(new ChangeId("r", 1), past, Set.of(new ElementId("a"))),
            new Submission.Revert(new ChangeId("r", 0), past, Set.of()));
        mailbox.submit(new Submission(AUTHOR, reverts, this::tell));
        executor.run();
        assertThat(told).endsWith("r:0=6", "r:1=6", "r:0=6");
        assertThat(ChangeCodec.load(log.all(BRANCH).getLast()).kind()).isEqualTo(CommittedChange.Kind.REVERT);
        assertThat(List.of("a", "b")).extracting(id -> replica(6).element(new ElementId(id)).orElseThrow().prop("n"))
            .containsExactly(past.element(new ElementId("a")).orElseThrow().prop("n"), Optional.of(Value.of(1)));
        undo(AUTHOR, 9, "r:0");
        assertThat(replica(7).element(new ElementId("a")).orElseThrow().prop("n")).contains(Value.of(2));
    }

    @Test
    @DisplayName("[VER-4] a revert has as many operations as it needs")
    void given_more_elements_than_a_change_may_have_operations_when_all_were_deleted_then_one_revert_brings_them_back() {
        int count = Limits.DEFAULT.operationsPerChange() + 1;
        IntStream.range(0, count).forEach(i -> submit(create("c", i, "e" + i)));
        IntStream.range(0, count).forEach(i -> submit(change("d", i, new Operation.Delete(new ElementId("e" + i)))));
        mailbox.submit(new Submission(AUTHOR, List.of(new Submission.Revert(new ChangeId("r", 0), replica(count), Set.of())), this::tell));
        executor.run();
        assertThat(told).endsWith("r:0=" + (2 * count + 1));
        assertThat(replica(2 * count + 1).elements()).allMatch(element -> !element.isDeleted());
    }

    @Test
    @DisplayName("[MRQ-8] a merge is one change on what is there when it is decided, stored with what it brought in; it can be undone")
    void given_another_branch_when_it_is_merged_then_one_change_brings_it_in() {
        submit(create("c", 0, "a"), create("c", 1, "b"));
        Document base = replica(2);
        Document theirs = replicaWith(base, set("x", 0, "a", 7));
        submit(set("c", 2, "b", 3));
        var stored = new ArrayList<Long>();
        merge("m", base, theirs, Optional.empty(), stored::add);
        assertThat(told).endsWith("m:0=4");
        assertThat(stored).containsExactly(4L);
        CommittedChange merged = ChangeCodec.load(log.all(BRANCH).getLast());
        assertThat(merged.kind()).isEqualTo(CommittedChange.Kind.MERGE);
        assertThat(merged.merged()).contains(new BranchPoint("idea", 9));
        assertThat(List.of("a", "b")).extracting(id -> replica(4).element(new ElementId(id)).orElseThrow().prop("n"))
            .containsExactly(Optional.of(Value.of(7)), Optional.of(Value.of(3)));
        undo(AUTHOR, 9, "m:0");
        assertThat(replica(5).element(new ElementId("a")).orElseThrow().prop("n")).isNotEqualTo(Optional.of(Value.of(7)));
    }

    @Test
    @DisplayName("[MRQ-9] open conflicts are refused and told; [MRQ-8] where there is nothing to do the base advances all the same")
    void given_conflicts_when_it_is_merged_then_it_is_refused_until_somebody_chose() {
        submit(create("c", 0, "a"));
        Document base = replica(1);
        Document theirs = replicaWith(base, set("x", 0, "a", 7));
        submit(set("c", 1, "a", 3));
        var stored = new ArrayList<Long>();
        merge("m", base, theirs, Optional.empty(), stored::add);
        assertThat(told).endsWith("1 open", "m:0=MERGE_CONFLICTS");
        assertThat(stored).isEmpty();
        choices = List.of(Resolution.of(Merge.of(base, replica(2), theirs, List.of()).conflicts().getFirst(), Resolution.Choice.OURS));
        merge("n", base, theirs, Optional.empty(), stored::add);
        assertThat(told).endsWith("n:0=2");
        assertThat(stored).containsExactly(2L);
        assertThat(log.lastMerge(BRANCH, new BranchId(BRANCH.session(), "idea"))).isPresent();
        merge("o", base, theirs, Optional.empty(), stored::add);
        assertThat(told).endsWith("o:0=MERGE_OVERTAKEN");
        submit(set("c", 2, "a", 4));
        assertThat(told).endsWith("c:2=3");
    }

    @Test
    @DisplayName("[MRQ-8] what belongs to a merge refuses it alone; what others sent at the same time is stored")
    void given_a_merge_that_is_refused_when_it_is_stored_then_nothing_else_is() {
        submit(create("c", 0, "a"));
        Document base = replica(1);
        Document theirs = replicaWith(base, set("x", 0, "a", 7));
        mailbox.submit(submission(create("c", 1, "z")));
        mailbox.submit(merging("m", base, theirs, Optional.empty(), revision -> {
            throw MERGE_REQUEST_CLOSED.because("merged by somebody else");
        }));
        mailbox.submit(submission(create("c", 2, "b")));
        executor.run();
        assertThat(told).endsWith("c:1=2", "m:0=MERGE_REQUEST_CLOSED", "c:2=3");
    }

    private void merge(String client, Document base, Document theirs, Optional<Crossing> after, ChangeLog.Along along) {
        mailbox.submit(merging(client, base, theirs, after, along));
        executor.run();
    }

    private Submission merging(String client, Document base, Document theirs, Optional<Crossing> after, ChangeLog.Along along) {
        var entry = new ChangeLog.MergeEntry(new BranchPoint("idea", 9), after, along);
        return new Submission(AUTHOR, List.of(new Submission.Merge(new ChangeId(client, 0), base, theirs, choices, Optional.of(entry),
            open -> told.add(open.size() + " open"))), this::tell);
    }

    /** A document with a change more, as another branch has it. */
    private static Document replicaWith(Document base, Change change) {
        Document other = Document.of(base.state());
        new Decider(other, Limits.DEFAULT, Policies.DEFAULT).decide(change, AUTHOR, Instant.EPOCH);
        return other;
    }

    private Document replica(int revision) {
        var replica = new Document();
        log.all(BRANCH).subList(0, revision).forEach(change -> replica.apply(ChangeCodec.load(change)));
        return replica;
    }

    @Test
    @DisplayName("[SUB-2] twice in one frame is still once")
    void given_a_change_twice_in_one_batch_then_it_happens_once() {
        submit(create("c", 0, "a"), create("c", 0, "a"));
        assertThat(told).containsExactly("c:0=1", "c:0=1");
    }

    @Test
    @DisplayName("[SUB-2] a change that memory has forgotten is found in the log")
    void given_a_duplicate_older_than_memory_then_the_log_knows_it() {
        submit(create("c", 0, "a"));
        IntStream.rangeClosed(1, 20).forEach(i -> submit(set("c", i, "a", i)));
        told.clear();
        submit(create("c", 0, "a"));
        assertThat(told).containsExactly("c:0=1");
    }

    @Test
    @DisplayName("[TXT-9] a frame sent again continues behind what is in the log already")
    void given_text_edits_of_which_some_are_known_when_they_are_sent_again_then_the_others_follow_them() {
        submit(create("c", 0, "a"), edit("d", 0, "a", TextEdit.insert(0, "later")));
        Change hello = edit("c", 1, "a", TextEdit.insert(0, "Hello"));
        submit(hello);
        submit(hello, edit("c", 2, "a", TextEdit.insert(5, " world ")));
        mailbox.visit(branch -> told.add(branch.snapshot()), problem -> { });
        executor.run();
        assertThat(told.getLast()).contains("\"texts\":{\"t\":\"laterHello world \"}");
    }

    @Test
    @DisplayName("[OPS-16] the server's own change is stored with the one that made a key too long")
    void given_an_order_key_that_became_too_long_then_shorter_ones_follow_in_the_same_transaction() {
        submit(create("c", 0, "a"), create("c", 1, "b"));
        int inserts = 0;
        while (log.all(BRANCH).size() == 2 + inserts) {
            inserts++;
            submit(change("c", 1 + inserts, new Operation.Create(new ElementId("e" + inserts), "box", ElementId.ROOT,
                new Position.After(new ElementId("a")), Map.of(), Map.of(), List.of())));
        }
        StoredChange own = log.all(BRANCH).getLast();
        assertThat(own.id()).isEqualTo(ChangeId.system(own.revision()));
        assertThat(own.content()).contains("\"kind\":\"system\"", "\"op\":\"rebalance\"");
        assertThat(log.batches().getLast()).isEqualTo(2);
        assertThat(told.getLast()).isEqualTo("c:" + (1 + inserts) + "=" + (own.revision() - 1));
    }

    @Test
    @DisplayName("[SUB-5] the first refusal ends the frame")
    void given_a_refusal_in_the_middle_then_what_follows_is_neither_decided_nor_answered() {
        submit(create("c", 0, "a"), create("c", 1, "a"), create("c", 2, "b"));
        assertThat(told).containsExactly("c:0=1", "c:1=DUPLICATE_ID");
        assertThat(log.all(BRANCH)).hasSize(1);
    }

    @Test
    @DisplayName("[SUB-4] a change that would be too long for the log is refused, and fails nobody else's")
    void given_a_change_that_the_log_cannot_hold_when_others_share_its_transaction_then_it_alone_is_refused() {
        submit(create("c", 0, "a"));
        mailbox.submit(submission(set("d", 0, "a", 1)));
        mailbox.submit(submission(set("e", 0, "a", 2), tooLong("e", 1, "a"), set("e", 2, "a", 3)));
        mailbox.submit(submission(set("f", 0, "a", 4)));
        executor.run();
        assertThat(told).containsExactly("c:0=1", "d:0=2", "e:0=3", "e:1=LIMIT_EXCEEDED", "f:0=4");
        mailbox.visit(branch -> told.add(branch.snapshot()), problem -> { });
        executor.run();
        assertThat(told.getLast()).contains("\"props\":{\"n\":4}");
        assertThat(log.batches()).endsWith(3);
    }

    @Test
    @DisplayName("[SUB-2] what a known change holds when it is sent again fails nobody else's")
    void given_a_known_change_sent_again_with_a_hostile_content_then_it_and_what_others_sent_are_answered() {
        submit(create("c", 0, "a"), edit("c", 1, "a", TextEdit.insert(0, "later")));
        submit(edit("d", 0, "a", TextEdit.insert(0, "b")));
        mailbox.submit(submission(edit("d", 0, "a", TextEdit.insert(Integer.MAX_VALUE - 1, "x"))));
        mailbox.submit(submission(edit("d", 0, "nobody", TextEdit.delete(0, Integer.MAX_VALUE)), set("d", 1, "a", 1)));
        mailbox.submit(submission(set("e", 0, "a", 2)));
        executor.run();
        assertThat(told).containsExactly("c:0=1", "c:1=2", "d:0=3", "d:0=3", "d:0=3", "d:1=4", "e:0=5");
    }

    @Test
    @DisplayName("[CHG-3] an author is answered before anybody is told")
    void given_a_subscriber_then_the_answer_comes_first() {
        mailbox.visit(branch -> branch.subscribe(news -> told.add("changes to " + news.changes().getLast().revision())), problem -> { });
        submit(create("c", 0, "a"));
        assertThat(told).containsExactly("c:0=1", "changes to 1");
    }

    @Test
    @DisplayName("[CHG-4] server time never goes back along a branch")
    void given_a_clock_set_back_then_the_times_of_changes_do_not_follow() {
        submit(create("c", 0, "a"));
        clock.move(Duration.ofHours(-1));
        submit(set("c", 1, "a", 1));
        assertThat(log.all(BRANCH)).extracting(StoredChange::at).isSorted();
    }

    @Test
    void given_changes_that_arrive_together_then_they_share_a_transaction() {
        for (int i = 0; i < 10; i++) {
            mailbox.submit(submission(create("c" + i, 0, "e" + i)));
        }
        executor.run();
        assertThat(log.batches()).containsExactly(10);
    }

    @Test
    @DisplayName("[SUB-9] a transaction that failed is tried again; nobody saw the first try")
    void given_an_append_that_fails_then_the_change_is_stored_once_by_the_next() {
        submit(create("c", 0, "a"));
        log.will(FAILS_BEFORE_COMMIT);
        submit(set("c", 1, "a", 1));
        assertThat(told).containsExactly("c:0=1", "c:1=2");
        assertThat(log.all(BRANCH)).hasSize(2);
    }

    @Test
    @DisplayName("[SUB-2] a commit whose outcome was lost is recognised, not repeated")
    void given_a_connection_lost_during_commit_then_the_change_is_there_once() {
        submit(create("c", 0, "a"));
        mailbox.visit(branch -> branch.subscribe(news -> news.changes().forEach(change -> told.add("told " + change.revision()))), problem -> { });
        log.will(FAILS_AFTER_COMMIT);
        submit(set("c", 1, "a", 1));
        submit(set("c", 2, "a", 2));
        assertThat(told).containsExactly("c:0=1", "c:1=2", "told 2", "c:2=3", "told 3");
        assertThat(log.all(BRANCH)).hasSize(3);
    }

    @Test
    @DisplayName("[SUB-9] while the log is away changes are refused, afterwards they are taken under the same id")
    void given_the_log_away_then_changes_are_refused_and_nothing_is_lost() {
        submit(create("c", 0, "a"));
        log.will(AWAY);
        submit(set("c", 1, "a", 1), set("c", 2, "a", 2));
        log.will(NONE);
        submit(set("c", 1, "a", 1), set("c", 2, "a", 2));
        assertThat(told).containsExactly("c:0=1", "c:1=STORAGE_UNAVAILABLE", "c:1=2", "c:2=3");
    }

    @Test
    @DisplayName("[BRA-6] of a branch that is deleted while it is read people are told that, and not to try again")
    void given_a_log_that_is_gone_then_changes_are_refused_for_that() {
        log.will(GONE);
        submit(create("c", 0, "a"));
        assertThat(told).containsExactly("c:0=BRANCH_NOT_FOUND");
    }

    @Test
    @DisplayName("[SUB-9] where other nodes are first again and again a change is refused, with the reason, and taken later")
    void given_others_who_are_always_first_then_a_change_is_refused_for_that_and_nothing_is_lost() {
        submit(create("c", 0, "a"));
        log.will(OTHERS_ARE_FIRST);
        var problems = new ArrayList<Problem>();
        mailbox.submit(Submission.of(AUTHOR, List.of(set("c", 1, "a", 1)), outcomes -> outcomes.forEach(outcome ->
            problems.add(((Outcome.Refused) outcome).problem()))));
        executor.run();
        log.will(NONE);
        submit(set("c", 1, "a", 1));

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.type()).isEqualTo(ProblemType.STORAGE_UNAVAILABLE);
            assertThat(problem.detail()).startsWith("Others edit at other nodes");
        });
        assertThat(told).containsExactly("c:0=1", "c:1=2");
    }

    @Test
    void given_another_node_that_was_first_then_its_changes_are_folded_and_ours_follow() {
        BranchMailbox other = newMailbox();
        submit(create("c", 0, "a"));
        BranchMailbox ours = mailbox;
        mailbox = other;
        submit(create("d", 0, "b"));
        mailbox = ours;
        mailbox.visit(branch -> branch.subscribe(news -> news.changes().forEach(change -> told.add("told " + change.id()))), problem -> { });
        submit(set("c", 1, "b", 1));
        assertThat(told).containsExactly("c:0=1", "d:0=2", "c:1=3", "told d:0", "told c:1");
    }

    @Test
    @DisplayName("[RES-1][RES-2] a returning client gets what it missed, or nothing where that is not known or too much")
    void given_a_revision_then_what_came_after_is_found() {
        submit(create("c", 0, "a"));
        IntStream.rangeClosed(1, 29).forEach(i -> submit(set("c", i, "a", i)));
        mailbox.visit(branch -> {
            assertThat(branch.changesAfter(28).orElseThrow()).extracting(StoredChange::revision).containsExactly(29L, 30L);
            assertThat(branch.changesAfter(30).orElseThrow()).isEmpty();
            assertThat(branch.changesAfter(10).orElseThrow()).hasSize(20);
            assertThat(branch.changesAfter(9)).isEmpty();
            assertThat(branch.changesAfter(31)).isEmpty();
            assertThat(branch.changesAfter(-1)).isEmpty();
            told.add("visited");
        }, problem -> { });
        executor.run();
        assertThat(told).contains("visited");
    }

    @Test
    @DisplayName("[HEL-5] a newcomer gets the document at the revision it is told")
    void given_a_restart_when_somebody_comes_then_the_document_is_read_from_the_log() {
        submit(create("c", 0, "a"), set("c", 1, "a", 7));
        mailbox = newMailbox();
        mailbox.visit(branch -> told.add(branch.revision() + " " + branch.snapshot()), problem -> { });
        executor.run();
        assertThat(told.getLast()).startsWith("2 {\"revision\":2,\"document\":{\"conflicts\":[],\"elements\":[{\"elementType\":\"box\","
            + "\"id\":\"a\",\"order\":\"a0\",\"parent\":null,\"props\":{\"n\":7}}]},\"hash\":\"");
    }

    @Test
    void given_nobody_there_for_a_while_then_the_mailbox_is_idle() {
        BranchSubscriber subscriber = changes -> { };
        mailbox.visit(branch -> branch.subscribe(subscriber), problem -> { });
        executor.run();
        clock.move(Duration.ofMinutes(10));
        assertThat(mailbox.isIdle(Duration.ofMinutes(5))).isFalse();
        mailbox.visit(branch -> branch.unsubscribe(subscriber), problem -> { });
        executor.run();
        assertThat(mailbox.isIdle(Duration.ofMinutes(5))).isFalse();
        clock.move(Duration.ofMinutes(10));
        assertThat(mailbox.isIdle(Duration.ofMinutes(5))).isTrue();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("[SUB-1][SUB-2][CHG-1] whatever the log does, what was acknowledged is in it once, and revisions are contiguous")
    void given_random_faults_then_nothing_acknowledged_is_lost_or_doubled(long seed) {
        var random = new Random(seed);
        var revisions = new ArrayList<Long>();
        mailbox.visit(branch -> branch.subscribe(news -> news.changes().forEach(change -> revisions.add(change.revision()))), problem -> { });
        executor.run();
        var accepted = new HashMap<ChangeId, Long>();
        for (int i = 0; i < 60; i++) {
            Change change = create("c", random.nextInt(40), "e" + random.nextInt(60));
            log.will(InMemoryChangeLog.Fault.values()[random.nextInt(4)]);
            mailbox.submit(Submission.of(AUTHOR, List.of(change), outcomes -> outcomes.forEach(outcome -> {
                if (outcome instanceof Outcome.Accepted(var id, var revision, var notes)) {
                    Long first = accepted.putIfAbsent(id, revision);
                    assertThat(first == null || first == revision).isTrue();
                }
            })));
            if (random.nextBoolean()) {
                executor.run();
            }
        }
        executor.run();
        log.will(NONE);
        mailbox.visit(branch -> { }, problem -> { });
        executor.run();
        var stored = new HashMap<ChangeId, Long>();
        log.all(BRANCH).forEach(change -> assertThat(stored.put(change.id(), change.revision())).isNull());
        assertThat(stored).containsAllEntriesOf(accepted);
        assertThat(revisions).isEqualTo(LongStream.rangeClosed(1, log.all(BRANCH).size()).boxed().toList());
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 2, 3), new Random().longs(100));
    }

    // ----

    private BranchMailbox newMailbox() {
        return new BranchMailbox(BRANCH, new BranchMailbox.Surroundings(log, executor, clock, Limits.DEFAULT, 100, 8, 1_000_000, 20,
            BranchMailbox.LockRules.DEFAULT, session -> policies, session -> SessionAccess.OPEN, branch -> BranchRules.OPEN,
            MailboxProbe.NONE, snapshots, Snapshots.Rules.DEFAULT, BranchMailbox.Pace.NONE, log, Siblings.NONE));
    }

    private void submit(Change... changes) {
        mailbox.submit(submission(changes));
        executor.run();
    }

    private void undo(Author author, long counter, String undone) {
        var request = new Submission.Undo(new ChangeId("c", counter), ChangeId.parse(undone));
        mailbox.submit(new Submission(author, List.of(request), this::tell));
        executor.run();
    }

    private Submission submission(Change... changes) {
        return Submission.of(AUTHOR, List.of(changes), this::tell);
    }

    private void tell(List<Outcome> outcomes) {
        outcomes.forEach(outcome -> told.add(switch (outcome) {
            case Outcome.Accepted(var id, var revision, var notes) -> id + "=" + revision;
            case Outcome.Refused(var id, var problem) -> id + "=" + problem.type();
        }));
    }

    private static Change create(String client, long counter, String element) {
        return change(client, counter, new Operation.Create(new ElementId(element), "box", ElementId.ROOT, Position.Edge.LAST,
            Map.of(), Map.of(), List.of()));
    }

    private static Change set(String client, long counter, String element, double value) {
        return change(client, counter, new Operation.SetProperty(new ElementId(element), Path.of("n"), Value.of(value)));
    }

    /** Each of its values is allowed. */
    private static Change tooLong(String client, long counter, String element) {
        Value value = Value.of("x".repeat(60_000));
        return new Change(new ChangeId(client, counter), 0, 0, IntStream.range(0, 20)
            .<Operation>mapToObj(i -> new Operation.SetProperty(new ElementId(element), Path.of("p" + i), value)).toList());
    }

    private static Change edit(String client, long counter, String element, TextEdit edit) {
        return new Change(new ChangeId(client, counter), 1, 1, List.of(new Operation.EditText(new ElementId(element), "t", edit)));
    }

    private static Change change(String client, long counter, Operation operation) {
        return new Change(new ChangeId(client, counter), 0, 0, List.of(operation));
    }
}
