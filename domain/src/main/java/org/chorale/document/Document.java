package org.chorale.document;

import static org.chorale.problem.ProblemType.UNKNOWN_ELEMENT;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.chorale.operation.ElementId;
import org.chorale.operation.Operation;
import org.chorale.operation.OrderKey;
import org.chorale.operation.Position;
import org.chorale.value.Value;

/**
 * A branch's content at one revision: a tree of elements addressed by id. Folding the committed changes in their order gives the same
 * document on every replica.
 *
 * <p>Mutable and for one thread, that of the branch's mailbox. Each write goes into a journal, so that changes whose transaction did
 * not commit can be taken back.
 */
public final class Document {
    private final Map<ElementId, Element> elements = new LinkedHashMap<>();
    private final Map<ElementId, NavigableMap<OrderKey, Element>> children = new LinkedHashMap<>();
    private final Deque<Runnable> journal = new ArrayDeque<>();
    private long revision;

    public long revision() {
        return revision;
    }

    /** All elements, deleted ones too. */
    public Collection<Element> elements() {
        return Collections.unmodifiableCollection(elements.values());
    }

    public Optional<Element> element(ElementId id) {
        return Optional.ofNullable(elements.get(id));
    }

    /** Live means seen by people: not deleted, under a live parent, and bound only to live elements. The root is live. */
    public boolean isLive(ElementId id) {
        for (ElementId at = id; !at.isRoot(); ) {
            Element element = require(at);
            // A constraint never stands above another element, so this asks each referred element once and ends.
            if (element.isDeleted() || !element.refs().stream().allMatch(this::isLive)) {
                return false;
            }
            at = element.parent();
        }
        return true;
    }

    /** Folds a committed change; the next revision and no other. */
    public void apply(CommittedChange change) {
        if (change.revision() != revision + 1) {
            throw new IllegalArgumentException("revision: " + change.revision() + " (expected: " + (revision + 1) + ")");
        }
        change.operations().forEach(this::apply);
        advance();
    }

    /** Takes the next revision. */
    void advance() {
        revision++;
        journal.push(() -> revision--);
    }

    /** Carries out one effective operation: decides nothing. */
    void apply(Operation effective) {
        switch (effective) {
            case Operation.Create create -> insert(new Element(create.element(), create.elementType(), create.refs(),
                create.parent(), key(create.position()), create.props(), create.texts()));
            case Operation.SetProperty(var id, var path, var value, var previous) -> write(id, path.property(),
                property -> Register.written(property, path.component(), value));
            case Operation.UnsetProperty(var id, var path, var previous) -> write(id, path.property(),
                property -> path.component() instanceof org.chorale.operation.Path.Field(var key)
                    ? Register.without(property, key) : Optional.empty());
            case Operation.AddToProperty(var id, var path, var delta) -> write(id, path.property(),
                property -> Register.read(property, path.component())
                    .flatMap(present -> Register.sum(present, delta))
                    .flatMap(sum -> Register.written(property, path.component(), sum)));
            case Operation.Move(var id, var parent, var position) -> place(require(id), parent, key(position));
            case Operation.Delete(var id) -> flag(require(id), true);
            case Operation.Restore(var id) -> flag(require(id), false);
        }
    }

    // ---- what deciding needs to know

    Element require(ElementId id) {
        Element element = elements.get(id);
        if (element == null) {
            throw UNKNOWN_ELEMENT.because("element: \"" + id + "\" (expected: one of the document's)");
        }
        return element;
    }

    int size() {
        return elements.size();
    }

    boolean isUsed(ElementId id) {
        return elements.containsKey(id);
    }

    /** The first of an element and its ancestors that is live; the root at last. */
    ElementId nearestLive(ElementId id) {
        ElementId at = id;
        while (!isLive(at)) {
            at = require(at).parent();
        }
        return at;
    }

    /** Whether {@code id} is {@code ancestor} or stands anywhere below it, deleted or not. */
    boolean isWithin(ElementId id, ElementId ancestor) {
        for (ElementId at = id; !at.isRoot(); at = require(at).parent()) {
            if (at.equals(ancestor)) {
                return true;
            }
        }
        return ancestor.isRoot();
    }

