package org.chorale.document.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.chorale.access.SessionAccess;
import org.chorale.branch.BranchRules;
import org.chorale.conflict.Policies;
import org.chorale.document.Author;
import org.chorale.document.BranchState;
import org.chorale.document.Change;
import org.chorale.document.ChangeId;
import org.chorale.document.Limits;
import org.chorale.document.StoredChange;
import org.chorale.lock.Lock;
import org.chorale.lock.LockHolder;
import org.chorale.operation.ElementId;
import org.chorale.operation.Operation;
import org.chorale.operation.Path;
import org.chorale.operation.Position;
import org.chorale.problem.ProblemType;
import org.chorale.session.BranchId;
import org.chorale.session.SessionId;
import org.chorale.value.Value;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One branch on several nodes: they share a log and tell each other what they committed, as far as the test lets them. */
class SiblingMailboxesTest {
    private static final BranchId BRANCH = BranchId.main(new SessionId("0123456789"));
    private static final LockHolder ANA = new LockHolder("p-ana", "ana", "Ana");

    private final InMemoryChangeLog log = new InMemoryChangeLog();
    private final MovableClock clock = new MovableClock();
    private final List<Node> nodes = new ArrayList<>();

    @Test
    @DisplayName("[CLU-1] what one node commits people on another one see, in the order of the log")
    void given_two_nodes_when_one_commits_then_those_on_the_other_are_told() {
        Node one = node();
        Node two = node();
        one.submit("ana", create("a", 0, "lamp"));
        two.submit("ben", create("b", 0, "chair"));
        one.deliver();
        two.deliver();
        assertThat(one.seen).containsExactly("a:0=1", "b:0=2");
        assertThat(two.seen).containsExactly("a:0=1", "b:0=2");
    }

    @Test
    @DisplayName("[CLU-1] changes that travel with the news are applied without asking the log")
    void given_changes_in_the_news_then_the_log_is_not_read() {
        Node one = node();
        Node two = node();
        one.submit("ana", create("a", 0, "lamp"));
        log.changesRead();
        two.deliver();
        assertThat(two.seen).containsExactly("a:0=1");
        assertThat(log.changesRead()).isZero();
    }

    @Test
    @DisplayName("[CLU-2] news that were lost, came twice or in another order change nothing")
    void given_a_gap_in_the_news_then_the_log_fills_it() {
        Node one = node();
        Node two = node();
        one.submit("ana", create("a", 0, "lamp"));
        two.lose();
        one.submit("ana", create("a", 1, "chair"));
        one.submit("ana", create("a", 2, "table"));
        two.deliverTwiceInReverse();
        assertThat(two.seen).containsExactly("a:0=1", "a:1=2", "a:2=3");
    }

    @Test
    @DisplayName("[CLU-3] a node that knows nothing of another one's commits decides on top of them")
    void given_a_node_that_was_frozen_when_it_commits_then_its_change_comes_after_those_of_the_others() {
        Node frozen = node();
        Node other = node();
        frozen.submit("ana", create("a", 0, "lamp"));
        other.submit("ben", set("b", 0, "lamp", 1));
        other.submit("ben", set("b", 1, "lamp", 2));
        frozen.lose();
        frozen.submit("ana", set("a", 1, "lamp", 3));
        assertThat(frozen.answers).containsExactly("a:0=1", "a:1=4");
        assertThat(frozen.seen).containsExactly("a:0=1", "b:0=2", "b:1=3", "a:1=4");
    }

    @Test
    @DisplayName("[CLU-3] where nodes contend for a branch, the row is held first and no decision is lost")
    void given_two_nodes_that_take_turns_then_after_the_first_lost_race_each_decides_once() {
        Node one = node();
        Node two = node();
        one.submit("ana", create("a", 0, "lamp"));
        for (int i = 0; i < 20; i++) {
            two.lose();
            two.submit("ben", set("b", i, "lamp", i));
            one.lose();
            one.submit("ana", set("a", i + 1, "lamp", i));
        }
        assertThat(log.lostRaces()).as("one for each node").isLessThanOrEqualTo(2);
        assertThat(log.all(BRANCH)).hasSize(41);
    }

