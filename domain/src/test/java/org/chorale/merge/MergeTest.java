package org.chorale.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.chorale.merge.Line.create;
import static org.chorale.merge.Line.delete;
import static org.chorale.merge.Line.first;
import static org.chorale.merge.Line.move;
import static org.chorale.merge.Line.set;
import static org.chorale.merge.Line.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.chorale.document.CommittedChange.Kind;
import org.chorale.document.Document;
import org.chorale.document.DocumentForm;
import org.chorale.merge.MergeConflict.Reason;
import org.chorale.merge.Resolution.Choice;
import org.chorale.operation.ElementId;
import org.chorale.operation.ListItem;
import org.chorale.operation.Operation;
import org.chorale.operation.Path;
import org.chorale.operation.Position;
import org.chorale.problem.CollaborationException;
import org.chorale.text.TextEdit;
import org.chorale.value.Value;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MergeTest {
    private static final ElementId A = new ElementId("a");

    private Line base;
    private Line ours;
    private Line theirs;

    @BeforeEach
    void two_branches_of_one_document() {
        base = new Line().edit(create("g", ""), create("h", ""), create("a", "g"), create("b", "g"), create("c", "g"));
        base.edit(set("a", "v", vector(1, 2, 3)));
        ours = base.fork();
        theirs = base.fork();
    }

    private Merge.Result merge(Resolution... resolutions) {
        return Merge.of(base.document, ours.document, theirs.document, Arrays.asList(resolutions));
    }

    /** Merges without a conflict and commits the result. */
    private void merged() {
        Merge.Result result = merge();
        assertThat(result.conflicts()).isEmpty();
        if (!result.operations().isEmpty()) {
            ours.commit(result.operations(), Kind.MERGE);
        }
    }

    private MergeConflict conflict() {
        assertThat(merge().conflicts()).hasSize(1);
        return merge().conflicts().getFirst();
    }

    private void resolve(Resolution resolution) {
        Merge.Result result = merge(resolution);
        assertThat(result.conflicts()).isEmpty();
        if (!result.operations().isEmpty()) {
            ours.commit(result.operations(), Kind.MERGE);
        }
    }

    @Nested
    class Cells {
        @Test
        @DisplayName("[MRG-1] what one side changed is taken, what the other changed stays")
        void given_changes_on_one_side_each_then_all_of_them_are_there() {
            ours.edit(set("b", "n", 1));
            theirs.edit(set("a", "n", 2), set("a", "new", 3), new Operation.UnsetProperty(A, Path.of("v")));
            merged();
            assertThat(ours.element("b").prop("n")).contains(Value.of(1));
            assertThat(ours.element("a").prop("n")).contains(Value.of(2));
            assertThat(ours.element("a").prop("new")).contains(Value.of(3));
            assertThat(ours.element("a").prop("v")).isEmpty();
        }

        @Test
        @DisplayName("[MRG-1] equal changes need no operation")
        void given_equal_changes_then_nothing_is_to_be_done() {
            ours.edit(set("a", "n", 2));
            theirs.edit(set("a", "n", 2));
            assertThat(merge()).isEqualTo(new Merge.Result(List.of(), List.of(), List.of()));
        }

        @Test
        @DisplayName("[MRG-1] equal changes of a text are made once")
        void given_the_same_words_on_both_sides_then_they_are_there_once() {
            ours.edit(text("a", TextEdit.insert(5, " world")));
            theirs.edit(text("a", TextEdit.insert(5, " world")));
            assertThat(merge()).isEqualTo(new Merge.Result(List.of(), List.of(), List.of()));
        }

        @Test
        @DisplayName("[MRG-2] different components of a vector are blended")
        void given_disjoint_components_then_both_are_there() {
            ours.edit(set("a", "v", vector(9, 2, 3)));
            theirs.edit(set("a", "v", vector(1, 2, 8)));
            merged();
            assertThat(ours.element("a").prop("v")).contains(vector(9, 2, 8));
        }

        @Test
        @DisplayName("[MRG-3] what both changed waits for a choice, and each choice has its value")
        void given_both_changed_then_the_chosen_value_is_written() {
            ours.edit(set("a", "n", 2));
            theirs.edit(set("a", "n", 4));
            assertThat(conflict()).isEqualTo(new MergeConflict(new CellId.Property(A, "n"), Reason.BOTH_CHANGED, Optional.of(Value.of(0)),
                Optional.of(Value.of(2)), Optional.of(Value.of(4))));
            assertThat(merge().operations()).isEmpty();
            assertThat(merge(Resolution.of(conflict(), Choice.OURS)).operations()).isEmpty();
            for (var choice : List.of(Resolution.of(conflict(), Choice.THEIRS), Resolution.of(conflict(), Choice.AVERAGE),
                    Resolution.of(conflict(), Value.of(7)))) {
                Line copy = ours.fork();
                copy.commit(Merge.of(base.document, copy.document, theirs.document, List.of(choice)).operations(), Kind.MERGE);
                double expected = choice.choice() == Choice.THEIRS ? 4 : choice.choice() == Choice.AVERAGE ? 3 : 7;
                assertThat(copy.element("a").prop("n")).contains(Value.of(expected));
            }
        }

        @Test
        @DisplayName("[MRG-4] a choice lapses when one of its values changes")
        void given_a_choice_for_other_values_then_the_conflict_is_open_again() {
            ours.edit(set("a", "n", 2));
            theirs.edit(set("a", "n", 4));
            Resolution choice = Resolution.of(conflict(), Choice.THEIRS);
            ours.edit(set("a", "n", 3));
            assertThat(merge(choice).conflicts()).hasSize(1);
        }

        @Test
        @DisplayName("[MRG-3] a mean is for numbers")
        void given_words_then_average_is_refused() {
            ours.edit(set("a", "n", Value.of("two")));
            theirs.edit(set("a", "n", Value.of("four")));
            Resolution choice = Resolution.of(conflict(), Choice.AVERAGE);
            assertThatThrownBy(() -> merge(choice)).isInstanceOf(CollaborationException.class);
        }

        @Test
        @DisplayName("[MRG-5] both sides' words are kept")
        void given_texts_that_both_changed_then_all_words_are_there() {
            ours.edit(text("a", TextEdit.insert(0, "> ")));
            theirs.edit(text("a", TextEdit.insert(5, " world")), text("a", TextEdit.delete(0, 1)));
            merged();
            assertThat(ours.element("a").text("t")).isEqualTo("> ello world");
        }

        @Test
        @DisplayName("[MRG-6] lists are joined by their items' ids, sets by their members")
        void given_lists_and_sets_then_they_are_joined() {
            base.edit(append("i0"), new Operation.SetMember(A, "s", "m", true));
            ours = base.fork();
            theirs = base.fork();
            ours.edit(append("i1"), new Operation.SetMember(A, "s", "ours", true));
            theirs.edit(append("i2"), append("i3"), new Operation.Retract(A, "l", "i0", true), new Operation.SetMember(A, "s", "m", false),
                new Operation.SetMember(A, "s", "theirs", true));
            merged();
            assertThat(ours.element("a").list("l")).filteredOn(item -> !item.retracted()).extracting(item -> item.id())
                .containsExactly("i1", "i2", "i3");
            assertThat(ours.element("a").set("s").get("m").on()).isFalse();
            assertThat(ours.element("a").set("s").get("ours").on()).isTrue();
            assertThat(ours.element("a").set("s").get("theirs").on()).isTrue();
        }

        private Operation append(String id) {
            return new Operation.Append(A, "l", List.of(new ListItem(id, Value.of(id))));
        }
    }

    @Nested
    class Structure {
        @Test
        @DisplayName("[MRG-7] created elements come with all that they hold, at their place")
        void given_created_elements_then_they_are_there_in_order() {
            ours.edit(create("mine", "g"));
            theirs.edit(create("n", "g"), create("m", "n"), first("n", "g"), set("m", "n", 5));
            merged();
            assertThat(ours.children("g")).containsExactly("n", "a", "b", "c", "mine");
            assertThat(ours.element("m").prop("n")).contains(Value.of(5));
            assertThat(ours.element("m").text("t")).isEqualTo("hello");
        }

        @Test
        @DisplayName("[MRG-7] a place is taken over, and the order among siblings")
        void given_moves_then_they_are_made() {
            theirs.edit(move("a", "h"), first("c", "g"));
            merged();
            assertThat(ours.children("h")).containsExactly("a");
            assertThat(ours.children("g")).containsExactly("c", "b");
        }

        @Test
        @DisplayName("[MRG-7] a constraint may stand before what it binds")
        void given_a_constraint_before_its_element_then_both_are_created_in_order() {
            theirs.edit(create("x", "h"), bind("k", "h", "x"), create("y", "h"));
            merged();
            assertThat(ours.children("h")).containsExactly("k", "x", "y");
        }

        @Test
        @DisplayName("[MRG-8] moved to different parents by both: somebody chooses")
        void given_both_moved_then_a_choice_is_needed() {
            ours.edit(move("a", "b"));
            theirs.edit(move("a", "h"));
            assertThat(conflict().reason()).isEqualTo(Reason.BOTH_MOVED);
            resolve(Resolution.of(conflict(), Choice.THEIRS));
            assertThat(ours.children("h")).containsExactly("a");
        }

        @Test
        @DisplayName("[MRG-8] a new order among siblings does not matter for what the other side moved away")
        void given_a_reordered_and_a_moved_element_then_the_move_stays() {
            ours.edit(move("c", "h"));
            theirs.edit(first("c", "g"));
            merged();
            assertThat(ours.children("h")).containsExactly("c");
        }

        @Test
        @DisplayName("[MRG-9] deleted by them, edited by us: somebody chooses; an edit below counts")
        void given_their_delete_and_our_edit_below_then_a_choice_is_needed() {
            ours.edit(set("a", "n", 1));
            theirs.edit(delete("g"));
            assertThat(conflict().reason()).isEqualTo(Reason.DELETED_AND_EDITED);
            assertThat(merge(Resolution.of(conflict(), Choice.OURS)).operations()).isEmpty();
            resolve(Resolution.of(conflict(), Choice.THEIRS));
            assertThat(ours.children("")).containsExactly("h");
        }

        @Test
        @DisplayName("[MRG-9] deleted by us, edited by them: their edits are taken, and the choice is whether they are seen")
        void given_our_delete_and_their_edit_then_a_choice_is_needed() {
            ours.edit(delete("a"));
            theirs.edit(set("a", "n", 1));
            assertThat(conflict().reason()).isEqualTo(Reason.DELETED_AND_EDITED);
            resolve(Resolution.of(conflict(), Choice.THEIRS));
            assertThat(ours.children("g")).containsExactly("a", "b", "c");
            assertThat(ours.element("a").prop("n")).contains(Value.of(1));
        }

        @Test
        @DisplayName("[MRG-9] deleted by both, or by one that nobody else touched: no conflict")
        void given_deletes_without_edits_then_they_are_taken() {
            ours.edit(delete("a"));
            theirs.edit(delete("a"), delete("b"));
            merged();
            assertThat(ours.children("g")).containsExactly("c");
        }

        @Test
        @DisplayName("[MRG-9] what they put below something deleted is as hidden here")
        void given_a_new_element_below_what_both_deleted_then_nobody_sees_it() {
            ours.edit(delete("g"));
            theirs.edit(create("n", "g"), move("h", "g"), delete("g"));
            merged();
            assertThat(ours.children("")).isEmpty();
            assertThat(ours.element("n").parent()).isEqualTo(ours.element("h").parent()).isEqualTo(new ElementId("g"));
        }

        @Test
        @DisplayName("[MRG-10] places that close a cycle together: somebody chooses")
        void given_moves_that_close_a_cycle_then_a_choice_is_needed() {
            ours.edit(move("a", "b"));
            theirs.edit(move("b", "a"));
            assertThat(conflict().reason()).isEqualTo(Reason.CYCLE);
            assertThat(merge(Resolution.of(conflict(), Choice.OURS)).operations()).isEmpty();
            resolve(Resolution.of(conflict(), Choice.THEIRS));
            assertThat(ours.children("a")).containsExactly("b");
            assertThat(ours.children("g")).contains("a");
        }

        @Test
        @DisplayName("[MRG-10] their place takes no more of their places than it needs")
        void given_a_cycle_over_what_only_we_moved_then_the_rest_stays_where_we_put_it() {
            base.edit(create("x", ""), create("q", ""), create("z", ""), create("y", "z"), create("w", ""));
            ours = base.fork().edit(move("y", "x"), move("q", "y"), move("z", "y"));
            theirs = base.fork().edit(move("x", "q"), move("w", "y"));
            assertThat(conflict().reason()).isEqualTo(Reason.CYCLE);
            resolve(Resolution.of(conflict(), Choice.THEIRS));
            assertThat(ours.children("q")).containsExactly("x");
            assertThat(ours.children("x")).containsExactly("y");
            assertThat(ours.children("y")).containsExactly("w", "z");
        }

        @Test
        @DisplayName("[MRG-11] the order keys of a merge are nobody's edits")
        void given_a_merged_element_when_they_delete_it_then_nobody_is_asked() {
            ours.edit(create("mine", "g"));
            theirs.edit(create("n", "g"));
            merged();
            base = theirs.fork();
            theirs.edit(delete("n"));
            merged();
            assertThat(ours.children("g")).containsExactly("a", "b", "c", "mine");
        }

        @Test
        @DisplayName("[MRG-11] merging again from the last merged revision asks nothing again")
        void given_a_merge_when_both_go_on_then_the_base_has_advanced() {
            ours.edit(set("a", "n", 2));
            theirs.edit(set("a", "n", 4));
            resolve(Resolution.of(conflict(), Choice.OURS));
            base = theirs.fork();
            theirs.edit(set("b", "n", 1));
            merged();
            assertThat(ours.element("a").prop("n")).contains(Value.of(2));
            assertThat(ours.element("b").prop("n")).contains(Value.of(1));
        }

        @Test
        @DisplayName("[MRG-12] a merge is undone like any edit")
        void given_a_merge_when_it_is_undone_then_all_that_it_brought_is_gone() {
            theirs.edit(create("n", "g"), set("a", "n", 4), delete("b"), text("c", TextEdit.insert(0, "x")));
            Document before = ours.fork().document;
            ours.undo(ours.commit(merge().operations(), Kind.MERGE));
            assertThat(ours.children("g")).containsExactly("a", "b", "c");
            assertThat(Diff.between(before, ours.document)).allMatch(difference -> difference.cell().element().value().equals("n"));
        }
    }

    @Nested
    class OtherUses {
        @Test
        @DisplayName("[MRG-13] a revert makes the document what it was")
        void given_an_old_revision_when_our_document_is_reverted_then_it_is_as_then() {
            ours.edit(set("a", "n", 2), create("n", "a"), delete("b"), move("c", "h"), text("a", TextEdit.delete(0, 5)));
            ours.commit(Merge.revert(ours.document, base.document), Kind.REVERT);
            assertThat(ours.children("g")).containsExactly("a", "b", "c");
            assertThat(ours.children("a")).isEmpty();
            assertThat(ours.element("a").prop("n")).contains(Value.of(0));
            assertThat(ours.element("a").text("t")).isEqualTo("hello");
        }

        @Test
        @DisplayName("[VER-4] a revert of some elements leaves what was done to the others, and brings back what was deleted")
        void given_two_that_were_edited_when_one_is_reverted_then_the_other_stays() {
            ours.edit(set("a", "n", 1), set("b", "n", 2), move("c", "h"), delete("c"));
            ours.commit(Merge.revert(ours.document, base.document, id -> id.equals(A)), Kind.REVERT);
            assertThat(ours.element("a").prop("n")).contains(Value.of(0));
            assertThat(ours.element("b").prop("n")).contains(Value.of(2));
            ours.commit(Merge.revert(ours.document, base.document, id -> id.equals(new ElementId("c"))), Kind.REVERT);
            assertThat(ours.children("g")).containsExactly("a", "b", "c");
            assertThat(Merge.revert(ours.document, base.document, id -> id.equals(A))).isEmpty();
        }

        @Test
        @DisplayName("[VER-3] who wrote what is there: properties, texts, places, deletions")
        void given_writes_then_each_cell_tells_its_newest_one() {
            ours.edit(set("a", "n", 1)).edit(text("a", TextEdit.insert(0, "x"))).edit(move("a", "h")).edit(delete("a"));
            assertThat(List.of(new CellId.Property(A, "n"), new CellId.Text(A, "t"), new CellId.Place(A), new CellId.Deleted(A)))
                .extracting(cell -> Authorship.of(ours.document, cell).orElseThrow().revision()).containsExactly(3L, 4L, 5L, 6L);
            assertThat(Authorship.of(ours.document, new CellId.Property(A, "unwritten"))).isEmpty();
            assertThat(Authorship.of(ours.document, new CellId.Deleted(new ElementId("nobody")))).isEmpty();
        }

        @Test
        @DisplayName("[MRG-13] a revert hides what was hidden")
        void given_an_element_that_left_a_deleted_one_when_reverted_then_it_is_back_in_there() {
            base.edit(delete("g"));
            ours = base.fork().edit(move("a", "h"));
            ours.commit(Merge.revert(ours.document, base.document), Kind.REVERT);
            assertThat(ours.children("h")).isEmpty();
            assertThat(ours.element("a").parent()).isEqualTo(new ElementId("g"));
            assertThat(ours.children("")).containsExactly("h");
        }

        @Test
        @DisplayName("[MRG-14] a cherry-pick brings one change alone")
        void given_three_changes_when_the_second_is_picked_then_it_alone_is_there() {
            theirs.edit(set("a", "n", 1)).edit(set("b", "n", 2)).edit(set("c", "n", 3));
            Document before = theirs.at(3).document;
            Document after = theirs.at(4).document;
            ours.commit(Merge.of(before, ours.document, after, List.of()).operations(), Kind.MERGE);
            assertThat(ours.element("a").prop("n")).contains(Value.of(0));
            assertThat(ours.element("b").prop("n")).contains(Value.of(2));
            assertThat(ours.element("c").prop("n")).contains(Value.of(0));
        }

        @Test
        @DisplayName("[MRG-14] picking an edit of what we do not have: somebody chooses")
        void given_an_edit_of_a_missing_element_then_a_choice_is_needed() {
            theirs.edit(create("n", "g")).edit(set("n", "n", 2));
            Document before = theirs.at(3).document;
            MergeConflict missing = Merge.of(before, ours.document, theirs.document, List.of()).conflicts().getFirst();
            assertThat(missing.reason()).isEqualTo(Reason.MISSING);
            ours.commit(Merge.of(before, ours.document, theirs.document, List.of(Resolution.of(missing, Choice.THEIRS))).operations(),
                Kind.MERGE);
            assertThat(ours.element("n").prop("n")).contains(Value.of(2));
        }

        @Test
        @DisplayName("[MRG-14] a new constraint on what we do not have: somebody chooses whether both come")
        void given_a_constraint_on_a_missing_element_then_it_comes_with_it_or_not_at_all() {
            theirs.edit(create("n", "g")).edit(bind("k", "h", "n"));
            Document before = theirs.at(3).document;
            MergeConflict missing = Merge.of(before, ours.document, theirs.document, List.of()).conflicts().getFirst();
            assertThat(missing.cell()).isEqualTo(new CellId.Existence(new ElementId("n")));
            assertThat(Merge.of(before, ours.document, theirs.document, List.of(Resolution.of(missing, Choice.OURS))).operations()).isEmpty();
            ours.commit(Merge.of(before, ours.document, theirs.document, List.of(Resolution.of(missing, Choice.THEIRS))).operations(),
                Kind.MERGE);
            assertThat(ours.children("g")).containsExactly("a", "b", "c", "n");
            assertThat(ours.children("h")).containsExactly("k");
        }

        @Test
        @DisplayName("[MRG-14] moved or made below what we do not have: somebody chooses whether that comes")
        void given_a_missing_parent_then_what_moved_stays_and_what_is_new_goes_to_the_top() {
            theirs.edit(create("n", "g")).edit(move("a", "n"), create("x", "n"), create("y", "n"));
            Document before = theirs.at(3).document;
            MergeConflict missing = Merge.of(before, ours.document, theirs.document, List.of()).conflicts().getFirst();
            Line without = ours.fork();
            without.commit(Merge.of(before, ours.document, theirs.document, List.of(Resolution.of(missing, Choice.OURS))).operations(),
                Kind.MERGE);
            assertThat(without.children("g")).containsExactly("a", "b", "c");
            assertThat(without.children("")).containsExactly("x", "y", "g", "h");
            ours.commit(Merge.of(before, ours.document, theirs.document, List.of(Resolution.of(missing, Choice.THEIRS))).operations(),
                Kind.MERGE);
            assertThat(ours.children("n")).containsExactly("a", "x", "y");
        }

        @Test
        @DisplayName("[MRG-14] what was picked before and is picked again: both have made it")
        void given_a_change_that_was_picked_when_it_is_picked_again_then_both_places_are_somebodys() {
            theirs.edit(create("n", "g"));
            ours.commit(merge().operations(), Kind.MERGE);
            assertThat(merge()).isEqualTo(new Merge.Result(List.of(), List.of(), List.of()));
            ours.edit(move("n", "h"));
            assertThat(conflict().reason()).isEqualTo(Reason.BOTH_MOVED);
            ours.edit(move("n", "g"), delete("n"));
            assertThat(conflict()).isEqualTo(new MergeConflict(new CellId.Deleted(new ElementId("n")), Reason.DELETED_AND_EDITED,
                bool(false), bool(true), bool(false)));
        }

        @Test
        @DisplayName("[MRG-15] a diff tells each cell with its value before and after")
        void given_two_revisions_then_the_diff_lists_what_differs() {
            ours.edit(set("a", "n", 2), delete("b"));
            assertThat(Diff.between(base.document, ours.document)).containsExactly(
                new Difference(new CellId.Property(A, "n"), Optional.of(Value.of(0)), Optional.of(Value.of(2))),
                new Difference(new CellId.Deleted(new ElementId("b")), Optional.of(new Value.Bool(false)), Optional.of(new Value.Bool(true))));
        }

        @Test
        @DisplayName("[MRG-15] an element's cells come by kind and name, new ones among the others")
        void given_new_and_changed_cells_then_they_come_by_kind_and_name() {
            theirs.edit(text("a", TextEdit.delete(0, 5)), new Operation.SetMember(A, "s", "m", true), set("a", "w", 1), set("a", "v", 1),
                set("a", "b", 1));
            assertThat(Diff.between(base.document, theirs.document)).extracting(Difference::cell).containsExactly(
                new CellId.Property(A, "b"), new CellId.Property(A, "v"), new CellId.Property(A, "w"), new CellId.Text(A, "t"),
                new CellId.Member(A, "s", "m"));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("[MRG-1][MRG-13] one side alone: the merge makes the two equal, and a revert makes them as before")
    void given_changes_on_one_side_only_when_merged_then_both_hold_the_same(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 8; i++) {
            randomEdit(base, random, i);
        }
        ours = base.fork();
        theirs = base.fork();
        for (int i = 0; i < 15; i++) {
            randomEdit(theirs, random, 100 + i);
        }
        Merge.Result result = merge();
        assertThat(result.conflicts()).isEmpty();
        Line merged = ours.fork();
        if (!result.operations().isEmpty()) {
            merged.commit(result.operations(), Kind.MERGE);
        }
        assertThat(structure(merged)).isEqualTo(structure(theirs));
        List<Operation> back = Merge.revert(merged.document, base.document);
        if (!back.isEmpty()) {
            merged.commit(back, Kind.REVERT);
        }
        assertThat(live(merged)).isEqualTo(live(base));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("[MRG-1][MRG-3] both sides: once all is chosen the merge is accepted, and nothing differs any more that they chose theirs for")
    void given_changes_on_both_sides_when_theirs_is_chosen_then_the_merge_commits(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 12; i++) {
            randomEdit(theirs, random, i);
            randomEdit(ours, random, 100 + i);
        }
        var chosen = new ArrayList<Resolution>();
        Merge.Result result = merge();
        for (int round = 0; !result.conflicts().isEmpty(); round++) {
            assertThat(round).isLessThan(10);
            result.conflicts().forEach(conflict -> chosen.add(Resolution.of(conflict, Choice.THEIRS)));
            result = merge(chosen.toArray(Resolution[]::new));
        }
        if (!result.operations().isEmpty()) {
            ours.commit(result.operations(), Kind.MERGE);
        }
        Document again = ours.document;
        for (Difference difference : Diff.between(base.document, theirs.document)) {
            if (difference.cell() instanceof CellId.Property property && again.element(property.element()).isPresent()) {
                Optional<Value> now = again.element(property.element()).orElseThrow().prop(property.name());
                assertThat(now).as("%s", property).isIn(difference.after(), blended(property, difference.after()));
            }
        }
        assertThat(DocumentForm.of(again)).isNotEmpty();
    }

    /** Where both changed different components the blend is neither side's value. */
    private Optional<Value> blended(CellId.Property property, Optional<Value> theirs) {
        return property.name().equals("v") ? ours.element(property.element().value()).prop("v") : theirs;
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.rangeClosed(1, 30), new Random().longs(70));
    }

    private static Operation bind(String id, String parent, String element) {
        return new Operation.Create(new ElementId(id), "link", new ElementId(parent), Position.Edge.FIRST, Map.of(), Map.of(),
            List.of(new ElementId(element)));
    }

    private static void randomEdit(Line line, Random random, int i) {
        List<String> ids = line.document.elements().stream().map(element -> element.id().value()).toList();
        String id = ids.get(random.nextInt(ids.size()));
        List<String> others = ids.stream().filter(each -> !line.element(each).isConstraint()).toList();
        String other = others.get(random.nextInt(others.size()));
        line.edit(switch (random.nextInt(10)) {
            case 0 -> create("n" + i, random.nextBoolean() ? "" : other);
            case 1, 2 -> set(id, "n", random.nextInt(5));
            case 3 -> set(id, "v", vector(random.nextInt(3), 2, random.nextInt(3)));
            case 4 -> text(id, TextEdit.insert(0, "x" + i));
            case 5 -> move(id, random.nextInt(3) == 0 ? "" : other);
            case 6 -> delete(id);
            case 7 -> new Operation.Restore(new ElementId(id));
            case 8 -> bind("n" + i, random.nextBoolean() ? "" : others.get(random.nextInt(others.size())), other);
            default -> first(id, random.nextInt(3) == 0 ? "" : other);
        });
    }

    private static List<String> structure(Line line) {
        return line.document.elements().stream().map(element -> element.id() + " " + element.isDeleted() + " in " + element.parent() + " "
            + line.document.children(element.parent()).stream().map(child -> child.id().value()).toList() + element.props() + element.texts())
            .sorted().toList();
    }

    private static List<String> live(Line line) {
        return line.document.elements().stream().filter(element -> line.document.isLive(element.id()))
            .map(element -> element.id() + " in " + element.parent() + " " + line.children(element.parent().value()) + element.props()
                + element.texts()).sorted().toList();
    }

    private static Optional<Value> bool(boolean value) {
        return Optional.of(new Value.Bool(value));
    }

    private static Value vector(double x, double y, double z) {
        return new Value.Array(List.of(Value.of(x), Value.of(y), Value.of(z)));
    }
}
