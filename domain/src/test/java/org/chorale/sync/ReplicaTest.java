package org.chorale.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chorale.conflict.Policies;
import org.chorale.document.Author;
import org.chorale.document.Change;
import org.chorale.document.ChangeId;
import org.chorale.document.CommittedChange;
import org.chorale.document.Decider;
import org.chorale.document.Decision;
import org.chorale.document.Document;
import org.chorale.document.Limits;
import org.chorale.operation.ElementId;
import org.chorale.operation.Operation;
import org.chorale.operation.Path;
import org.chorale.operation.Position;
import org.chorale.problem.CollaborationException;
import org.chorale.problem.ProblemType;
import org.chorale.text.TextEdit;
import org.chorale.value.Value;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReplicaTest {
    private static final ElementId A = new ElementId("a");
    private static final ElementId B = new ElementId("b");

    private final Server server = new Server();
    private final Replica replica = new Replica("me", "me", 10);

    /** A server that commits what it is given. */
    private static final class Server {
        private final Document document = new Document();
        private final Decider decider = new Decider(document, Limits.DEFAULT, Policies.DEFAULT);
        private final List<CommittedChange> log = new ArrayList<>();
        private long foreign;

        CommittedChange commit(Change change) {
            var author = new Author(change.id().clientId(), "p");
            var accepted = (Decision.Accepted) decider.decide(change, author, Instant.EPOCH);
            var committed = new CommittedChange(document.revision(), change.id(), CommittedChange.Kind.EDIT, author, Instant.EPOCH,
                accepted.effective(), accepted.notes());
            log.add(committed);
            return committed;
        }

        CommittedChange others(Operation... operations) {
            long head = document.revision();
            foreign++;
            return commit(new Change(new ChangeId("other", foreign), head, head, Arrays.asList(operations)));
        }

        /** What a newcomer would get. */
        Document snapshot() {
            var copy = new Document();
            log.forEach(copy::apply);
            return copy;
        }
    }

    @BeforeEach
    void a_text_that_everybody_has() {
        CommittedChange first = server.others(
            new Operation.Create(A, "note", ElementId.ROOT, Position.Edge.LAST, Map.of(), Map.of("t", "hello"), List.of()));
        replica.connected(1);
        replica.onChanges(List.of(first));
    }

    private String text() {
        return replica.view().element(A).orElseThrow().text("t");
    }

    private static Operation insert(int at, String text) {
        return new Operation.EditText(A, "t", TextEdit.insert(at, text));
    }

    private static Operation createB(String text) {
        return new Operation.Create(B, "note", ElementId.ROOT, Position.Edge.LAST, Map.of(), Map.of("t", text), List.of());
    }

    private static Operation set(double value) {
        return new Operation.SetProperty(A, Path.of("x"), Value.of(value));
    }

    private static List<Change> submitted(List<Effect> effects) {
        return effects.stream().filter(Effect.Submit.class::isInstance).map(effect -> ((Effect.Submit) effect).changes())
            .findFirst().orElse(List.of());
    }

    @Test
    @DisplayName("[CLI-1] an edit is seen at once and sent at once")
    void given_a_connection_when_one_edits_then_the_view_shows_it_and_it_is_sent() {
        List<Change> sent = submitted(replica.edit(List.of(insert(5, "!"))));
        assertThat(text()).isEqualTo("hello!");
        assertThat(sent).containsExactly(new Change(new ChangeId("me", 1), 1, 1, List.of(insert(5, "!"))));
    }

    @Test
    @DisplayName("[CLI-2] one frame is in flight; what follows waits, and goes together")
    void given_a_frame_in_flight_then_later_edits_wait_for_its_confirmation() {
        Change first = submitted(replica.edit(List.of(insert(5, "1")))).getFirst();
        assertThat(replica.edit(List.of(insert(6, "2")))).isEmpty();
        assertThat(replica.edit(List.of(insert(7, "3")))).isEmpty();
        assertThat(replica.onAccepted(first.id(), 2)).containsExactly(new Effect.Accepted(first.id(), 2));
        List<Effect> effects = replica.onChanges(List.of(server.commit(first)));
        assertThat(submitted(effects)).extracting(Change::baseRevision).containsExactly(2L, 2L);
        assertThat(submitted(effects)).extracting(Change::seenRevision).containsExactly(1L, 1L);
        assertThat(text()).isEqualTo("hello123");
    }

    @Test
    @DisplayName("[CLI-3] others' edits shift what is pending, stepwise; what the author had seen does not advance")
    void given_a_foreign_edit_then_pending_edits_are_rebased() {
        Change first = submitted(replica.edit(List.of(insert(5, "1")))).getFirst();
        replica.edit(List.of(insert(6, "2")));
        replica.onChanges(List.of(server.others(insert(0, ">> "))));
        assertThat(text()).isEqualTo(">> hello12");
        Change second = submitted(replica.onChanges(List.of(server.commit(first)))).getFirst();
        assertThat(second.operations()).containsExactly(insert(9, "2"));
        assertThat(second.seenRevision()).isEqualTo(1);
        assertThat(second.baseRevision()).isEqualTo(3);
    }

    @Test
    @DisplayName("[CLI-3] pending edits come later, so at one place they stand right of others'")
    void given_a_foreign_insert_at_the_same_place_then_the_pending_one_stands_right_of_it() {
        replica.edit(List.of(insert(5, "mine")));
        replica.onChanges(List.of(server.others(insert(5, "theirs"))));
        assertThat(text()).isEqualTo("hellotheirsmine");
    }

    @Test
    @DisplayName("[CLI-3] a foreign edit advances over each pending one before the next is moved over it")
    void given_two_pending_edits_then_the_second_is_moved_over_what_the_first_made_of_the_foreign_one() {
        replica.edit(List.of(insert(0, "12345")));
        replica.edit(List.of(insert(6, "x")));
        replica.onChanges(List.of(server.others(insert(3, "--"))));
        assertThat(text()).isEqualTo("12345hxel--lo");
    }

    @Test
    @DisplayName("[CLI-4] a refusal in mid-queue takes that change out; what follows does without it and goes again")
    void given_a_refused_change_then_what_follows_is_placed_anew() {
        replica.edit(List.of(insert(0, "first ")));
        replica.edit(List.of(insert(6, "second ")));
        List<Effect> effects = replica.onRefused(new ChangeId("me", 1), ProblemType.FORBIDDEN.with("no"));
        assertThat(effects.getFirst()).isInstanceOfSatisfying(Effect.Refused.class,
            refused -> assertThat(refused.change().operations()).containsExactly(insert(0, "first ")));
        assertThat(submitted(effects)).extracting(Change::operations).containsExactly(List.of(insert(0, "second ")));
        assertThat(text()).isEqualTo("second hello");
    }

    @Test
    @DisplayName("[CLI-4] what could not be stored is kept and goes again")
    void given_storage_that_is_away_then_the_edit_waits() {
        replica.edit(List.of(insert(5, "!")));
        assertThat(replica.onRefused(new ChangeId("me", 1), ProblemType.STORAGE_UNAVAILABLE.with("later"))).isEmpty();
        assertThat(text()).isEqualTo("hello!");
        assertThat(submitted(replica.release())).hasSize(1);
    }

    @Test
    @DisplayName("[CLI-4] edits that find no place, as somebody else created the element, are refused one by one")
    void given_an_element_of_the_same_id_then_edits_of_ones_own_come_to_nothing() {
        replica.edit(List.of(createB("mine too")));
        replica.edit(List.of(new Operation.EditText(B, "t", TextEdit.insert(8, "!"))));
        replica.onChanges(List.of(server.others(createB("x"))));
        replica.onRefused(new ChangeId("me", 1), ProblemType.DUPLICATE_ID.with("b"));
        assertThat(replica.onRefused(new ChangeId("me", 2), ProblemType.INVALID_OPERATION.with("no place"))).hasSize(1);
        assertThat(replica.view().element(B).orElseThrow().text("t")).isEqualTo("x");
    }

    @Test
    @DisplayName("[CLI-5] after a break, missed changes first; then the rest goes again with the same ids, rebased")
    void given_a_lost_acknowledgement_then_only_what_is_not_stored_goes_again() {
        Change first = submitted(replica.edit(List.of(insert(5, "1")))).getFirst();
        replica.edit(List.of(insert(6, "2")));
        CommittedChange stored = server.commit(first);
        CommittedChange foreign = server.others(insert(0, ">"));
        replica.disconnected();
        assertThat(replica.edit(List.of(insert(7, "3")))).isEmpty();
        assertThat(replica.connected(3)).isEmpty();
        List<Effect> effects = replica.onChanges(List.of(stored, foreign));
        assertThat(effects).contains(new Effect.Accepted(first.id(), 2));
        assertThat(submitted(effects)).extracting(Change::id).containsExactly(new ChangeId("me", 2), new ChangeId("me", 3));
        assertThat(text()).isEqualTo(">hello123");
    }

    @Test
    @DisplayName("[CLI-6] a snapshot counts as one foreign edit; what may be in it already goes alone")
    void given_a_snapshot_that_contains_an_unacknowledged_change_then_it_is_not_doubled_in_the_end() {
        Change first = submitted(replica.edit(List.of(insert(5, " one")))).getFirst();
        replica.edit(List.of(insert(9, " two")));
        CommittedChange stored = server.commit(first);
        server.others(insert(0, ">"));
        replica.disconnected();
        replica.connected(3);
        List<Effect> effects = replica.onSnapshot(server.snapshot());
        assertThat(submitted(effects)).extracting(Change::id).containsExactly(first.id());
        List<Change> rest = submitted(replica.onAccepted(first.id(), stored.revision()));
        assertThat(text()).isEqualTo(">hello one two");
        replica.onChanges(List.of(server.commit(rest.getFirst())));
        assertThat(server.document.element(A).orElseThrow().text("t")).isEqualTo(">hello one two");
        assertThat(replica.pending()).isEmpty();
    }

    @Test
    @DisplayName("[CLI-6] an acknowledged change that the snapshot contains is settled by it")
    void given_an_acknowledged_change_then_a_snapshot_confirms_it() {
        Change first = submitted(replica.edit(List.of(insert(5, " one")))).getFirst();
        replica.onAccepted(first.id(), 2);
        replica.edit(List.of(insert(9, " two")));
        server.commit(first);
        List<Effect> effects = replica.onSnapshot(server.snapshot());
        assertThat(text()).isEqualTo("hello one two");
        assertThat(submitted(effects)).extracting(Change::operations).containsExactly(List.of(insert(9, " two")));
    }

    @Test
    @DisplayName("[CLI-6] edits of an own element keep their places when its creation is in the snapshot already")
    void given_a_created_element_in_a_snapshot_then_its_text_counts_as_created() {
        Change create = submitted(replica.edit(List.of(createB("start")))).getFirst();
        replica.edit(List.of(new Operation.EditText(B, "t", TextEdit.insert(5, "!"))));
        server.commit(create);
        replica.disconnected();
        replica.connected(2);
        replica.onSnapshot(server.snapshot());
        assertThat(replica.view().element(B).orElseThrow().text("t")).isEqualTo("start!");
    }

    @Test
    @DisplayName("[CLI-6] of what was in a snapshot unbeknownst only the server knows the way back")
    void given_a_change_that_a_snapshot_contained_when_it_is_undone_then_the_server_decides() {
        Change first = submitted(replica.edit(List.of(insert(0, "x")))).getFirst();
        server.commit(first);
        replica.disconnected();
        replica.connected(2);
        replica.onSnapshot(server.snapshot());
        replica.onAccepted(first.id(), 2);
        assertThat(replica.undo(first.id())).containsExactly(new Effect.Undo(new ChangeId("me", 2), first.id()));
        assertThat(text()).isEqualTo("xhello");
    }

    @Test
    @DisplayName("[CLI-7] edits of one gesture become one change, until it was sent")
    void given_a_gesture_then_its_unsent_edits_are_composed() {
        Optional<String> drag = Optional.of("drag");
        Change sent = submitted(replica.edit(List.of(set(1)), drag)).getFirst();
        replica.edit(List.of(set(2)), drag);
        replica.edit(List.of(set(3)), drag);
        replica.edit(List.of(new Operation.AddToProperty(A, Path.of("x"), Value.of(2))), drag);
        replica.edit(List.of(set(4)));
        List<Change> rest = submitted(replica.onChanges(List.of(server.commit(sent))));
        assertThat(rest).extracting(Change::operations).containsExactly(List.of(set(5)), List.of(set(4)));
    }

    @Test
    @DisplayName("[CLI-7] what was sent once stays as it is: the server may have stored it")
    void given_a_change_that_was_sent_before_a_break_then_the_gesture_goes_on_in_another() {
        Optional<String> drag = Optional.of("drag");
        replica.edit(List.of(set(1)), drag);
        replica.disconnected();
        replica.edit(List.of(set(2)), drag);
        assertThat(submitted(replica.connected(1))).extracting(Change::operations).containsExactly(List.of(set(1)), List.of(set(2)));
    }

    @Test
    @DisplayName("[CLI-7] what could not be stored may be stored: the gesture goes on in another change")
    void given_a_change_that_came_back_then_the_gesture_goes_on_in_another() {
        Optional<String> drag = Optional.of("drag");
        replica.edit(List.of(set(1)), drag);
        replica.onRefused(new ChangeId("me", 1), ProblemType.STORAGE_UNAVAILABLE.with("later"));
        replica.edit(List.of(set(2)), drag);
        assertThat(submitted(replica.release())).extracting(Change::operations).containsExactly(List.of(set(1)), List.of(set(2)));
    }

    @Test
    @DisplayName("[CLI-7] typing composes, moving keeps the last place, other things stay two edits")
    void given_operations_then_they_compose_where_one_continues_the_other() {
        assertThat(Composition.of(List.of(insert(0, "a")), List.of(insert(1, "b")))).contains(List.of(insert(0, "ab")));
        var first = new Operation.Move(A, ElementId.ROOT, Position.Edge.FIRST);
        var last = new Operation.Move(A, ElementId.ROOT, Position.Edge.LAST);
        assertThat(Composition.of(List.of(first), List.of(last))).contains(List.of(last));
        assertThat(Composition.of(List.of(insert(0, "a")), List.of(set(1)))).isEmpty();
        assertThat(Composition.of(List.of(set(1)), List.of(set(1), set(2)))).isEmpty();
        assertThat(Composition.of(List.of(insert(0, "a"), insert(1, "b")), List.of(insert(2, "c"), insert(3, "d")))).isEmpty();
        assertThat(Composition.of(List.of(new Operation.Delete(A)), List.of(new Operation.Restore(A)))).isEmpty();
        var before = new Operation.SetProperty(A, Path.of("x"), Value.of(1), Optional.of(Value.of(0)));
        var after = new Operation.SetProperty(A, Path.of("x"), Value.of(2), Optional.of(Value.of(1)));
        assertThat(Composition.of(List.of(before), List.of(after)))
            .contains(List.of(new Operation.SetProperty(A, Path.of("x"), Value.of(2), Optional.of(Value.of(0)))));
    }

    @Test
    @DisplayName("[CLI-8] an undo is predicted, goes alone, and what follows it counts on it")
    void given_an_undo_in_the_queue_then_it_is_sent_alone() {
        Change first = submitted(replica.edit(List.of(insert(5, " world")))).getFirst();
        replica.undo(first.id());
        assertThat(text()).isEqualTo("hello");
        replica.edit(List.of(insert(5, "!")));
        assertThat(text()).isEqualTo("hello!");
        List<Effect> effects = replica.onChanges(List.of(server.commit(first)));
        assertThat(effects).contains(new Effect.Undo(new ChangeId("me", 2), first.id()));
        assertThat(submitted(effects)).isEmpty();
        assertThatThrownBy(() -> replica.undo(new ChangeId("other", 1))).isInstanceOf(CollaborationException.class);
    }

    @Test
    @DisplayName("[CLI-8] the undo of a refused change comes to nothing")
    void given_an_undo_when_the_undone_change_is_refused_then_others_writes_stay() {
        replica.edit(List.of(set(1)));
        replica.edit(List.of(set(2)));
        replica.undo(new ChangeId("me", 1));
        replica.onRefused(new ChangeId("me", 1), ProblemType.LIMIT_EXCEEDED.with("no"));
        assertThat(replica.view().element(A).orElseThrow().prop("x")).contains(Value.of(2));
        assertThat(replica.canUndo(new ChangeId("me", 1))).isFalse();
    }

    @Test
    @DisplayName("[CLI-9] a base that the server does not remember: the edit waits for what is missing")
    void given_a_stale_base_then_the_client_asks_for_what_it_misses_and_sends_again() {
        Change first = submitted(replica.edit(List.of(insert(5, "1")))).getFirst();
        CommittedChange foreign = server.others(insert(0, ">"));
        assertThat(replica.onRefused(first.id(), ProblemType.STALE_BASE.with("old"))).containsExactly(new Effect.Resync(1));
        assertThat(submitted(replica.onChanges(List.of(foreign)))).extracting(Change::operations).containsExactly(List.of(insert(6, "1")));
    }

    @Test
    @DisplayName("[CLI-9] what the base missed may have come meanwhile")
    void given_a_stale_base_when_the_client_knows_a_newer_one_then_it_sends_again_at_once() {
        Change first = submitted(replica.edit(List.of(insert(5, "1")))).getFirst();
        replica.onChanges(List.of(server.others(insert(0, ">"))));
        assertThat(submitted(replica.onRefused(first.id(), ProblemType.STALE_BASE.with("old"))))
            .containsExactly(new Change(first.id(), 2, 1, List.of(insert(6, "1"))));
    }

    @Test
    @DisplayName("[CON-5] who is still behind the head of a heartbeat ago asks for what is missing, and again at the next")
    void given_heartbeats_then_a_client_that_stays_behind_asks() {
        assertThat(replica.onHead(3)).isEmpty();
        assertThat(replica.onHead(3)).containsExactly(new Effect.Resync(1));
        assertThat(replica.onHead(3)).containsExactly(new Effect.Resync(1));
        replica.onChanges(List.of(server.others(set(1)), server.others(set(2))));
        assertThat(replica.onHead(3)).isEmpty();
    }

    @Test
    @DisplayName("[CHG-5] known revisions are ignored, a gap is asked for")
    void given_revisions_out_of_order_then_the_client_asks_once() {
        CommittedChange second = server.others(set(1));
        CommittedChange third = server.others(set(2));
        assertThat(replica.onChanges(List.of(third))).containsExactly(new Effect.Resync(1));
        assertThat(replica.onChanges(List.of(third))).isEmpty();
        replica.onChanges(List.of(second, third));
        replica.onChanges(List.of(second));
        assertThat(replica.revision()).isEqualTo(3);
    }
}