    @Test
    @DisplayName("[CLU-4] a lock that one node gave refuses a change on another one that never heard of it")
    void given_a_lock_on_one_node_when_nothing_is_told_then_a_commit_on_another_is_refused() {
        Node one = node();
        Node two = node();
        one.submit("ana", create("a", 0, "lamp"));
        two.deliver();
        one.lock("lamp");
        two.lose();
        two.submit("ben", set("b", 0, "lamp", 1));
        assertThat(two.answers).containsExactly("b:0=" + ProblemType.LOCKED);
        assertThat(two.locks).as("and its people learn of it").containsExactly("+lamp");
        clock.move(Duration.ofSeconds(31));
        two.submit("ben", set("b", 1, "lamp", 2));
        assertThat(two.answers).last().isEqualTo("b:1=2");
    }

    @Test
    @DisplayName("[CLU-4] locks come and go on all nodes")
    void given_a_lock_when_it_is_given_free_then_all_nodes_know() {
        Node one = node();
        Node two = node();
        one.submit("ana", create("a", 0, "lamp"));
        one.lock("lamp");
        two.deliver();
        one.visit(branch -> branch.unlock(new ElementId("lamp"), "ana"));
        two.deliver();
        assertThat(two.locks).containsExactly("+lamp", "-lamp");
        one.lock("lamp");
        Node three = node();
        assertThat(three.heldLocks()).as("a node that begins later").containsExactly("lamp");
    }