    /** Levels from the root: 0 for the root itself. */
    int depth(ElementId id) {
        int depth = 0;
        for (ElementId at = id; !at.isRoot(); at = require(at).parent()) {
            depth++;
        }
        return depth;
    }

    /** Levels of the subtree: 1 for an element without children. */
    int height(ElementId id) {
        return 1 + children(id).values().stream().mapToInt(child -> height(child.id())).max().orElse(0);
    }

    /** The order key for a place among a parent's children; an element that moves is not its own neighbour. */
    OrderKey keyFor(ElementId parent, Position position, ElementId moving) {
        NavigableMap<OrderKey, Element> siblings = children(parent);
        return switch (position) {
            case Position.After(var sibling) when isOther(sibling, parent, moving) -> {
                OrderKey low = require(sibling).order();
                yield OrderKey.between(Optional.of(low), nextOther(siblings.tailMap(low, false), moving));
            }
            case Position.After gone -> keyFor(parent, Position.Edge.LAST, moving);
            case Position.At(var key) -> key;
            case Position.Edge edge -> edge == Position.Edge.FIRST
                ? OrderKey.between(Optional.empty(), nextOther(siblings, moving))
                : OrderKey.between(nextOther(siblings.descendingMap(), moving), Optional.empty());
        };
    }

    private boolean isOther(ElementId sibling, ElementId parent, ElementId moving) {
        return !sibling.equals(moving) && isUsed(sibling) && require(sibling).parent().equals(parent);
    }

    private static Optional<OrderKey> nextOther(NavigableMap<OrderKey, Element> siblings, ElementId moving) {
        return siblings.values().stream().filter(sibling -> !sibling.id().equals(moving)).findFirst().map(Element::order);
    }

    private NavigableMap<OrderKey, Element> children(ElementId parent) {
        return children.getOrDefault(parent, Collections.emptyNavigableMap());
    }

    // ---- the journal

    /** Marks this moment, for {@link #rollback}. */
    int savepoint() {
        return journal.size();
    }

    /** Takes back every write since the savepoint. */
    void rollback(int savepoint) {
        while (journal.size() > savepoint) {
            journal.pop().run();
        }
    }

    /** Takes back everything that was not {@link #keep kept}. */
    public void rollback() {
        rollback(0);
    }

    /** Makes every write so far final. */
    public void keep() {
        journal.clear();
    }

    // ---- writes: each one, and how it is taken back

    private void insert(Element element) {
        link(element);
        elements.put(element.id(), element);
        journal.push(() -> {
            elements.remove(element.id());
            unlink(element);
        });
    }

    private void write(ElementId id, String property, java.util.function.UnaryOperator<Optional<Value>> change) {
        Element element = require(id);
        Optional<Value> old = element.prop(property);
        element.write(property, change.apply(old));
        journal.push(() -> element.write(property, old));
    }

    private void place(Element element, ElementId parent, OrderKey order) {
        ElementId oldParent = element.parent();
        OrderKey oldOrder = element.order();
        relink(element, parent, order);
        journal.push(() -> relink(element, oldParent, oldOrder));
    }

    private void flag(Element element, boolean deleted) {
        boolean old = element.isDeleted();
        element.setDeleted(deleted);
        journal.push(() -> element.setDeleted(old));
    }

    private void relink(Element element, ElementId parent, OrderKey order) {
        unlink(element);
        element.place(parent, order);
        link(element);
    }

    private void link(Element element) {
        children.computeIfAbsent(element.parent(), parent -> new TreeMap<>()).put(element.order(), element);
    }

    private void unlink(Element element) {
        children(element.parent()).remove(element.order());
    }

    private static OrderKey key(Position position) {
        if (position instanceof Position.At(var key)) {
            return key;
        }
        throw new IllegalArgumentException("position: " + position + " (expected: an order key, in an effective operation)");
    }
}
