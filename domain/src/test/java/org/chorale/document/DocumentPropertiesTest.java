package org.chorale.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chorale.document.Scene.id;
import static org.chorale.document.Scene.text;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.chorale.operation.ElementId;
import org.chorale.operation.Operation;
import org.chorale.operation.Path;
import org.chorale.operation.Position;
import org.chorale.text.TextEdit;
import org.chorale.value.Value;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every history, tried on random ones; the seed in a test's name reproduces it. */
class DocumentPropertiesTest {
    private static final int CHANGES = 120;
    private static final int IDS = 25;

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("[CHG-2] folding the effective operations gives the deciding replica's document")
    void given_a_history_when_its_log_is_folded_then_the_document_is_the_same(long seed) {
        Scene scene = history(seed);
        var replica = new Document();
        scene.log.forEach(replica::apply);
        assertThat(text(replica)).isEqualTo(text(scene.document));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("[DOC-10] a snapshot and the changes after it give the same document as the whole log")
    void given_a_snapshot_when_the_tail_is_folded_then_the_document_is_the_same(long seed) {
        Scene scene = history(seed);
        int middle = scene.log.size() / 2;
        var before = new Document();
        scene.log.subList(0, middle).forEach(before::apply);
        Document loaded = Document.of(before.state());
        scene.log.subList(middle, scene.log.size()).forEach(loaded::apply);
        assertThat(loaded.state()).isEqualTo(scene.document.state());
        assertThat(DocumentForm.hash(loaded)).isEqualTo(DocumentForm.hash(scene.document));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("[SUB-1] what was not kept can be taken back, to the letter")
    void given_changes_that_were_not_stored_when_they_are_rolled_back_then_the_document_is_as_before(long seed) {
        var random = new Random(seed);
        Scene scene = history(seed);
        scene.document.keep();
        String before = text(scene.document);
        IntStream.range(0, 20).forEach(i -> scene.submit(operations(random)));
        scene.document.rollback();
        assertThat(text(scene.document)).isEqualTo(before);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("[DOC-2][DOC-3][OPS-5] the tree has no cycle, no unknown parent and no two siblings at one place")
    void given_a_history_then_the_tree_is_sound(long seed) {
        Scene scene = history(seed);
        var places = new HashSet<String>();
        for (Element element : scene.document.elements()) {
            assertThat(scene.document.depth(element.id())).isLessThanOrEqualTo(Limits.DEFAULT.treeDepth());
            assertThat(places.add(element.parent() + "@" + element.order())).isTrue();
            element.refs().forEach(ref -> assertThat(scene.document.element(ref)).isPresent());
        }
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 2, 3, 41), new Random().longs(100));
    }

    static Scene history(long seed) {
        var random = new Random(seed);
        var scene = new Scene();
        IntStream.range(0, CHANGES).forEach(i -> scene.submit(operations(random)));
        return scene;
    }

    static Operation[] operations(Random random) {
        return IntStream.rangeClosed(0, random.nextInt(3)).mapToObj(i -> operation(random)).toArray(Operation[]::new);
    }

    /** What people see: every live element with all that it holds. */
    static String visible(Document document) {
        return document.elements().stream().filter(element -> document.isLive(element.id()))
            .map(element -> element.id() + " in " + element.parent() + " " + document.children(element.parent()).stream()
                    .filter(sibling -> document.isLive(sibling.id())).map(sibling -> sibling.id().value()).toList()
                + " " + element.props() + " " + element.texts() + " "
                + element.listNames().stream().sorted().map(list -> element.list(list).stream()
                    .filter(item -> !item.retracted()).map(ItemCell::id).toList()).filter(items -> !items.isEmpty()).toList()
                + " " + element.setNames().stream().sorted().map(set -> element.set(set).entrySet().stream()
                    .filter(member -> member.getValue().on()).map(Map.Entry::getKey).sorted().toList())
                    .filter(members -> !members.isEmpty()).toList())
            .sorted().collect(Collectors.joining("\n"));
    }

    private static Operation operation(Random random) {
        ElementId element = element(random);
        return switch (random.nextInt(14)) {
            case 10 -> Scene.edit(element.value(), "t", random.nextBoolean() ? TextEdit.insert(0, "text " + random.nextInt(9))
                : TextEdit.delete(random.nextInt(3), 1));
            case 11 -> Scene.append(element.value(), "l", "i" + random.nextInt(50));
            case 12 -> Scene.retract(element.value(), "l", "i" + random.nextInt(50), random.nextBoolean());
            case 13 -> Scene.member(element.value(), "s", "m" + random.nextInt(3), random.nextBoolean());
            case 0, 1, 2 -> new Operation.Create(element, "box", parent(random), position(random),
                Map.of("n", Value.of(1), "v", Scene.vector(1, 2, 3)), Map.of(), refs(random));
            case 3 -> Scene.set(element.value(), path(random), value(random));
            case 4 -> Scene.add(element.value(), path(random), random.nextBoolean() ? Value.of(random.nextInt(9)) : Scene.vector(1, 0, -1));
            case 5 -> Scene.unset(element.value(), path(random));
            case 6, 7 -> new Operation.Move(element, parent(random), position(random));
            case 8 -> new Operation.Delete(element);
            default -> new Operation.Restore(element);
        };
    }

    private static ElementId element(Random random) {
        return id("e" + random.nextInt(IDS));
    }

    private static ElementId parent(Random random) {
        return random.nextInt(3) == 0 ? ElementId.ROOT : element(random);
    }

    private static List<ElementId> refs(Random random) {
        return random.nextInt(6) == 0 ? List.of(element(random), element(random)) : List.of();
    }

    private static Position position(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> Position.Edge.FIRST;
            case 1 -> Position.Edge.LAST;
            default -> new Position.After(element(random));
        };
    }

    private static Path path(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Path.of("n");
            case 1 -> Path.of("v");
            case 2 -> Path.of("v", random.nextInt(4));
            default -> Path.of("s", "k" + random.nextInt(2));
        };
    }

    private static Value value(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Value.of(random.nextDouble());
            case 1 -> Value.of("text " + random.nextInt(5));
            case 2 -> Scene.vector(random.nextInt(5), 2, 3);
            default -> new Value.Struct(Map.of("k0", Value.Null.NULL));
        };
    }
}
