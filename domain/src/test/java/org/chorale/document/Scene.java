package org.chorale.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.chorale.conflict.Policies;
import org.chorale.conflict.Policy;
import org.chorale.conflict.Strategy;
import org.chorale.operation.Choice;
import org.chorale.operation.ConflictId;
import org.chorale.operation.ElementId;
import org.chorale.operation.ListItem;
import org.chorale.operation.Operation;
import org.chorale.operation.Path;
import org.chorale.operation.Position;
import org.chorale.problem.ProblemType;
import org.chorale.text.TextEdit;
import org.chorale.value.Value;

/** A document under test, with short words for what tests do to it and ask of it. */
final class Scene {
    static final Author AUTHOR = new Author("u", "p");

    final Document document = new Document();
    final List<CommittedChange> log = new ArrayList<>();
    private final Decider decider;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long counter;

    Scene() {
        this(Limits.DEFAULT);
    }

    Scene(Limits limits) {
        this(limits, Policies.DEFAULT);
    }

    Scene(Limits limits, Policies policies) {
        decider = new Decider(document, limits, policies);
    }

    static Scene with(Strategy strategy) {
        return with(Policy.DEFAULT.withStrategy(strategy));
    }

    static Scene with(Policy policy) {
        return new Scene(Limits.DEFAULT, Policies.of(Map.of("*.*", policy)));
    }

    /** Small limits: operations in a change, bytes and depth of a value, length of a text, elements, depth of the tree. */
    static Limits limits(int operations, int valueBytes, int valueDepth, int textLength, int elements, int treeDepth) {
        return new Limits(operations, valueBytes, valueDepth, textLength, elements, treeDepth, 100, 100, 100, 16);
    }

    /** Somebody with a client of their own, who has seen what {@link Person#looks} last showed them. */
    Person person(String name) {
        return new Person(name, name);
    }

    Person person(String client, String user) {
        return new Person(client, user);
    }

    /** Lets time pass between commits. */
    void pass(Duration time) {
        now = now.plus(time);
    }

    final class Person {
        private final String client;
        private final Author author;
        private long counter;
        private long seen = document.revision();
        private boolean strict;
        private Optional<Strategy> onConflict = Optional.empty();

        private Person(String client, String user) {
            this.client = client;
            this.author = new Author(user, client);
        }

        /** Receives everything committed so far. */
        Person looks() {
            seen = document.revision();
            return this;
        }

        Person strictly() {
            strict = true;
            return this;
        }

        Person onConflict(Strategy strategy) {
            onConflict = Optional.of(strategy);
            return this;
        }

        long seen() {
            return seen;
        }

        Change change(long base, Operation... operations) {
            return new Change(new ChangeId(client, counter++), base, Math.min(seen, base), strict, onConflict, Arrays.asList(operations));
        }

        Frame frame() {
            return decider.frame(author, now);
        }

        Decision submit(Operation... operations) {
            return submit(frame(), change(seen, operations));
        }

        Decision submit(Frame frame, Change change) {
            return log(change.id(), CommittedChange.Kind.EDIT, author, frame.decide(change));
        }

        Decision.Accepted accept(Operation... operations) {
            return accepted(submit(operations));
        }

        void refused(ProblemType expected, Operation... operations) {
            String before = text(document);
            assertThat(submit(operations)).isInstanceOfSatisfying(Decision.Refused.class,
                refused -> assertThat(refused.problem().type()).isEqualTo(expected));
            assertThat(text(document)).isEqualTo(before);
        }

        List<Note.Code> notesOf(Operation... operations) {
            return accept(operations).notes().stream().map(Note::code).toList();
        }

        /** Undoes what is undone by an inverse: an edit, or an undo. */
        Decision.Accepted undo(Decision.Accepted done) {
            var id = new ChangeId(client, counter++);
            return accepted(log(id, CommittedChange.Kind.UNDO, author, frame().undo(id, done.inverse())));
        }
    }

    private Decision log(ChangeId id, CommittedChange.Kind kind, Author author, Decision decision) {
        if (decision instanceof Decision.Accepted accepted) {
            log.add(new CommittedChange(document.revision(), id, kind, author, now, accepted.effective(), accepted.notes()));
            decider.tidy(accepted, now).ifPresent(log::add);
        }
        return decision;
    }

    private static Decision.Accepted accepted(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Accepted.class);
        return (Decision.Accepted) decision;
    }

    Decision submit(Operation... operations) {
        return submit(document.revision(), operations);
    }

    Decision submit(long base, Operation... operations) {
        var id = new ChangeId("c", counter++);
        var change = new Change(id, base, base, Arrays.asList(operations));
        return log(id, CommittedChange.Kind.EDIT, AUTHOR, decider.decide(change, AUTHOR, now));
    }

    Decision.Accepted accept(Operation... operations) {
        return accepted(submit(operations));
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

    /** Everything that a document holds, last writes too, as text: equal texts, equal documents. */
    static String text(Document document) {
        var lines = new TreeMap<String, String>();
        for (Element element : document.elements()) {
            var texts = new TreeMap<String, Object>();
            element.textCells().forEach((name, text) -> {
                if (text.stamp() != Stamp.NONE) {
                    texts.put(name, text.stamp() + " " + text.after(0));
                }
            });
            var lists = element.listNames().stream().collect(Collectors.toMap(name -> name, name -> List.copyOf(element.list(name))));
            var sets = element.setNames().stream().collect(Collectors.toMap(name -> name, name -> new TreeMap<>(element.set(name))));
            lines.put(element.id().value(), element.placed() + " " + element.flagged() + " " + element.lastWrites() + " "
                + new TreeMap<>(element.cells()) + texts + new TreeMap<>(lists) + new TreeMap<>(sets));
        }
        return document.revision() + " " + DocumentForm.hash(document) + "\n" + DocumentForm.of(document) + "\n"
            + lines.entrySet().stream().map(Object::toString).collect(Collectors.joining("\n"));
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

    static Operation edit(String element, String name, TextEdit edit) {
        return new Operation.EditText(id(element), name, edit);
    }

    static Operation append(String element, String list, String... items) {
        return new Operation.Append(id(element), list, Arrays.stream(items).map(item -> new ListItem(item, Value.of(item))).toList());
    }

    static Operation retract(String element, String list, String item, boolean retracted) {
        return new Operation.Retract(id(element), list, item, retracted);
    }

    static Operation member(String element, String set, String member, boolean on) {
        return new Operation.SetMember(id(element), set, member, on);
    }

    static Operation resolve(ConflictId conflict, Choice choice) {
        return new Operation.Resolve(conflict, choice, Optional.empty());
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
