package org.chorale.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chorale.document.Note.Code.CYCLE;
import static org.chorale.document.Note.Code.PARENT_DELETED;
import static org.chorale.document.Note.Code.UNDO_SKIPPED;
import static org.chorale.document.Scene.add;
import static org.chorale.document.Scene.append;
import static org.chorale.document.Scene.create;
import static org.chorale.document.Scene.delete;
import static org.chorale.document.Scene.edit;
import static org.chorale.document.Scene.member;
import static org.chorale.document.Scene.move;
import static org.chorale.document.Scene.restore;
import static org.chorale.document.Scene.retract;
import static org.chorale.document.Scene.set;
import static org.chorale.document.Scene.unset;
import static org.chorale.document.Scene.vector;
import static org.chorale.operation.Position.Edge.FIRST;
import static org.chorale.operation.Position.Edge.LAST;

import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.chorale.operation.Operation;
import org.chorale.operation.Path;
import org.chorale.text.TextEdit;
import org.chorale.value.Value;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UndoTest {
    private static final Path X = Path.of("x");

    private final Scene scene = new Scene();
    private Scene.Person ana;
    private Scene.Person ben;

    @BeforeEach
    void a_box_and_two_people() {
        scene.accept(create("a"), set("a", X, Value.of(1)), set("a", Path.of("v"), vector(1, 2, 3)),
            edit("a", "t", TextEdit.insert(0, "hello")));
        ana = scene.person("ana");
        ben = scene.person("ben");
    }

    private Value x() {
        return scene.prop("a", "x");
    }

    private String text() {
        return scene.document.element(Scene.id("a")).orElseThrow().text("t");
    }

    private static Operation x(double value) {
        return set("a", X, Value.of(value));
    }

    private static List<Note.Code> codes(Decision.Accepted done) {
        return done.notes().stream().map(Note::code).toList();
    }

    @Test
    @DisplayName("[UND-1] an undo brings the old value back, or none where there was none")
    void given_a_write_when_it_is_undone_then_the_register_is_as_before() {
        ana.undo(ana.accept(x(2), set("a", Path.of("new"), Value.of(1)), unset("a", Path.of("v"))));
        assertThat(x()).isEqualTo(Value.of(1));
        assertThat(scene.document.element(Scene.id("a")).orElseThrow().prop("new")).isEmpty();
        assertThat(scene.prop("a", "v")).isEqualTo(vector(1, 2, 3));
    }

    @Test
    @DisplayName("[UND-1][UND-8] an undo never overwrites somebody's later write, and says so")
    void given_a_later_write_then_the_undo_leaves_it() {
        Decision.Accepted done = ana.accept(x(2), set("a", Path.of("y"), Value.of(3)));
        ben.looks().accept(x(5));
        Decision.Accepted undo = ana.undo(done);
        assertThat(x()).isEqualTo(Value.of(5));
        assertThat(codes(undo)).containsExactly(UNDO_SKIPPED);
        assertThat(scene.document.element(Scene.id("a")).orElseThrow().prop("y")).isEmpty();
    }

    @Test
    @DisplayName("[UND-1] not even when the later value is the same")
    void given_a_later_write_of_the_same_value_then_the_undo_leaves_it() {
        Decision.Accepted done = ana.accept(x(2));
        ben.looks().accept(x(3));
        ben.accept(x(2));
        assertThat(codes(ana.undo(done))).containsExactly(UNDO_SKIPPED);
    }

    @Test
    @DisplayName("[UND-2] several levels, one after the other")
    void given_several_writes_when_all_are_undone_then_each_level_comes_back() {
        Decision.Accepted first = ana.accept(x(2));
        Decision.Accepted second = ana.accept(x(3));
        Decision.Accepted third = ana.accept(x(4));
        ana.undo(third);
        assertThat(x()).isEqualTo(Value.of(3));
        ana.undo(second);
        assertThat(x()).isEqualTo(Value.of(2));
        ana.undo(first);
        assertThat(x()).isEqualTo(Value.of(1));
    }

    @Test
    @DisplayName("[UND-2] when another takes their own write back, one's own can be undone again")
    void given_anothers_write_that_is_undone_then_ones_own_undo_applies() {
        Decision.Accepted own = ana.accept(x(2));
        Decision.Accepted others = ben.looks().accept(x(5));
        ben.undo(others);
        assertThat(codes(ana.undo(own))).isEmpty();
        assertThat(x()).isEqualTo(Value.of(1));
    }

    @Test
    @DisplayName("[UND-2] a whole over components: each level finds what it left")
    void given_component_writes_under_a_whole_write_then_all_levels_chain() {
        Decision.Accepted part = ana.accept(set("a", Path.of("v", 0), Value.of(9)));
        Decision.Accepted whole = ana.accept(set("a", Path.of("v"), vector(7, 7, 7)));
        Decision.Accepted undo = ana.undo(whole);
        assertThat(scene.prop("a", "v")).isEqualTo(vector(9, 2, 3));
        ana.undo(part);
        assertThat(scene.prop("a", "v")).isEqualTo(vector(1, 2, 3));
        assertThat(codes(ana.undo(undo))).containsExactly(UNDO_SKIPPED);
    }

    @Test
    @DisplayName("[UND-1] undoing a whole leaves another's later write of a component")
    void given_anothers_component_write_then_undoing_the_whole_leaves_it() {
        Decision.Accepted whole = ana.accept(set("a", Path.of("v"), vector(7, 7, 7)));
        ben.looks().accept(set("a", Path.of("v", 1), Value.of(0)));
        assertThat(codes(ana.undo(whole))).containsExactly(UNDO_SKIPPED);
        assertThat(scene.prop("a", "v")).isEqualTo(vector(7, 0, 7));
    }

    @Test
    @DisplayName("[UND-3] an add is undone exactly, or by its negative where others wrote since")
    void given_an_add_then_its_undo_is_exact_or_relative() {
        ana.undo(ana.accept(add("a", X, Value.of(0.1))));
        assertThat(x()).isEqualTo(Value.of(1));
        Decision.Accepted own = ana.accept(add("a", X, Value.of(10)));
        ben.looks().accept(add("a", X, Value.of(5)));
        Decision.Accepted undo = ana.undo(own);
        assertThat(x()).isEqualTo(Value.of(6));
        ana.undo(undo);
        assertThat(x()).isEqualTo(Value.of(16));
    }

    @Test
    @DisplayName("[UND-4] a text edit is undone where its words are now")
    void given_later_edits_then_only_ones_own_words_are_taken_back() {
        Decision.Accepted own = ana.accept(edit("a", "t", TextEdit.insert(5, " world")));
        ben.looks().accept(edit("a", "t", TextEdit.insert(0, ">> ")));
        ben.looks().accept(edit("a", "t", TextEdit.insert(11, "?")));
        assertThat(text()).isEqualTo(">> hello wo?rld");
        Decision.Accepted undo = ana.undo(own);
        assertThat(text()).isEqualTo(">> hello?");
        ana.undo(undo);
        assertThat(text()).isEqualTo(">> hello wo?rld");
    }

    @Test
    @DisplayName("[UND-4] several edits of one text in one change are undone together, across what came since")
    void given_a_change_with_two_edits_of_a_text_then_its_undo_takes_both_back() {
        Decision.Accepted own = ana.accept(edit("a", "t", TextEdit.insert(0, "12")), edit("a", "t", TextEdit.insert(0, "X")));
        ben.looks().accept(edit("a", "t", TextEdit.insert(2, "-")));
        assertThat(text()).isEqualTo("X1-2hello");
        Decision.Accepted undo = ana.undo(own);
        assertThat(text()).isEqualTo("-hello");
        ana.undo(undo);
        assertThat(text()).isEqualTo("X1-2hello");
    }

    @Test
    @DisplayName("[UND-4][UND-8] what another deleted cannot be taken back again")
    void given_words_that_another_deleted_then_there_is_nothing_to_undo() {
        Decision.Accepted own = ana.accept(edit("a", "t", TextEdit.insert(5, "!")));
        ben.looks().accept(edit("a", "t", TextEdit.delete(5, 1)));
        assertThat(codes(ana.undo(own))).containsExactly(UNDO_SKIPPED);
    }

    @Test
    @DisplayName("[UND-5] a created element goes, and comes back by redo")
    void given_a_create_then_undo_deletes_and_redo_restores() {
        Decision.Accepted undo = ana.undo(ana.accept(create("b")));
        assertThat(scene.isLive("b")).isFalse();
        ana.undo(undo);
        assertThat(scene.isLive("b")).isTrue();
    }

    @Test
    @DisplayName("[UND-5] an undo never resurrects what another deleted")
    void given_anothers_delete_then_ones_own_undo_does_not_restore() {
        Decision.Accepted own = ana.accept(delete("a"));
        ben.looks().accept(restore("a"));
        ben.accept(delete("a"));
        assertThat(codes(ana.undo(own))).containsExactly(UNDO_SKIPPED);
        assertThat(scene.isLive("a")).isFalse();
    }

    @Test
    @DisplayName("[UND-5] a restored element rises to its nearest live ancestor")
    void given_a_deleted_parent_then_the_undone_delete_puts_the_element_higher() {
        scene.accept(create("g"), create("c", "g"));
        Decision.Accepted own = ana.looks().accept(delete("c"));
        ben.looks().accept(delete("g"));
        assertThat(codes(ana.undo(own))).contains(PARENT_DELETED);
        assertThat(scene.isLive("c")).isTrue();
    }

    @Test
    @DisplayName("[UND-5] a parent and its child that were deleted together come back together, whichever went first")
    void given_a_change_that_deletes_parent_and_child_then_its_undo_restores_both_in_place() {
        scene.accept(create("g"), create("c", "g"));
        ana.looks().undo(ana.accept(delete("g"), delete("c")));
        assertThat(scene.children("g")).containsExactly("c");
        ana.undo(ana.accept(delete("c"), delete("g")));
        assertThat(scene.children("g")).containsExactly("c");
    }

    @Test
    @DisplayName("[UND-5] a move goes back to its place; not under itself, not under the dead")
    void given_a_move_then_its_undo_respects_the_tree() {
        scene.accept(create("g"), create("h"), create("c", "g"));
        ana.looks().undo(ana.accept(move("c", "h", FIRST)));
        assertThat(scene.children("g")).containsExactly("c");

        Decision.Accepted out = ana.accept(move("c", "", LAST));
        ben.looks().accept(move("g", "c", LAST));
        assertThat(codes(ana.undo(out))).containsExactly(CYCLE);
        ben.accept(move("g", "", LAST), delete("g"));
        assertThat(codes(ana.undo(out))).containsExactly(PARENT_DELETED);
    }

    @Test
    @DisplayName("[UND-5] the old place may be taken by now")
    void given_an_element_at_the_old_place_then_the_undone_one_stands_next_to_it() {
        scene.accept(create("p"), create("one", "p"), create("two", "p"));
        Decision.Accepted out = ana.looks().accept(move("two", "", LAST));
        ben.looks().accept(create("three", "p"));
        ana.undo(out);
        assertThat(scene.children("p")).containsExactly("one", "three", "two");
    }

    @Test
    @DisplayName("[UND-5][UND-8] what comes back is seen: nothing is told")
    void given_a_delete_then_its_undo_has_no_notes() {
        assertThat(codes(ana.undo(ana.accept(delete("a"))))).isEmpty();
    }

    @Test
    @DisplayName("[UND-5][OPS-16] where keys were given anew since, the element goes back behind its old neighbour")
    void given_a_rebalance_after_a_move_then_its_undo_finds_the_old_neighbour() {
        scene.accept(create("p"), create("one", "p"), create("two", "p"), create("last", "p"));
        Decision.Accepted out = ana.looks().accept(move("two", "", LAST));
        for (int i = 0; i < 300; i++) {
            ben.looks().accept(create("n" + i, "p", FIRST), move("n" + i, "p", Scene.after("one")));
        }
        assertThat(scene.log).anyMatch(change -> change.id().isSystem());
        ana.undo(out);
        List<String> children = scene.children("p");
        assertThat(children.indexOf("two")).isGreaterThan(children.indexOf("one")).isLessThan(children.indexOf("last"));
    }

    @Test
    @DisplayName("[UND-6] items and members")
    void given_lists_and_sets_then_undo_and_redo_chain() {
        Decision.Accepted appended = ana.accept(append("a", "l", "i1", "i2"), member("a", "s", "m", true));
        Decision.Accepted retracted = ana.accept(retract("a", "l", "i1", true));
        ana.undo(retracted);
        assertThat(scene.document.element(Scene.id("a")).orElseThrow().item("l", "i1").orElseThrow().retracted()).isFalse();
        Decision.Accepted undo = ana.undo(appended);
        assertThat(scene.document.element(Scene.id("a")).orElseThrow().list("l")).allMatch(ItemCell::retracted);
        assertThat(scene.document.element(Scene.id("a")).orElseThrow().set("s").get("m").on()).isFalse();
        ana.undo(undo);
        assertThat(scene.document.element(Scene.id("a")).orElseThrow().list("l")).noneMatch(ItemCell::retracted);
        assertThat(scene.document.element(Scene.id("a")).orElseThrow().set("s").get("m").on()).isTrue();
    }

    @Test
    @DisplayName("[UND-6] another's later word about an item or a member stays")
    void given_anothers_later_flag_then_the_undo_leaves_it() {
        Decision.Accepted own = ana.accept(append("a", "l", "i"), member("a", "s", "m", true));
        ben.looks().accept(retract("a", "l", "i", true), member("a", "s", "m", false), member("a", "s", "m", true));
        ben.accept(retract("a", "l", "i", false));
        assertThat(codes(ana.undo(own))).containsExactly(UNDO_SKIPPED, UNDO_SKIPPED);
    }

    @Test
    @DisplayName("[UND-7] redo is the undo of the undo, again and again")
    void given_undo_and_redo_in_turns_then_the_value_goes_to_and_fro() {
        Decision.Accepted step = ana.accept(x(2));
        for (int i = 0; i < 4; i++) {
            step = ana.undo(step);
            assertThat(x()).isEqualTo(Value.of(i % 2 == 0 ? 1 : 2));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("[UND-1][UND-4] applying and then undoing, with nobody in between, changes nothing that people see")
    void given_any_change_when_it_is_undone_at_once_then_the_live_document_is_as_before(long seed) {
        var random = new Random(seed);
        Scene history = DocumentPropertiesTest.history(seed);
        Scene.Person person = history.person("undoer");
        for (int i = 0; i < 20; i++) {
            String before = DocumentPropertiesTest.visible(history.document);
            if (person.looks().submit(DocumentPropertiesTest.operations(random)) instanceof Decision.Accepted done) {
                Decision.Accepted undo = person.undo(done);
                // What was taken out from under something deleted does not go back there: it stays seen, and the note says so.
                if (undo.notes().stream().noneMatch(note -> note.code() == PARENT_DELETED)) {
                    assertThat(DocumentPropertiesTest.visible(history.document)).isEqualTo(before);
                }
            }
        }
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.rangeClosed(1, 20), new Random().longs(80));
    }
}
