package org.chorale.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.chorale.document.BranchPoint;
import org.chorale.document.Crossing;
import org.chorale.document.Document;
import org.chorale.document.codec.ChangeCodec;
import org.chorale.merge.CellId;
import org.chorale.merge.Diff;
import org.chorale.merge.Difference;
import org.chorale.merge.Merge;
import org.chorale.merge.MergeConflict;
import org.chorale.merge.MergeConflict.Reason;
import org.chorale.operation.ElementId;
import org.chorale.operation.Operation;
import org.chorale.value.Value;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("random forks and merges, one after the other: what holds for all of them, and what the TypeScript client finds as well")
class MergeHistoriesTest {
    /** Those that are kept for the other language, and more for the laws alone. */
    private static final int SEEDS = 60;

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void given_a_history_when_it_is_played_then_the_outcome_is_as_expected(String name, JsonNode vector) {
        assertThat(Vectors.canonical(MergeTree.played(vector))).isEqualTo(Vectors.canonical(vector));
    }

    @Test
    void given_the_generated_histories_when_they_are_generated_again_then_they_are_the_same() {
        assertThat(Vectors.text(Vectors.DIRECTORY.resolve(MergeHistoryGenerator.FILE))).isEqualTo(MergeHistoryGenerator.generated());
    }

    static Stream<Arguments> vectors() {
        return Vectors.of(MergeHistoryGenerator.FILE);
    }

    static Stream<Arguments> histories() {
        return IntStream.rangeClosed(1, SEEDS).mapToObj(MergeHistoryGenerator::vector)
            .map(vector -> Arguments.of(vector.get("name").textValue(), vector));
    }

    // ---- laws

