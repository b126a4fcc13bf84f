package org.chorale.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.chorale.conflict.Blending;
import org.chorale.document.CommittedChange.Kind;
import org.chorale.document.Element;
import org.chorale.document.ItemCell;
import org.chorale.merge.CellId;
import org.chorale.merge.MergeConflict;
import org.chorale.value.Value;

/** What random people do on branches, and choose where those conflict: the same for the same seed. */
final class RandomPeople {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> FIRST = List.of("a", "b", "c");
    private static final String[] WORDS = {"a", "bc", " ", "ä", "😀", "xyz"};

    private final Random random;

    RandomPeople(Random random) {
        this.random = random;
    }

    // ---- changes

    ArrayNode firstElements(MergeBranch branch) {
        ArrayNode change = JSON.arrayNode();
        for (String id : FIRST) {
            String parent = random.nextBoolean() || change.isEmpty() ? null : "a";
            ObjectNode create = op("create", id).put("elementType", any("box", "note")).put("parent", parent);
            create.set("props", JSON.objectNode().<ObjectNode>set("n", number()).<ObjectNode>set("v", vectorValue())
                .set("o", JSON.objectNode().put("k", 1).put("l", 1)));
            change.add(create.set("texts", JSON.objectNode().put("t", "hello")));
        }
        branch.commit(MergeBranch.operations(change), Kind.EDIT);
        return change;
    }

    /** What would be refused is left out, and something else tried. */
    ArrayNode changes(MergeBranch branch, String prefix, int count) {
        ArrayNode changes = JSON.arrayNode();
        while (changes.size() < count) {
            ArrayNode change = JSON.arrayNode();
            for (int i = random.nextInt(4); i >= 0; i--) {
                change.add(operation(branch, prefix + branch.revision() + i));
            }
            if (branch.commit(MergeBranch.operations(change), Kind.EDIT)) {
                changes.add(change);
            }
        }
        return changes;
    }

    private ObjectNode operation(MergeBranch branch, String fresh) {
        Element element = element(branch, all -> true);
        String id = element.id().value();
        return switch (random.nextInt(20)) {
            case 0, 1 -> create(branch, random.nextInt(6) == 0 ? "both" : fresh);
            case 2 -> bind(branch, fresh);
            case 3, 4, 5, 6 -> place(op("move", id), branch);
            case 7 -> op("delete", id);
            case 8, 9 -> op("restore", id);
            case 10, 11 -> text(element);
            case 12 -> item(element, fresh);
            case 13 -> op("member", id).put("set", any("s", "r")).put("member", any("x", "y")).put("on", random.nextInt(3) > 0);
            case 14 -> op("unset", id).set("path", JSON.arrayNode().add(any("n", "v", "o")));
            default -> set(id);
        };
    }

    /** Most often one of the first, so that both sides meet. */
    private Element element(MergeBranch branch, Predicate<Element> suitable) {
        List<Element> elements = branch.document().elements().stream().filter(suitable).toList();
        return elements.get(random.nextInt(random.nextInt(4) > 0 ? FIRST.size() : elements.size()));
    }

    private static ObjectNode op(String op, String id) {
        return JSON.objectNode().put("op", op).put("id", id);
    }

    private ObjectNode create(MergeBranch branch, String id) {
        ObjectNode create = place(op("create", id).put("elementType", any("box", "note")), branch);
        create.set("props", JSON.objectNode().<ObjectNode>set("n", number()));
        return random.nextBoolean() ? create : create.set("texts", JSON.objectNode().put("t", any(WORDS)));
    }

    private ObjectNode bind(MergeBranch branch, String id) {
        ArrayNode refs = JSON.arrayNode();
        for (int i = random.nextInt(2); i >= 0; i--) {
            refs.add(element(branch, each -> !each.isConstraint()).id().value());
        }
        return place(op("create", id).put("elementType", "link"), branch).<ObjectNode>set("props", JSON.objectNode()).set("refs", refs);
    }

    private ObjectNode place(ObjectNode operation, MergeBranch branch) {
        operation.put("parent", random.nextInt(3) == 0 ? null : element(branch, each -> !each.isConstraint()).id().value());
        return switch (random.nextInt(3)) {
            case 0 -> operation.putNull("after");
            case 1 -> operation.put("after", element(branch, all -> true).id().value());
            default -> operation;
        };
    }

    private ObjectNode text(Element element) {
        String name = any("t", "t", "u");
        String text = element.text(name);
        int start = text.offsetByCodePoints(0, random.nextInt(text.codePointCount(0, text.length()) + 1));
        int characters = text.codePointCount(start, text.length());
        int end = text.offsetByCodePoints(start, random.nextInt(Math.min(3, characters + 1)));
        ArrayNode edit = JSON.arrayNode();
        if (start > 0) {
            edit.add(start);
        }
        edit.add(any(WORDS));
        if (end > start) {
            edit.add(start - end);
        }
        return op("text", element.id().value()).put("name", name).set("edit", edit);
    }

    private ObjectNode item(Element element, String fresh) {
        List<ItemCell> items = List.copyOf(element.list("l"));
        if (items.isEmpty() || random.nextBoolean()) {
            JsonNode item = JSON.objectNode().put("id", random.nextInt(4) == 0 ? "both" : fresh).set("value", number());
            return op("append", element.id().value()).put("list", "l").set("items", JSON.arrayNode().add(item));
        }
        ItemCell item = items.get(random.nextInt(items.size()));
        return op("item", element.id().value()).put("list", "l").put("item", item.id()).put("retracted", !item.retracted());
    }

    private ObjectNode set(String id) {
        String name = any("n", "n", "v", "o", "w");
        JsonNode value = switch (name) {
            case "v" -> vectorValue();
            case "o" -> JSON.objectNode().put(any("k", "l", "m"), random.nextInt(3)).put(any("k", "l"), 1);
            default -> number();
        };
        return op("set", id).<ObjectNode>set("path", JSON.arrayNode().add(name)).set("value", value);
    }

    // ---- choices

    /** Any of the choices that suit a conflict, for its values as they are now. */
    ObjectNode resolution(MergeConflict conflict) {
        ObjectNode resolution = JSON.objectNode().set("cell", MergeVectors.json(conflict.cell()));
        Optional<Value> mean = conflict.ours().flatMap(our -> conflict.theirs().flatMap(their -> Blending.mean(List.of(our, their))));
        String choice = conflict.cell() instanceof CellId.Property ? any("OURS", "THEIRS", "VALUE", mean.isPresent() ? "AVERAGE" : "THEIRS")
            : any("OURS", "THEIRS");
        resolution.put("choice", choice);
        if (choice.equals("VALUE")) {
            resolution.set("value", number());
        }
        MergeVectors.put(resolution, "ours", conflict.ours());
        MergeVectors.put(resolution, "theirs", conflict.theirs());
        return resolution;
    }

    // ---- values

    private ArrayNode vectorValue() {
        return JSON.arrayNode().add(random.nextInt(2)).add(random.nextInt(2)).add(random.nextInt(2));
    }

    private JsonNode number() {
        return random.nextInt(5) == 0 ? JSON.numberNode(random.nextInt(10) / 10.0) : JSON.numberNode(random.nextInt(6));
    }

    String any(String... words) {
        return words[random.nextInt(words.length)];
    }
}