    @Test
    @DisplayName("[CLU-4] a lock on what only another node has committed is given")
    void given_an_element_of_another_node_when_it_is_locked_at_once_then_it_is_there() {
        Node one = node();
        Node two = node();
        one.submit("ana", create("a", 0, "lamp"));
        two.lose();
        two.lock("lamp");
        assertThat(two.locks).containsExactly("+lamp");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("[CLU-5] whatever is lost, delayed or fails, each accepted change is in the log once and all nodes agree")
    void given_random_nodes_and_news_then_all_nodes_agree(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 3; i++) {
            node();
        }
        nodes.getFirst().submit("ana", create("root", 0, "lamp"));
        for (int step = 0; step < 120; step++) {
            Node node = nodes.get(random.nextInt(nodes.size()));
            switch (random.nextInt(8)) {
                case 0 -> node.lose();
                case 1 -> node.deliverTwiceInReverse();
                case 2, 3 -> node.deliver();
                case 4 -> log.will(random.nextBoolean() ? InMemoryChangeLog.Fault.FAILS_AFTER_COMMIT : InMemoryChangeLog.Fault.FAILS_BEFORE_COMMIT);
                default -> node.submit("u" + nodes.indexOf(node), set("c" + nodes.indexOf(node), step, "lamp", random.nextInt(9)));
            }
        }
        log.will(InMemoryChangeLog.Fault.NONE);
        long head = log.all(BRANCH).size();
        nodes.forEach(node -> node.poll(head));
        var stored = new HashMap<String, Long>();
        log.all(BRANCH).forEach(change -> assertThat(stored.put(change.id().toString(), change.revision())).isNull());
        for (Node node : nodes) {
            assertThat(node.accepted()).as("in the log as it was answered").allSatisfy((id, revision) ->
                assertThat(stored.get(id)).isEqualTo(revision));
            assertThat(node.seen).as("without gaps").hasSize((int) head).doesNotHaveDuplicates();
            assertThat(node.hash()).isEqualTo(nodes.getFirst().hash());
        }
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 2, 3), new Random().longs(60));
    }

    // ----

    private Node node() {
        var node = new Node();
        nodes.add(node);
        node.subscribe();
        return node;
    }

    private static Change create(String client, long counter, String element) {
        return new Change(new ChangeId(client, counter), 0, 0, List.of(new Operation.Create(new ElementId(element), "box", ElementId.ROOT,
            Position.Edge.LAST, Map.of(), Map.of(), List.of())));
    }

    private static Change set(String client, long counter, String element, int value) {
        return new Change(new ChangeId(client, counter), 0, 0, List.of(new Operation.SetProperty(new ElementId(element), Path.of("size"),
            Value.of(value))));
    }

    /** A mailbox, somebody who listens there, and what the other nodes said that has not arrived. */
    private final class Node implements Siblings {
        private final ByHand executor = new ByHand();
        private final List<Message> inbox = new ArrayList<>();
        private final List<String> seen = new ArrayList<>();
        private final List<String> answers = new ArrayList<>();
        private final List<String> locks = new ArrayList<>();
        private final BranchMailbox mailbox = new BranchMailbox(BRANCH, new BranchMailbox.Surroundings(log, executor, clock, Limits.DEFAULT,
            100, 8, 1_000_000, 2_000, BranchMailbox.LockRules.DEFAULT, session -> Policies.DEFAULT, session -> SessionAccess.OPEN,
            branch -> BranchRules.OPEN, MailboxProbe.NONE, new InMemorySnapshotStore(), Snapshots.Rules.DEFAULT, BranchMailbox.Pace.NONE, log, this));

        private record Message(BranchState state, List<StoredChange> changes) {}

        void subscribe() {
            visit(branch -> branch.subscribe(new BranchSubscriber() {
                @Override
                public void committed(News news) {
                    news.changes().forEach(change -> seen.add(change.id() + "=" + change.revision()));
                }

                @Override
                public void locksChanged(List<Lock> taken, List<ElementId> freed) {
                    taken.forEach(lock -> locks.add("+" + lock.element()));
                    freed.forEach(element -> locks.add("-" + element));
                }
            }));
        }

        void visit(Consumer<BranchView> visitor) {
            mailbox.visit(visitor, problem -> {
                throw new AssertionError(problem);
            });
            executor.run();
        }

        void submit(String user, Change change) {
            mailbox.submit(Submission.of(new Author(user, "p-" + user), List.of(change), outcomes -> outcomes.forEach(outcome ->
                answers.add(switch (outcome) {
                    case Outcome.Accepted(var id, var revision, var notes) -> id + "=" + revision;
                    case Outcome.Refused(var id, var problem) -> id + "=" + problem.type();
                }))));
            executor.run();
        }

        void lock(String element) {
            visit(branch -> branch.lock(new ElementId(element), ANA, Optional.empty()));
        }

        List<String> heldLocks() {
            var held = new ArrayList<String>();
            visit(branch -> branch.locks().forEach(lock -> held.add(lock.element().value())));
            return held;
        }

        Map<String, Long> accepted() {
            var accepted = new HashMap<String, Long>();
            answers.stream().map(answer -> answer.split("=")).filter(parts -> parts[1].matches("\\d+"))
                .forEach(parts -> accepted.put(parts[0], Long.valueOf(parts[1])));
            return accepted;
        }

        String hash() {
            var snapshots = new HashSet<String>();
            visit(branch -> snapshots.add(branch.snapshot()));
            return snapshots.iterator().next();
        }

        @Override
        public void committed(BranchId branch, List<StoredChange> changes) {
            tellOthers(new Message(BranchState.at(changes.getLast().revision()), changes));
        }

        @Override
        public void locksChanged(BranchId branch, long version) {
            tellOthers(new Message(new BranchState(0, version), List.of()));
        }

        private void tellOthers(Message news) {
            nodes.stream().filter(other -> other != this).forEach(other -> other.inbox.add(news));
        }

        void lose() {
            inbox.clear();
        }

        void deliver() {
            inbox.forEach(news -> mailbox.heard(news.state(), news.changes()));
            inbox.clear();
            executor.run();
        }

        void deliverTwiceInReverse() {
            inbox.addAll(Set.copyOf(inbox));
            List<Message> reversed = List.copyOf(inbox.reversed());
            inbox.clear();
            inbox.addAll(reversed);
            deliver();
        }

        void poll(long head) {
            mailbox.heard(BranchState.at(head), List.of());
            executor.run();
        }
    }
}
