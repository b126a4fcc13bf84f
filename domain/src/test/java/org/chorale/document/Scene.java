package org.chorale.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.chorale.operation.ElementId;
import org.chorale.operation.Operation;
import org.chorale.operation.Path;
import org.chorale.operation.Position;
import org.chorale.problem.ProblemType;
import org.chorale.value.CanonicalForm;
import org.chorale.value.Value;

/** A document under test, with short words for what tests do to it and ask of it. */
final class Scene {
    static final Author AUTHOR = new Author("u", "p");

    final Document document = new Document();
    final List<CommittedChange> log = new ArrayList<>();
    private final Decider decider;
    private long counter;

    Scene() {
        this(Limits.DEFAULT);
    }

    Scene(Limits limits) {
        decider = new Decider(document, limits);
    }

    Decision submit(Operation... operations) {
        return submit(document.revision(), operations);
    }

    Decision submit(long base, Operation... operations) {
        var id = new ChangeId("c", counter++);
        Decision decision = decider.decide(new Change(id, base, base, Arrays.asList(operations)));
        if (decision instanceof Decision.Accepted(var effective, var notes)) {
            log.add(new CommittedChange(document.revision(), id, AUTHOR, Instant.EPOCH, effective, notes));
        }
        return decision;
    }

    Decision.Accepted accept(Operation... operations) {
        Decision decision = submit(operations);
        assertThat(decision).isInstanceOf(Decision.Accepted.class);
        return (Decision.Accepted) decision;
    }

    void refuse(ProblemType expected, Operation... operations) {
        String before = text(document);
        assertThat(submit(operations)).isInstanceOfSatisfying(Decision.Refused.class,
            refused -> assertThat(refused.problem().type()).isEqualTo(expected));
        assertThat(text(document)).isEqualTo(before);
    }

    List<Note.Code> notesOf(Operation... operations) {
        return accept(operations).notes().stream().map(Note::code).toList();
    }

    Value prop(String element, String name) {
        return document.element(id(element)).orElseThrow().prop(name).orElseThrow();
    }

    boolean isLive(String element) {
        return document.isLive(id(element));
    }

    /** Ids of the live children in their order. */
    List<String> children(String parent) {
        return document.elements().stream()
            .filter(element -> element.parent().equals(id(parent)) && document.isLive(element.id()))
            .sorted(Comparator.comparing(Element::order)).map(element -> element.id().value()).toList();
    }

    /** Everything that a document holds, as text: equal texts, equal documents. */
    static String text(Document document) {
        var lines = new TreeMap<String, String>();
        for (Element element : document.elements()) {
            lines.put(element.id().value(), element.type() + " " + element.parent() + "@" + element.order() + " " + element.isDeleted() + " "
                + element.refs() + " " + CanonicalForm.of(new Value.Struct(element.props())) + " " + new TreeMap<>(element.texts()));
        }
        return document.revision() + "\n" + lines.entrySet().stream().map(Object::toString).collect(Collectors.joining("\n"));
    }

    // ---- operations

    static ElementId id(String value) {
        return new ElementId(value);
    }

    static Operation create(String element) {
        return create(element, "", Position.Edge.LAST);
    }

    static Operation create(String element, String parent) {
        return create(element, parent, Position.Edge.LAST);
    }

    static Operation create(String element, String parent, Position position) {
        return new Operation.Create(id(element), "box", id(parent), position, Map.of(), Map.of(), List.of());
    }

    static Operation bind(String constraint, String... refs) {
        return new Operation.Create(id(constraint), "distance", ElementId.ROOT, Position.Edge.LAST, Map.of(), Map.of(),
            Arrays.stream(refs).map(Scene::id).toList());
    }

    static Operation set(String element, Path path, Value value) {
        return new Operation.SetProperty(id(element), path, value);
    }

    static Operation add(String element, Path path, Value delta) {
        return new Operation.AddToProperty(id(element), path, delta);
    }

    static Operation unset(String element, Path path) {
        return new Operation.UnsetProperty(id(element), path, Optional.empty());
    }

    static Operation move(String element, String parent, Position position) {
        return new Operation.Move(id(element), id(parent), position);
    }

    static Operation delete(String element) {
        return new Operation.Delete(id(element));
    }

    static Operation restore(String element) {
        return new Operation.Restore(id(element));
    }

    static Position after(String sibling) {
        return new Position.After(id(sibling));
    }

    static Value vector(double... numbers) {
        return new Value.Array(Arrays.stream(numbers).mapToObj(Value::of).toList());
    }
}
