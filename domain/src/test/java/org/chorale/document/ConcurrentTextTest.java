package org.chorale.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chorale.document.Note.Code.EDIT_DELETED;
import static org.chorale.document.Scene.create;
import static org.chorale.document.Scene.delete;
import static org.chorale.document.Scene.edit;
import static org.chorale.document.Scene.set;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.chorale.conflict.Policies;
import org.chorale.operation.ElementId;
import org.chorale.operation.Operation;
import org.chorale.operation.Path;
import org.chorale.operation.Position;
import org.chorale.problem.ProblemType;
import org.chorale.text.TextEdit;
import org.chorale.value.Value;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Texts whose places others' edits shift. */
class ConcurrentTextTest {
    private final Scene scene = new Scene();
    private Scene.Person ana;
    private Scene.Person ben;

    @BeforeEach
    void a_text_and_two_people() {
        scene.accept(create("a"), edit("a", "t", TextEdit.insert(0, "hello")));
        ana = scene.person("ana");
        ben = scene.person("ben");
    }

    private String text() {
        return scene.document.element(Scene.id("a")).orElseThrow().text("t");
    }

    private static Operation insert(int at, String text) {
        return edit("a", "t", TextEdit.insert(at, text));
    }

    @Test
    @DisplayName("[DOC-9] a text is there without being created, and no other namespace")
    void given_an_element_then_each_of_its_texts_is_empty() {
        ana.accept(edit("a", "other", TextEdit.insert(0, "x")), set("a", Path.of("t"), Value.of(1)));
        assertThat(text()).isEqualTo("hello");
        assertThat(scene.document.element(Scene.id("a")).orElseThrow().text("other")).isEqualTo("x");
    }

    @Test
    @DisplayName("[OPS-11] an edit is shifted by what was committed after its base; the earlier committed goes left")
    void given_two_inserts_at_one_place_then_the_earlier_committed_stands_left() {
        ana.accept(insert(5, "A"));
        ben.accept(insert(5, "B"));
        assertThat(text()).isEqualTo("helloAB");
    }

    @Test
    @DisplayName("[TXT-8] stepwise: what was inserted and deleted again meanwhile leaves its trace")
    void given_an_insert_and_its_deletion_meanwhile_then_the_edit_is_transformed_over_each() {
        ana.accept(insert(2, "xyz"));
        ana.looks().accept(edit("a", "t", TextEdit.delete(0, 5)));
        ben.accept(insert(2, "B"));
        assertThat(text()).isEqualTo("Bllo");
    }

    @Test
    @DisplayName("[TXT-9] the second change of a frame counts what the first wrote")
    void given_a_frame_of_two_edits_then_others_edits_advance_over_the_first() {
        ana.accept(insert(2, "XX"));
        Frame frame = ben.frame();
        long base = ben.seen();
        ben.submit(frame, ben.change(base, insert(0, "12")));
        ben.submit(frame, ben.change(base, insert(3, "34")));
        assertThat(text()).isEqualTo("12h34eXXllo");
    }

    @Test
    @DisplayName("[TXT-9] two edits of one text in one change continue each other as well")
    void given_a_change_with_two_edits_then_the_second_counts_the_first() {
        ana.accept(insert(0, "XX"));
        ben.accept(insert(0, "12"), insert(2, "34"));
        assertThat(text()).isEqualTo("XX1234hello");
    }

    @Test
    @DisplayName("[TXT-9] a change that is known already is passed over, and what follows it still counts it")
    void given_a_resent_frame_then_history_advances_over_the_duplicate() {
        long base = ben.seen();
        Change first = ben.change(base, insert(5, " big"));
        Change second = ben.change(base, insert(9, " world"));
        ana.accept(insert(0, ">"));
        ben.submit(ben.frame(), first);
        ana.looks().accept(insert(1, ">"));

        Frame resent = ben.frame();
        resent.skip(first);
        ben.submit(resent, second);
        assertThat(text()).isEqualTo(">>hello big world");
    }

    @Test
    @DisplayName("[TXT-9] a change that comes twice in one frame is passed over once")
    void given_a_change_twice_in_a_frame_then_it_counts_once() {
        long base = ben.seen();
        ana.accept(insert(5, "_"));
        Change first = ben.change(base, edit("a", "t", TextEdit.delete(0, 2)));
        Frame frame = ben.frame();
        ben.submit(frame, first);
        frame.skip(first);
        ben.submit(frame, ben.change(base, insert(2, "X")));
        assertThat(text()).isEqualTo("llXo_");
    }

    @Test
    @DisplayName("[SUB-2][TXT-10] a known change never fails, whatever it holds when it is sent again")
    void given_a_known_change_with_other_content_then_it_is_passed_over() {
        long base = ben.seen();
        Change first = ben.change(base, insert(0, "1"));
        ben.submit(ben.frame(), first);
        ana.looks().accept(insert(0, ">"));
        var hostile = new Change(first.id(), base, base, List.of(
            edit("a", "t", TextEdit.of(new TextEdit.Step.Retain(Integer.MAX_VALUE - 1), new TextEdit.Step.Insert("x"))),
            edit("nobody", "t", TextEdit.insert(0, "x"))));
        ben.frame().skip(hostile);
        assertThat(text()).isEqualTo(">1hello");
    }

