package org.chorale.simulation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.chorale.conflict.ConflictRecord;
import org.chorale.document.Document;
import org.chorale.document.Element;
import org.chorale.document.ItemCell;
import org.chorale.operation.Choice;
import org.chorale.operation.ElementId;
import org.chorale.operation.ListItem;
import org.chorale.operation.Operation;
import org.chorale.operation.Path;
import org.chorale.operation.Position;
import org.chorale.text.TextEdit;
import org.chorale.value.Value;

/** What somebody might do to the document that they see; draws from the random numbers of its seed alone. */
final class RandomEdits {
    private static final List<String> TYPES = List.of("box", "parameters", "note");
    private static final List<String> SNIPPETS = List.of("a", "bc", "hello ", "😀", "\n", "x😀y");

    private final Random random;
    private final String name;
    private int made;

    RandomEdits(Random random, String name) {
        this.random = random;
        this.name = name;
    }

    /** One to three operations for one change. */
    List<Operation> change(Document view) {
        var operations = new ArrayList<Operation>();
        var edited = new HashSet<String>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            Operation operation = operation(view);
            // A second edit of the same text in one change would need the first one's result.
            if (!(operation instanceof Operation.EditText edit) || edited.add(edit.element() + " " + edit.name())) {
                operations.add(operation);
            }
        }
        return operations.isEmpty() ? List.of(create(view)) : operations;
    }

    Operation operation(Document view) {
        List<Element> elements = List.copyOf(view.elements());
        if (elements.size() < 3 || random.nextInt(12) == 0 && elements.size() < 30) {
            return create(view);
        }
        Element element = elements.get(random.nextInt(elements.size()));
        ElementId id = element.id();
        return switch (random.nextInt(20)) {
            case 0, 1, 2 -> new Operation.SetProperty(id, path(), value(), element.prop("n"));
            case 3, 4 -> set(element);
            case 5 -> new Operation.AddToProperty(id, random.nextBoolean() ? Path.of("n") : Path.of("v", random.nextInt(3)),
                Value.of(random.nextInt(9) - 4));
            case 6 -> new Operation.UnsetProperty(id, path(), Optional.empty());
            case 7, 8, 9, 10, 11 -> text(element);
            case 12 -> new Operation.Append(id, "l", List.of(new ListItem(name + "-i" + made++, value())));
            case 13 -> item(element);
            case 14 -> new Operation.SetMember(id, "s", "m" + random.nextInt(3), random.nextBoolean());
            case 15, 16 -> new Operation.Move(id, parent(elements), position(elements));
            case 17 -> new Operation.Delete(id);
            case 18 -> new Operation.Restore(id);
            default -> resolve(view).orElseGet(() -> new Operation.SetProperty(id, Path.of("n"), Value.of(random.nextInt(9))));
        };
    }

    private Operation create(Document view) {
        List<Element> elements = List.copyOf(view.elements());
        List<ElementId> refs = random.nextInt(6) > 0 ? List.of()
            : elements.stream().filter(element -> !element.isConstraint()).limit(2).map(Element::id).toList();
        return new Operation.Create(new ElementId(name + "-" + made++), TYPES.get(random.nextInt(3)), parent(elements), position(elements),
            Map.of("n", Value.of(random.nextInt(9)), "v", vector()), random.nextBoolean() ? Map.of("t", "start") : Map.of(), refs);
    }

    private Operation set(Element element) {
        String property = random.nextBoolean() ? "n" : "v";
        Value value = property.equals("n") ? Value.of(random.nextInt(20)) : vector();
        return new Operation.SetProperty(element.id(), Path.of(property), value, element.prop(property));
    }

    private Operation text(Element element) {
        String text = element.text("t");
        int at = boundary(text, random.nextInt(text.length() + 1));
        int end = boundary(text, Math.min(text.length(), at + random.nextInt(4)));
        boolean delete = end > at && random.nextInt(3) == 0;
        TextEdit edit = delete ? TextEdit.delete(at, end - at) : TextEdit.insert(at, SNIPPETS.get(random.nextInt(SNIPPETS.size())));
        return new Operation.EditText(element.id(), "t", edit);
    }

    /** Never between the halves of a surrogate pair. */
    private static int boundary(String text, int at) {
        return at > 0 && at < text.length() && Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at)) ? at - 1 : at;
    }

    private Operation item(Element element) {
        List<ItemCell> items = List.copyOf(element.list("l"));
        return items.isEmpty() ? new Operation.Append(element.id(), "l", List.of(new ListItem(name + "-i" + made++, value())))
            : new Operation.Retract(element.id(), "l", items.get(random.nextInt(items.size())).id(), random.nextBoolean());
    }

    private Optional<Operation> resolve(Document view) {
        List<ConflictRecord> open = view.conflicts().stream()
            .filter(conflict -> conflict.status() == ConflictRecord.Status.OPEN).toList();
        Choice[] choices = {Choice.THEIRS, Choice.LAST_WRITE_WINS, Choice.MERGE, Choice.REJECT};
        return open.isEmpty() ? Optional.empty()
            : Optional.of(new Operation.Resolve(open.get(random.nextInt(open.size())).id(), choices[random.nextInt(4)], Optional.empty()));
    }

    private ElementId parent(List<Element> elements) {
        List<Element> parents = elements.stream().filter(element -> !element.isConstraint()).toList();
        return parents.isEmpty() || random.nextInt(3) == 0 ? ElementId.ROOT : parents.get(random.nextInt(parents.size())).id();
    }

    private Position position(List<Element> elements) {
        return switch (random.nextInt(3)) {
            case 0 -> Position.Edge.FIRST;
            case 1 -> Position.Edge.LAST;
            default -> elements.isEmpty() ? Position.Edge.LAST : new Position.After(elements.get(random.nextInt(elements.size())).id());
        };
    }

    private Path path() {
        return switch (random.nextInt(5)) {
            case 0, 1 -> Path.of("n");
            case 2 -> Path.of("v", random.nextInt(3));
            case 3 -> Path.of("o", "k" + random.nextInt(3));
            default -> Path.of("o");
        };
    }

    private Value value() {
        return switch (random.nextInt(4)) {
            case 0 -> Value.of(random.nextInt(100) / 4.0);
            case 1 -> Value.of("text " + random.nextInt(5));
            case 2 -> vector();
            default -> new Value.Struct(Map.of("k" + random.nextInt(3), Value.of(random.nextInt(5))));
        };
    }

    private Value vector() {
        return new Value.Array(IntStream.range(0, 3).<Value>mapToObj(i -> Value.of(random.nextInt(9))).toList());
    }
}