    @ParameterizedTest(name = "{0}")
    @MethodSource("histories")
    @DisplayName("[MRG-11] nothing is asked about again but what was written since, where the last merge came from")
    void given_a_history_then_nothing_is_asked_twice(String name, JsonNode history) {
        atEachMerge(history, (tree, merge) -> {
            Optional<Crossing> last = Crossing.last(tree.crossings(merge.source(), merge.target()).stream());
            // What the target of the last merge kept against its source may meet what the source writes later.
            List<String> writers = last.map(crossing -> List.of(crossing.source().branch())).orElse(List.of(merge.source(), merge.target()));
            for (MergeConflict conflict : tree.sides(merge.source(), merge.target(), List.of()).result().conflicts()) {
                if (conflict.reason() == Reason.BOTH_CHANGED) {
                    assertThat(writers).as("%s", conflict).allMatch(branch ->
                        wroteSinceTheLastMerge(tree, branch, branch.equals(merge.source()) ? merge.target() : merge.source(),
                            conflict.cell().element()));
                }
            }
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("histories")
    @DisplayName("[MRG-11] merged there and back, both have the same; again, there is nothing to do but at most new keys for the same order")
    void given_a_history_when_a_branch_is_merged_there_and_back_then_both_are_equal(String name, JsonNode history) {
        atEachMerge(history, (tree, merge) -> {
            tree.play(merge.step());
            assertThat(tree.sides(merge.source(), merge.target(), List.of()).result().operations()).isEmpty();
            var back = tree.sides(merge.target(), merge.source(), List.of()).result();
            assertThat(back.conflicts()).as("nobody edited the source since").isEmpty();
            tree.merge(merge.target(), merge.source(), List.of());
            Document one = tree.branch(merge.source()).document();
            Document other = tree.branch(merge.target()).document();
            assertThat(Diff.between(one, other)).filteredOn(difference -> !isAnotherOrderKey(difference) && !isItemOfOneName(difference)).isEmpty();
            assertThat(children(one)).isEqualTo(children(other));
            for (var again : List.of(merge, new MergeStep(merge.target(), merge.source(), merge.step()))) {
                Merge.Result result = tree.sides(again.source(), again.target(), List.of()).result();
                assertThat(result.conflicts()).isEmpty();
                // New keys for the same order, below what is deleted too.
                assertThat(result.operations()).allMatch(operation -> operation instanceof Operation.Move
                    || operation instanceof Operation.Restore || operation instanceof Operation.Delete);
                tree.merge(again.source(), again.target(), List.of());
                assertThat(children(tree.branch(merge.source()).document())).isEqualTo(children(tree.branch(merge.target()).document()));
            }
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("histories")
    @DisplayName("[MRG-1] what one side alone wrote is there after the merge, whichever of several branches was merged first")
    void given_a_history_when_a_branch_is_merged_then_neither_sides_edits_are_lost(String name, JsonNode history) {
        atEachMerge(history, (tree, merge) -> {
            MergeTree.Sides sides = tree.sides(merge.source(), merge.target(), List.of());
            Document theirs = sides.theirs().document();
            Map<CellId, Value> base = cells(sides.baseDocument());
            Map<CellId, Value> before = cells(sides.ours().document());
            Map<CellId, Value> their = cells(theirs);
            tree.play(merge.step());
            Map<CellId, Value> after = cells(tree.branch(merge.target()).document());
            for (Difference change : Diff.between(sides.baseDocument(), theirs)) {
                boolean ours = isChanged(change.cell(), base, before);
                if (change.cell() instanceof CellId.Property && !ours && before.containsKey(new CellId.Existence(change.cell().element()))) {
                    assertThat(after.get(change.cell())).as("theirs %s", change).isEqualTo(their.get(change.cell()));
                }
            }
            before.forEach((cell, value) -> {
                if (cell instanceof CellId.Property && isChanged(cell, base, before) && !isChanged(cell, base, their)) {
                    assertThat(after.get(cell)).as("ours %s", cell).isEqualTo(value);
                }
            });
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("histories")
    @DisplayName("[MRG-11] the last merge by revisions is the one that was made last; of two with the same revisions both brought the same")
    void given_a_history_then_the_base_is_what_was_merged_last(String name, JsonNode history) {
        atEachMerge(history, (tree, merge) -> {
            List<Crossing> crossings = tree.crossings(merge.source(), merge.target());
            BranchPoint made = crossings.isEmpty() ? tree.forkOf(merge.source(), merge.target()) : crossings.getLast().source();
            MergeTree.Sides sides = tree.sides(merge.source(), merge.target(), List.of());
            assertThat(Diff.between(tree.branch(made.branch()).at((int) made.revision()).document(), sides.baseDocument()))
                .as("%s and %s", made, sides.base()).filteredOn(difference -> !isAnotherOrderKey(difference)).isEmpty();
        });
    }

    // ---- reading histories

    private record MergeStep(String source, String target, JsonNode step) {}

    private interface Law {
        void check(MergeTree tree, MergeStep merge);
    }

    /** Checks a law before each merge of a history, on a tree of its own. */
    private static void atEachMerge(JsonNode history, Law law) {
        JsonNode steps = history.get("steps");
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).get("step").textValue().equals("merge")) {
                var tree = new MergeTree();
                for (int j = 0; j < i; j++) {
                    tree.play(steps.get(j));
                }
                law.check(tree, new MergeStep(steps.get(i).get("source").textValue(), steps.get(i).get("target").textValue(), steps.get(i)));
            }
        }
    }

    /** Whether something was written to an element on a branch since it was merged with another one, beyond what that merge wrote. */
    private static boolean wroteSinceTheLastMerge(MergeTree tree, String branch, String other, ElementId element) {
        long since = Crossing.last(tree.crossings(branch, other).stream())
            .map(last -> last.source().branch().equals(branch) ? last.source().revision() : last.target().revision())
            .orElseGet(() -> tree.forkOf(branch, other).revision());
        return tree.branch(branch).after(since).stream()
            .anyMatch(change -> ChangeCodec.store(change).content().contains("\"id\":\"" + element.value() + "\""));
    }

    private static boolean isAnotherOrderKey(Difference difference) {
        return difference.cell() instanceof CellId.Place && parent(difference.before().orElseThrow()).equals(parent(difference.after().orElseThrow()));
    }

    /** An item's value never changes: where two people chose the same id, each keeps their own. */
    private static boolean isItemOfOneName(Difference difference) {
        return difference.cell() instanceof CellId.Item item && item.item().equals("both");
    }

    private static Value parent(Value place) {
        return ((Value.Struct) place).fields().get("parent");
    }

    private static boolean isChanged(CellId cell, Map<CellId, Value> base, Map<CellId, Value> now) {
        return base.containsKey(cell) ? !base.get(cell).equals(now.get(cell)) : now.containsKey(cell);
    }

    private static Map<CellId, Value> cells(Document document) {
        return Diff.between(new Document(), document).stream().collect(Collectors.toMap(Difference::cell, each -> each.after().orElseThrow()));
    }

    /** Everybody's children in their order. */
    private static Map<String, List<String>> children(Document document) {
        Stream<ElementId> parents = Stream.concat(Stream.of(ElementId.ROOT), document.elements().stream().map(each -> each.id()));
        return parents.collect(Collectors.toMap(ElementId::toString,
            id -> document.children(id).stream().map(child -> child.id().value()).toList()));
    }
}