    @Test
    @DisplayName("[SUB-4] a refused change leaves no empty text behind")
    void given_a_refused_change_then_its_text_counts_for_no_limit() {
        var small = new Scene(new Limits(100, 100, 2, 100, 100, 10, 1, 2, 1, 16));
        small.accept(create("a"));
        small.refuse(ProblemType.UNKNOWN_ELEMENT, insert(0, "x"), delete("nobody"));
        small.accept(set("a", Path.of("x"), Value.of(1)));
    }

    @Test
    @DisplayName("[TXT-10] a base from before what is remembered: refused for that text only")
    void given_a_forgotten_base_then_only_the_changed_text_is_refused() {
        var document = new Document(3);
        var decider = new Decider(document, Limits.DEFAULT, Policies.DEFAULT);
        var author = new Author("u", "p");
        for (int i = 0; i < 6; i++) {
            List<Operation> operations = i == 0 ? List.of(create("a"), insert(0, "x"), edit("a", "still", TextEdit.insert(0, "s")))
                : List.of(insert(0, "x"));
            decider.decide(new Change(new ChangeId("c", i), i, i, operations), author, Instant.EPOCH);
            document.keep();
        }
        Decision stale = decider.decide(new Change(new ChangeId("d", 0), 2, 2, List.of(insert(0, "y"))), author, Instant.EPOCH);
        assertThat(((Decision.Refused) stale).problem().type()).isEqualTo(ProblemType.STALE_BASE);
        Decision fine = decider.decide(new Change(new ChangeId("d", 1), 2, 2, List.of(edit("a", "still", TextEdit.insert(1, "y")),
            set("a", Path.of("n"), Value.of(1)))), author, Instant.EPOCH);
        assertThat(fine).isInstanceOf(Decision.Accepted.class);
    }

    @Test
    @DisplayName("[SUB-1][TXT-10] what was taken back is forgotten by nobody")
    void given_a_text_edit_that_was_taken_back_then_old_bases_are_remembered_still() {
        var document = new Document(1);
        var decider = new Decider(document, Limits.DEFAULT, Policies.DEFAULT);
        var author = new Author("u", "p");
        decider.decide(new Change(new ChangeId("c", 0), 0, 0, List.of(create("a"), insert(0, "x"))), author, Instant.EPOCH);
        decider.decide(new Change(new ChangeId("c", 1), 1, 1, List.of(insert(0, "y"))), author, Instant.EPOCH);
        document.keep();
        decider.decide(new Change(new ChangeId("c", 2), 2, 2, List.of(insert(0, "z"))), author, Instant.EPOCH);
        document.rollback();
        assertThat(decider.decide(new Change(new ChangeId("d", 0), 1, 1, List.of(insert(0, "w"))), author, Instant.EPOCH))
            .isInstanceOf(Decision.Accepted.class);
    }

    @Test
    @DisplayName("[TXT-3][DOC-4] what cannot be placed, or would tear a character apart, is refused")
    void given_an_edit_that_does_not_fit_then_it_is_refused() {
        scene.accept(edit("a", "t", TextEdit.insert(0, "😀")));
        ana.looks().refused(ProblemType.INVALID_OPERATION, insert(8, "x"));
        ana.refused(ProblemType.INVALID_OPERATION, insert(1, "x"));
        ana.refused(ProblemType.INVALID_OPERATION, edit("a", "t", TextEdit.delete(1, 1)));
        var small = new Scene(Scene.limits(10, 100, 2, 4, 10, 3));
        small.accept(create("a"));
        small.refuse(ProblemType.LIMIT_EXCEEDED, insert(0, "hello"));
    }

    @Test
    @DisplayName("[OPS-7] editing the text of a deleted element is kept")
    void given_a_deleted_element_then_its_text_can_be_edited() {
        scene.accept(delete("a"));
        assertThat(ana.looks().notesOf(insert(0, "x"))).containsExactly(EDIT_DELETED);
        assertThat(text()).isEqualTo("xhello");
    }

    @Test
    @DisplayName("[TXT-9] a text that came with its element in the same frame can be edited at once")
    void given_a_create_and_an_edit_in_one_frame_then_both_happen() {
        var create = new Operation.Create(Scene.id("n"), "note", ElementId.ROOT, Position.Edge.LAST, Map.of(), Map.of("t", "ab"), List.of());
        Frame frame = ben.frame();
        long base = ben.seen();
        ben.submit(frame, ben.change(base, create));
        ben.submit(frame, ben.change(base, edit("n", "t", TextEdit.insert(1, "-"))));
        assertThat(scene.document.element(Scene.id("n")).orElseThrow().text("t")).isEqualTo("a-b");
    }
}
