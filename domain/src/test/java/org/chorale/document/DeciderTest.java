package org.chorale.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.chorale.document.Note.Code.CYCLE;
import static org.chorale.document.Note.Code.EDIT_DELETED;
import static org.chorale.document.Note.Code.PARENT_DELETED;
import static org.chorale.document.Note.Code.REF_DELETED;
import static org.chorale.document.Note.Code.TYPE_MISMATCH;
import static org.chorale.document.Scene.add;
import static org.chorale.document.Scene.after;
import static org.chorale.document.Scene.bind;
import static org.chorale.document.Scene.create;
import static org.chorale.document.Scene.delete;
import static org.chorale.document.Scene.id;
import static org.chorale.document.Scene.move;
import static org.chorale.document.Scene.restore;
import static org.chorale.document.Scene.set;
import static org.chorale.document.Scene.unset;
import static org.chorale.document.Scene.vector;
import static org.chorale.operation.Position.Edge.FIRST;
import static org.chorale.operation.Position.Edge.LAST;

import java.util.List;
import java.util.Map;
import org.chorale.operation.ElementId;
import org.chorale.operation.Operation;
import org.chorale.operation.OrderKey;
import org.chorale.operation.Path;
import org.chorale.operation.Position;
import org.chorale.problem.CollaborationException;
import org.chorale.problem.ProblemType;
import org.chorale.value.Value;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DeciderTest {
    private final Scene scene = new Scene();

    @Nested
    class Changes {
        @Test
        @DisplayName("[SUB-3] a base above the head is refused")
        void given_a_base_above_the_head_then_revision_ahead() {
            assertThat(scene.submit(1, create("a"))).isInstanceOfSatisfying(Decision.Refused.class,
                refused -> assertThat(refused.problem().type()).isEqualTo(ProblemType.REVISION_AHEAD));
        }

        @Test
        @DisplayName("[SUB-3] seen lies between 0 and base")
        void given_seen_beyond_base_then_the_change_is_invalid() {
            var operations = List.of(create("a"));
            var id = new ChangeId("c", 1);
            assertThatThrownBy(() -> new Change(id, 1, 2, operations)).isInstanceOf(CollaborationException.class);
            assertThatThrownBy(() -> new Change(id, 1, -1, operations)).isInstanceOf(CollaborationException.class);
            assertThatThrownBy(() -> new Change(id, 1, 1, List.of())).isInstanceOf(CollaborationException.class);
        }

        @Test
        @DisplayName("[SUB-4] a change is committed whole or not at all")
        void given_a_bad_last_operation_then_nothing_of_the_change_happens() {
            scene.accept(create("a"));
            scene.refuse(ProblemType.UNKNOWN_ELEMENT, set("a", Path.of("x"), Value.of(1)), create("b"), delete("a"), move("nobody", "", LAST));
        }

        @Test
        @DisplayName("[SUB-6] a change that turned into nothing still takes a revision")
        void given_only_operations_without_effect_then_there_is_a_revision_without_operations() {
            scene.accept(create("a"));
            assertThat(scene.accept(restore("a")).effective()).isEmpty();
            assertThat(scene.document.revision()).isEqualTo(2);
        }

        @Test
        @DisplayName("[SUB-4] later operations of a change see the earlier ones")
        void given_a_create_and_a_child_in_one_change_then_both_exist() {
            scene.accept(create("a"), create("b", "a"), set("b", Path.of("x"), Value.of(1)));
            assertThat(scene.children("a")).containsExactly("b");
        }

        @Test
        @DisplayName("[DOC-7] too many operations are refused")
        void given_more_operations_than_allowed_then_limit_exceeded() {
            var small = new Scene(Scene.limits(1, 100, 2, 10, 100, 3));
            small.refuse(ProblemType.LIMIT_EXCEEDED, create("a"), create("b"));
        }
    }

    @Nested
    class Creating {
        @Test
        @DisplayName("[DOC-1] an id is used once, even after its element was deleted")
        void given_a_used_id_then_duplicate_id() {
            scene.accept(create("a"));
            scene.refuse(ProblemType.DUPLICATE_ID, create("a"));
            scene.accept(delete("a"));
            scene.refuse(ProblemType.DUPLICATE_ID, create("a"));
        }

        @Test
        @DisplayName("[OPS-1] the place among siblings follows the anchor")
        void given_anchors_then_siblings_stand_in_that_order() {
            scene.accept(create("a"), create("b"), create("c", "", FIRST), create("d", "", after("a")), create("e", "", after("elsewhere")));
            assertThat(scene.children("")).containsExactly("c", "a", "d", "b", "e");
        }

        @Test
        @DisplayName("[OPS-2] a dead parent is replaced by its nearest live ancestor")
        void given_a_deleted_parent_then_the_element_goes_to_the_nearest_live_ancestor() {
            scene.accept(create("a"), create("b", "a"), create("c", "b"), delete("b"));
            assertThat(scene.notesOf(create("d", "c"))).containsExactly(PARENT_DELETED);
            assertThat(scene.children("a")).containsExactly("d");
        }

        @Test
        @DisplayName("[OPS-2] a constraint on something deleted is created hidden, and shows when that is restored")
        void given_a_deleted_ref_then_the_constraint_is_hidden() {
            scene.accept(create("a"), create("b"), delete("a"));
            assertThat(scene.notesOf(bind("k", "a", "b"))).containsExactly(REF_DELETED);
            assertThat(scene.isLive("k")).isFalse();
            scene.accept(restore("a"));
            assertThat(scene.isLive("k")).isTrue();
        }

        @Test
        @DisplayName("[DOC-8] constraints bind elements, carry none and never bind each other")
        void given_constraints_where_none_may_be_then_invalid_operation() {
            scene.accept(create("a"), bind("k", "a"));
            scene.refuse(ProblemType.INVALID_OPERATION, bind("l", "k"));
            scene.refuse(ProblemType.INVALID_OPERATION, create("b", "k"));
            scene.refuse(ProblemType.INVALID_OPERATION, move("a", "k", LAST));
            scene.refuse(ProblemType.UNKNOWN_ELEMENT, bind("m", "m"));
        }

        @Test
        @DisplayName("[DOC-6] clients send no order keys")
        void given_an_order_key_from_a_client_then_invalid_operation() {
            var key = new Position.At(new OrderKey("a0"));
            scene.refuse(ProblemType.INVALID_OPERATION, create("a", "", key));
            scene.accept(create("a"));
            scene.refuse(ProblemType.INVALID_OPERATION, move("a", "", key));
        }

        @Test
        @DisplayName("[OPS-8] an unknown parent is refused")
        void given_an_unknown_parent_then_unknown_element() {
            scene.refuse(ProblemType.UNKNOWN_ELEMENT, create("a", "nobody"));
            scene.refuse(ProblemType.UNKNOWN_ELEMENT, create("a", "a"));
        }

        @Test
        @DisplayName("[DOC-7] a document and its tree have limits")
        void given_too_many_elements_or_levels_then_limit_exceeded() {
            var small = new Scene(Scene.limits(10, 100, 2, 10, 4, 2));
            small.accept(create("a"), create("b", "a"), create("c"));
            small.refuse(ProblemType.LIMIT_EXCEEDED, create("d", "b"));
            small.refuse(ProblemType.LIMIT_EXCEEDED, move("a", "c", LAST));
            small.accept(create("d"));
            small.refuse(ProblemType.LIMIT_EXCEEDED, create("e"));
        }
    }

    @Nested
    class Writing {
        @Test
        @DisplayName("[OPS-3] the last committed write wins")
        void given_two_writes_then_the_later_one_stands() {
            scene.accept(create("a"));
            scene.accept(set("a", Path.of("x"), Value.of(1)));
            scene.submit(1, set("a", Path.of("x"), Value.of("two")));
            assertThat(scene.prop("a", "x")).isEqualTo(Value.of("two"));
        }

        @Test
        @DisplayName("[OPS-3] components of vectors and structs are registers of their own")
        void given_writes_to_components_then_the_rest_stays() {
            scene.accept(create("a"), set("a", Path.of("v"), vector(1, 2, 3)),
                set("a", Path.of("s"), new Value.Struct(Map.of("k", Value.of(1)))));
            scene.accept(set("a", Path.of("v", 1), Value.of(9)), set("a", Path.of("s", "l"), Value.of(2)));
            assertThat(scene.prop("a", "v")).isEqualTo(vector(1, 9, 3));
            assertThat(scene.prop("a", "s")).isEqualTo(new Value.Struct(Map.of("k", Value.of(1), "l", Value.of(2))));
        }

        @Test
        @DisplayName("[OPS-3] a component that the property does not have: nothing happens, with a note")
        void given_a_component_of_something_else_then_type_mismatch() {
            scene.accept(create("a"), set("a", Path.of("v"), vector(1, 2)));
            assertThat(scene.notesOf(
                set("a", Path.of("v", 2), Value.of(1)),
                set("a", Path.of("v", "k"), Value.of(1)),
                set("a", Path.of("none", 0), Value.of(1)))).containsExactly(TYPE_MISMATCH, TYPE_MISMATCH, TYPE_MISMATCH);
        }

        @Test
        @DisplayName("[OPS-4] adds count from what is there at commit, and commute")
        void given_concurrent_adds_then_both_count() {
            scene.accept(create("a"), set("a", Path.of("n"), Value.of(1)), set("a", Path.of("v"), vector(1, 1)));
            scene.submit(1, add("a", Path.of("n"), Value.of(5)), add("a", Path.of("v"), vector(1, 2)));
            scene.submit(1, add("a", Path.of("n"), Value.of(-2)), add("a", Path.of("v", 0), Value.of(10)));
            assertThat(scene.prop("a", "n")).isEqualTo(Value.of(4));
            assertThat(scene.prop("a", "v")).isEqualTo(vector(12, 3));
        }

        @Test
        @DisplayName("[OPS-4] an add that does not fit: nothing happens, with a note")
        void given_adds_that_do_not_fit_then_type_mismatch() {
            scene.accept(create("a"), set("a", Path.of("t"), Value.of("text")), set("a", Path.of("v"), vector(1, 2)),
                set("a", Path.of("huge"), Value.of(Double.MAX_VALUE)));
            assertThat(scene.notesOf(
                add("a", Path.of("t"), Value.of(1)), add("a", Path.of("none"), Value.of(1)), add("a", Path.of("v"), vector(1)),
                add("a", Path.of("v"), Value.of(1)), add("a", Path.of("huge"), Value.of(Double.MAX_VALUE))))
                .hasSize(5).containsOnly(TYPE_MISMATCH);
        }

        @Test
        @DisplayName("[OPS-10] unset removes a property or a key; what is not there stays away")
        void given_an_unset_then_the_register_is_gone() {
            scene.accept(create("a"), set("a", Path.of("x"), Value.of(1)), set("a", Path.of("s"), new Value.Struct(Map.of("k", Value.of(1)))));
            scene.accept(unset("a", Path.of("x")), unset("a", Path.of("s", "k")));
            assertThat(scene.document.element(id("a")).orElseThrow().prop("x")).isEmpty();
            assertThat(scene.prop("a", "s")).isEqualTo(new Value.Struct(Map.of()));
            assertThat(scene.accept(unset("a", Path.of("x")), unset("a", Path.of("s", "k"))).effective()).isEmpty();
            assertThat(scene.notesOf(unset("a", Path.of("s", 0)))).containsExactly(TYPE_MISMATCH);
        }

        @Test
        @DisplayName("[DOC-4] values have limits of size and depth")
        void given_a_value_beyond_the_limits_then_limit_exceeded() {
            var small = new Scene(Scene.limits(10, 10, 1, 10, 10, 10));
            small.accept(create("a"), set("a", Path.of("s"), new Value.Struct(Map.of())));
            small.refuse(ProblemType.LIMIT_EXCEEDED, set("a", Path.of("x"), Value.of("longer than ten")));
            small.refuse(ProblemType.LIMIT_EXCEEDED, set("a", Path.of("x"), new Value.Array(List.of(vector(1)))));
            small.accept(set("a", Path.of("s", "k"), Value.of(1)));
            small.refuse(ProblemType.LIMIT_EXCEEDED, set("a", Path.of("s", "l"), Value.of(1)));
        }

        @Test
        @DisplayName("[OPS-7] a deleted element takes edits, which show once it is restored")
        void given_an_edit_of_a_deleted_element_then_it_is_kept() {
            scene.accept(create("a"), delete("a"));
            assertThat(scene.notesOf(set("a", Path.of("x"), Value.of(1)))).containsExactly(EDIT_DELETED);
            scene.accept(restore("a"));
            assertThat(scene.prop("a", "x")).isEqualTo(Value.of(1));
        }
    }

    @Nested
    class Arranging {
        @Test
        @DisplayName("[OPS-1] a move puts the element behind its anchor, wherever it was")
        void given_moves_among_siblings_then_the_order_follows() {
            scene.accept(create("a"), create("b"), create("c"));
            scene.accept(move("a", "", after("b")));
            assertThat(scene.children("")).containsExactly("b", "a", "c");
            scene.accept(move("a", "", after("b")));
            assertThat(scene.children("")).containsExactly("b", "a", "c");
            scene.accept(move("c", "", FIRST), move("b", "", LAST), move("a", "", after("a")));
            assertThat(scene.children("")).containsExactly("c", "b", "a");
        }

        @Test
        @DisplayName("[OPS-5] a move under one's own descendant does nothing, deleted ones included")
        void given_a_move_that_closes_a_cycle_then_nothing_happens() {
            scene.accept(create("a"), create("b", "a"), create("c", "b"));
            assertThat(scene.notesOf(move("a", "c", LAST), move("a", "a", LAST))).containsExactly(CYCLE, CYCLE);
            scene.accept(delete("b"));
            assertThat(scene.notesOf(move("a", "c", LAST))).containsExactly(CYCLE);
        }

        @Test
        @DisplayName("[OPS-5] a move under a dead parent does nothing")
        void given_a_move_under_a_dead_parent_then_nothing_happens() {
            scene.accept(create("a"), create("b"), delete("b"));
            assertThat(scene.notesOf(move("a", "b", LAST))).containsExactly(PARENT_DELETED);
            assertThat(scene.children("")).containsExactly("a");
        }

        @Test
        @DisplayName("[DOC-3] deleting hides the subtree, restoring shows it")
        void given_a_delete_then_what_hangs_below_hides_and_comes_back() {
            scene.accept(create("a"), create("b", "a"), create("c", "b"));
            scene.accept(delete("a"));
            assertThat(scene.isLive("c")).isFalse();
            scene.accept(restore("a"));
            assertThat(scene.isLive("c")).isTrue();
        }

        @Test
        @DisplayName("[OPS-6] deleting the deleted and restoring the existing do nothing")
        void given_a_flag_that_is_set_already_then_nothing_happens() {
            scene.accept(create("a"));
            assertThat(scene.accept(restore("a")).effective()).isEmpty();
            scene.accept(delete("a"));
            assertThat(scene.accept(delete("a")).effective()).isEmpty();
        }

        @Test
        @DisplayName("[OPS-6] restoring under a dead parent moves to the nearest live ancestor")
        void given_a_restore_under_a_dead_parent_then_the_element_moves_up() {
            scene.accept(create("a"), create("b", "a"), create("c", "b"), delete("c"), delete("b"));
            assertThat(scene.notesOf(restore("c"))).containsExactly(PARENT_DELETED);
            assertThat(scene.children("a")).containsExactly("c");
        }

        @Test
        @DisplayName("[OPS-9] a note names the submitted operation that it is about")
        void given_a_note_then_it_has_the_index_of_the_operation() {
            scene.accept(create("a"));
            assertThat(scene.accept(set("a", Path.of("x"), Value.of(1)), move("a", "a", LAST)).notes())
                .containsExactly(new Note(CYCLE, id("a"), 1));
        }

        @Test
        @DisplayName("[OPS-8] an element that never existed is refused")
        void given_an_unknown_element_then_it_is_refused() {
            for (Operation operation : List.of(set("x", Path.of("p"), Value.of(1)), add("x", Path.of("p"), Value.of(1)), unset("x", Path.of("p")),
                    move("x", "", LAST), delete("x"), restore("x"), set("", Path.of("p"), Value.of(1)))) {
                scene.refuse(ProblemType.UNKNOWN_ELEMENT, operation);
            }
        }
    }

    @Test
    @DisplayName("[DOC-1] element ids are checked where they are made")
    void given_text_that_is_no_id_then_it_is_refused() {
        for (String text : List.of("", "a b", "ä", "x".repeat(65), "../etc")) {
            assertThatThrownBy(() -> ElementId.of(text)).isInstanceOf(CollaborationException.class);
        }
    }

    @Test
    @DisplayName("[SUB-7] change ids are clientId:counter")
    void given_text_that_is_no_change_id_then_it_is_refused() {
        assertThat(ChangeId.parse("client-1:42")).isEqualTo(new ChangeId("client-1", 42));
        for (String text : List.of("", "c", "c:", ":1", "c:x", "c:-1", "c:01", "c c:1", "c:99999999999999999999", "x".repeat(96) + ":1")) {
            assertThatThrownBy(() -> ChangeId.parse(text)).as(text).isInstanceOf(CollaborationException.class);
        }
    }
}
