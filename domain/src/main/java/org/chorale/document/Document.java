package org.chorale.document;

import static org.chorale.problem.ProblemType.CONFLICT_NOT_FOUND;
import static org.chorale.problem.ProblemType.UNKNOWN_ELEMENT;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.chorale.conflict.Candidate;
import org.chorale.conflict.ConflictRecord;
import org.chorale.operation.ConflictId;
import org.chorale.operation.ElementId;
import org.chorale.operation.ListItem;
import org.chorale.operation.Operation;
import org.chorale.operation.OrderKey;
import org.chorale.operation.Origins;
import org.chorale.operation.Path;
import org.chorale.operation.Position;
import org.chorale.text.TextEdit;
import org.chorale.value.Value;

/**
 * A branch's content at one revision: a tree of elements addressed by id, every register with its last write, and the conflicts that
 * people have to decide. Folding the committed changes in their order gives the same document on every replica.
 *
 * <p>Mutable and for one thread, that of the branch's mailbox. Each write goes into a journal, so that changes whose transaction did
 * not commit can be taken back.
 */
public final class Document {
    /** For how many revisions the edits of a text are remembered, so that changes based on one of them can be transformed. */
    private static final int TEXT_MEMORY = 10_000;
    /** The origin of what was not there. */
    static final long NEVER = 0;

    private final Map<ElementId, Element> elements = new LinkedHashMap<>();
    private final Map<ElementId, NavigableMap<OrderKey, Element>> children = new HashMap<>();
    private final Map<ConflictId, ConflictRecord> conflicts = new LinkedHashMap<>();
    private final Map<Register, ConflictId> open = new HashMap<>();
    private final Deque<Runnable> journal = new ArrayDeque<>();
    private final Set<TextCell> edited = new HashSet<>();
    private final int textMemory;
    private long revision;

    public Document() {
        this(TEXT_MEMORY);
    }

    /** @param textMemory for how many revisions the edits of a text are remembered: at least 1 */
    public Document(int textMemory) {
        this.textMemory = textMemory;
    }

    /** A document that goes on from a snapshot. */
    public static Document of(DocumentState state) {
        var document = new Document();
        document.revision = state.revision();
        for (DocumentState.ElementState each : state.elements()) {
            var element = new Element(each, state.revision());
            document.elements.put(element.id(), element);
            document.link(element);
        }
        state.conflicts().forEach(document::index);
        return document;
    }

    /**
     * Learns what a snapshot does not tell: the edits of texts that led to it. Changes based on one of these revisions can be transformed
     * then, as if the document had folded them.
     *
     * @param earlier contiguous; the last one made the present revision
     */
    public void recall(List<CommittedChange> earlier) {
        if (earlier.isEmpty()) {
            return;
        }
        if (earlier.getLast().revision() != revision) {
            throw new IllegalArgumentException("revision: " + earlier.getLast().revision() + " (expected: " + revision + ")");
        }
        for (CommittedChange change : earlier.reversed()) {
            change.operations().reversed().forEach(operation -> recall(operation, change));
        }
        long since = earlier.getFirst().revision() - 1;
        elements.values().forEach(element -> element.textCells().values().forEach(text -> text.rememberSince(since)));
    }

    private void recall(Operation operation, CommittedChange change) {
        if (operation instanceof Operation.Returned(Operation write, Origins origins)) {
            recall(write, change);
        } else if (operation instanceof Operation.EditText(var id, var name, var edit)) {
            require(id).textCell(name).recall(new TextCell.Write(change.revision(), change.id(), edit));
        }
    }

    /** Everything that it holds, for a snapshot. */
    public DocumentState state() {
        return new DocumentState(revision, elements.values().stream().map(Element::state).toList(), List.copyOf(conflicts.values()));
    }

    /** A document of its own with the same content; what was computed of the content goes with it, earlier edits of texts do not. */
    public Document copy() {
        Document copy = of(state());
        elements.forEach((id, element) -> element.hash().ifPresent(copy.elements.get(id)::remember));
        return copy;
    }

    private record Register(ElementId element, Path path) {}

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

    /** An element's children in their order, deleted ones too. */
    public Collection<Element> children(ElementId parent) {
        return Collections.unmodifiableCollection(siblings(parent).values());
    }

    /** Every conflict there ever was, in the order of their opening. */
    public Collection<ConflictRecord> conflicts() {
        return Collections.unmodifiableCollection(conflicts.values());
    }

    /** A conflict by its id, open or not. */
    public Optional<ConflictRecord> conflict(ConflictId id) {
        return Optional.ofNullable(conflicts.get(id));
    }

    /** The open conflict about a register. */
    public Optional<ConflictRecord> openConflict(ElementId element, Path path) {
        return Optional.ofNullable(open.isEmpty() ? null : open.get(new Register(element, path))).map(conflicts::get);
    }

    /** Live means seen by people: not deleted, under a live parent, and bound only to live elements. The root is live. */
    public boolean isLive(ElementId id) {
        for (ElementId at = id; !at.isRoot(); ) {
            Element element = require(at);
            if (element.isDeleted()) {
                return false;
            }
            // A constraint never stands above another element, so this asks each referred element once and ends.
            for (ElementId ref : element.refs()) {
                if (!isLive(ref)) {
                    return false;
                }
            }
            at = element.parent();
        }
        return true;
    }

    /** Folds a committed change; the next revision and no other. Returns how to undo it, in the order in which to do so. */
    public List<Inverse> apply(CommittedChange change) {
        if (change.revision() != revision + 1) {
            throw new IllegalArgumentException("revision: " + change.revision() + " (expected: " + (revision + 1) + ")");
        }
        var by = change.stamp();
        var inverses = new ArrayList<Inverse>(change.operations().size());
        for (Operation operation : change.operations()) {
            apply(operation, change.id(), by).ifPresent(inverses::add);
        }
        advance();
        return inverses.reversed();
    }

    /** Takes the next revision. */
    void advance() {
        revision++;
        journal.push(() -> revision--);
    }

    /** Carries out one effective operation: decides nothing. Returns how to undo it, where that can be done. */
    Optional<Inverse> apply(Operation effective, ChangeId change, Stamp by) {
        return switch (effective) {
            case Operation.Create create -> Optional.of(insert(create, by));
            case Operation.SetProperty(var id, var path, var value, var previous) -> Optional.of(write(id, path, Optional.of(value), by));
            case Operation.UnsetProperty(var id, var path, var previous) -> Optional.of(write(id, path, Optional.empty(), by));
            case Operation.AddToProperty(var id, var path, var delta) -> Optional.of(add(id, path, delta, by));
            case Operation.EditText(var id, var name, var edit) -> Optional.of(edit(id, name, edit, change, by));
            case Operation.Append(var id, var list, var items) -> {
                append(id, list, items, by);
                yield Optional.of(new Inverse.OfAppended(id, list, items.stream().map(ListItem::id).toList(), by.origin()));
            }
            case Operation.Retract(var id, var list, var item, boolean retracted) -> Optional.of(retract(id, list, item, retracted, by));
            case Operation.SetMember(var id, var set, var member, boolean on) -> Optional.of(put(id, set, member, on, by));
            case Operation.Move(var id, var parent, var position) -> Optional.of(place(require(id), parent, key(position), by));
            case Operation.Delete(var id) -> Optional.of(flag(require(id), true, by));
            case Operation.Restore(var id) -> Optional.of(flag(require(id), false, by));
            case Operation.Returned(Operation write, Origins origins) -> returned(write, origins, change, by);
            case Operation.Merged(var write, var siblings) -> {
                Inverse inverse = write(write.element(), write.path(), Optional.of(write.value()), by);
                rewrite(write.element(), write.path(), cell -> cell.withSiblings(write.path().component(), siblings));
                yield Optional.of(inverse);
            }
            case Operation.Withhold withheld -> {
                withhold(withheld, by);
                yield Optional.empty();
            }
            case Operation.Resolve(var id, var choice, var value) -> {
                ConflictRecord record = requireConflict(id);
                put(record.resolved(new ConflictRecord.Resolution(choice, by.revision(), by.userId(), by.at())));
                yield Optional.empty();
            }
            case Operation.Rebalance(var parent, var keys) -> {
                rebalance(parent, keys);
                yield Optional.empty();
            }
        };
    }

    // ---- what deciding needs to know

    Element require(ElementId id) {
        Element element = elements.get(id);
        if (element == null) {
            throw UNKNOWN_ELEMENT.because("element: \"" + id + "\" (expected: one of the document's)");
        }
        return element;
    }

    ConflictRecord requireConflict(ConflictId id) {
        ConflictRecord record = conflicts.get(id);
        if (record == null) {
            throw CONFLICT_NOT_FOUND.because("conflict: \"" + id + "\" (expected: one of the document's)");
        }
        return record;
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
        int height = 0;
        for (Element child : siblings(id).values()) {
            height = Math.max(height, height(child.id()));
        }
        return height + 1;
    }

    /** The order key for a place among a parent's children; an element that moves is not its own neighbour. */
    OrderKey keyFor(ElementId parent, Position position, ElementId moving) {
        NavigableMap<OrderKey, Element> siblings = siblings(parent);
        return switch (position) {
            case Position.After(var sibling) when isOther(sibling, parent, moving) -> keyBehind(require(sibling).order(), siblings, moving);
            case Position.After gone -> keyFor(parent, Position.Edge.LAST, moving);
            case Position.At(var key) -> {
                Element there = siblings.get(key);
                yield there == null || there.id().equals(moving) ? key : keyBehind(key, siblings, moving);
            }
            case Position.Edge edge -> edge == Position.Edge.FIRST
                ? OrderKey.between(Optional.empty(), nextOther(siblings, moving))
                : OrderKey.between(nextOther(siblings.descendingMap(), moving), Optional.empty());
        };
    }

    /** Where an element once stood: at its key or, where the one that it stood behind is not before that any more, right behind that one. */
    OrderKey formerKey(ElementId parent, OrderKey order, Optional<ElementId> behind, ElementId moving) {
        boolean shifted = behind.isPresent() && isOther(behind.get(), parent, moving) && require(behind.get()).order().compareTo(order) >= 0;
        return keyFor(parent, shifted ? new Position.After(behind.get()) : new Position.At(order), moving);
    }

    /**
     * Shorter keys for an element and the neighbours that have to make room for them: as few as possible, in the same order. Twice as
     * many are tried until the keys are short.
     */
    Operation.Rebalance shorterKeys(Element element, int maxLength) {
        var siblings = List.copyOf(siblings(element.parent()).values());
        int place = siblings.indexOf(element);
        for (int reach = 8; ; reach *= 2) {
            int from = Math.max(0, place - reach);
            int to = Math.min(siblings.size(), place + reach + 1);
            List<OrderKey> keys = OrderKey.spread(
                from == 0 ? Optional.empty() : Optional.of(siblings.get(from - 1).order()),
                to == siblings.size() ? Optional.empty() : Optional.of(siblings.get(to).order()), to - from);
            boolean all = from == 0 && to == siblings.size();
            if (all || keys.stream().allMatch(key -> key.value().length() <= maxLength)) {
                var byElement = new LinkedHashMap<ElementId, OrderKey>();
                for (int i = from; i < to; i++) {
                    byElement.put(siblings.get(i).id(), keys.get(i - from));
                }
                return new Operation.Rebalance(element.parent(), byElement);
            }
        }
    }

    private static OrderKey keyBehind(OrderKey low, NavigableMap<OrderKey, Element> siblings, ElementId moving) {
        var next = siblings.higherEntry(low);
        if (next != null && next.getValue().id().equals(moving)) {
            next = siblings.higherEntry(next.getKey());
        }
        return OrderKey.between(Optional.of(low), Optional.ofNullable(next).map(Map.Entry::getKey));
    }

    private boolean isOther(ElementId sibling, ElementId parent, ElementId moving) {
        return !sibling.equals(moving) && isUsed(sibling) && require(sibling).parent().equals(parent);
    }

    private static Optional<OrderKey> nextOther(NavigableMap<OrderKey, Element> siblings, ElementId moving) {
        for (Element sibling : siblings.values()) {
            if (!sibling.id().equals(moving)) {
                return Optional.of(sibling.order());
            }
        }
        return Optional.empty();
    }

    private NavigableMap<OrderKey, Element> siblings(ElementId parent) {
        return children.getOrDefault(parent, Collections.emptyNavigableMap());
    }

    // ---- the journal

    /** Marks this moment, for {@link #rollback(int)}. */
    public int savepoint() {
        return journal.size();
    }

    /** Takes back every write since the savepoint. */
    public void rollback(int savepoint) {
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
        // Not before: what is taken back must find its text's history as it was.
        edited.forEach(text -> text.forgetUpTo(revision - textMemory));
        edited.clear();
    }

    // ---- writes: each one, how it is taken back, and how it is undone

    private Inverse insert(Operation.Create create, Stamp by) {
        var element = new Element(create.element(), create.elementType(), create.refs(), create.parent(), key(create.position()), by);
        create.props().forEach((name, value) -> element.put(name, new Cell(Optional.of(value), LastWrites.NONE.then(by))));
        create.texts().forEach((name, text) -> element.put(name, new TextCell(text, by, 0)));
        link(element);
        elements.put(element.id(), element);
        journal.push(() -> {
            elements.remove(element.id());
            unlink(element);
        });
        return new Inverse.OfFlag(element.id(), true, by.origin(), NEVER);
    }

    private Inverse write(ElementId id, Path path, Optional<Value> value, Stamp by) {
        Element element = require(id);
        Cell old = element.cell(path.property());
        return store(element, path, Components.read(old.value(), path.component()), value, Optional.empty(), old, by);
    }

    private Inverse add(ElementId id, Path path, Value delta, Stamp by) {
        Element element = require(id);
        Cell old = element.cell(path.property());
        Optional<Value> before = Components.read(old.value(), path.component());
        Optional<Value> sum = before.flatMap(present -> Components.sum(present, delta));
        return store(element, path, before, sum, Optional.of(Components.negated(delta)), old, by);
    }

    private Inverse store(Element element, Path path, Optional<Value> before, Optional<Value> value, Optional<Value> negated, Cell old,
                          Stamp by) {
        Path.Component component = path.component();
        Optional<Value> content = component == Path.Whole.WHOLE ? value : Components.replaced(old.value(), component, value);
        Cell written = old.written(component, content, by);
        touch(element, by);
        put(element, path.property(), old, written);
        return new Inverse.OfProperty(element.id(), path, before, written.origins(component), old.origins(component), negated);
    }

    private void rewrite(ElementId id, Path path, UnaryOperator<Cell> change) {
        Element element = require(id);
        Cell old = element.cell(path.property());
        put(element, path.property(), old, change.apply(old));
    }

    private void put(Element element, String property, Cell old, Cell cell) {
        element.put(property, cell);
        journal.push(() -> element.put(property, old));
    }

    /** The write counts as the origins say: the undo of an undo finds what the undone one had left. */
    private Optional<Inverse> returned(Operation write, Origins origins, ChangeId change, Stamp by) {
        Optional<Inverse> inverse = apply(write, change, by.withOrigin(origins.whole()));
        return inverse.map(one -> {
            if (!(one instanceof Inverse.OfProperty(var id, var path, var old, var left, var restores, var delta))) {
                return one;
            }
            rewrite(id, path, cell -> cell.withOrigins(path.component(), origins));
            return new Inverse.OfProperty(id, path, old, origins, restores, delta);
        });
    }

    private Inverse edit(ElementId id, String name, TextEdit edit, ChangeId change, Stamp by) {
        Element element = require(id);
        boolean first = !element.textCells().containsKey(name);
        TextCell text = element.textCell(name);
        TextEdit inverse = edit.invert(text.content());
        Stamp earlier = text.stamp();
        touch(element, by);
        text.edit(new TextCell.Write(by.revision(), change, edit), by);
        edited.add(text);
        journal.push(() -> {
            text.takeBack(inverse, earlier);
            if (first) {
                element.removeText(name);
            }
        });
        return new Inverse.OfText(id, name, inverse, by.revision());
    }

    private void append(ElementId id, String list, List<ListItem> items, Stamp by) {
        Element element = require(id);
        touch(element, by);
        for (ListItem item : items) {
            element.append(list, new ItemCell(item.id(), item.value(), false, by));
        }
        journal.push(() -> items.forEach(item -> element.removeItem(list, item.id())));
    }

    private Inverse retract(ElementId id, String list, String item, boolean retracted, Stamp by) {
        Element element = require(id);
        ItemCell old = element.items(list).get(item);
        touch(element, by);
        element.append(list, old.with(retracted, by));
        journal.push(() -> element.append(list, old));
        return new Inverse.OfItem(id, list, item, old.retracted(), by.origin(), old.stamp().origin());
    }

    private Inverse put(ElementId id, String set, String member, boolean on, Stamp by) {
        Element element = require(id);
        Optional<MemberCell> old = Optional.ofNullable(element.set(set).get(member));
        touch(element, by);
        element.put(set, member, Optional.of(new MemberCell(on, by)));
        journal.push(() -> element.put(set, member, old));
        return new Inverse.OfMember(id, set, member, old.isPresent() && old.get().on(), by.origin(),
            old.map(cell -> cell.stamp().origin()).orElse(NEVER));
    }

    private Inverse place(Element element, ElementId parent, OrderKey order, Stamp by) {
        ElementId oldParent = element.parent();
        OrderKey oldOrder = element.order();
        Stamp earlier = element.placed();
        Optional<ElementId> behind = Optional.ofNullable(siblings(oldParent).lowerEntry(oldOrder)).map(entry -> entry.getValue().id());
        touch(element, by);
        relink(element, parent, order, by);
        journal.push(() -> relink(element, oldParent, oldOrder, earlier));
        return new Inverse.OfPlace(element.id(), oldParent, oldOrder, behind, by.origin(), earlier.origin());
    }

    private Inverse flag(Element element, boolean deleted, Stamp by) {
        boolean old = element.isDeleted();
        Stamp earlier = element.flagged();
        touch(element, by);
        element.flag(deleted, by);
        journal.push(() -> element.flag(old, earlier));
        return new Inverse.OfFlag(element.id(), old, by.origin(), earlier.origin());
    }

    private void withhold(Operation.Withhold withheld, Stamp by) {
        var candidate = new Candidate(withheld.value(), withheld.previous(), by.revision(), by.clientId(), by.userId(), by.at());
        ConflictRecord record = conflicts.get(withheld.conflict());
        put(record == null
            ? new ConflictRecord(withheld.conflict(), withheld.element(), withheld.path(), List.of(candidate), Optional.empty())
            : record.with(candidate));
    }

    private void put(ConflictRecord record) {
        ConflictRecord old = conflicts.get(record.id());
        index(record);
        journal.push(() -> {
            if (old == null) {
                conflicts.remove(record.id());
                open.remove(new Register(record.element(), record.path()));
            } else {
                index(old);
            }
        });
    }

    private void index(ConflictRecord record) {
        conflicts.put(record.id(), record);
        var register = new Register(record.element(), record.path());
        if (record.status() == ConflictRecord.Status.OPEN) {
            open.put(register, record.id());
        } else {
            open.remove(register, record.id());
        }
    }

    /** Nobody's edit: the placement keeps its last write. */
    private void rebalance(ElementId parent, Map<ElementId, OrderKey> keys) {
        var old = new LinkedHashMap<ElementId, OrderKey>();
        keys.keySet().forEach(id -> old.put(id, require(id).order()));
        reorder(keys);
        journal.push(() -> reorder(old));
    }

    private void reorder(Map<ElementId, OrderKey> keys) {
        keys.keySet().forEach(id -> unlink(require(id)));
        keys.forEach((id, key) -> {
            Element element = require(id);
            element.touch(element.lastWrites());
            element.place(element.parent(), key, element.placed());
            link(element);
        });
    }

    private void touch(Element element, Stamp by) {
        LastWrites earlier = element.lastWrites();
        element.touch(earlier.then(by));
        journal.push(() -> element.touch(earlier));
    }

    private void relink(Element element, ElementId parent, OrderKey order, Stamp by) {
        unlink(element);
        element.place(parent, order, by);
        link(element);
    }

    private void link(Element element) {
        children.computeIfAbsent(element.parent(), parent -> new TreeMap<>()).put(element.order(), element);
    }

    private void unlink(Element element) {
        siblings(element.parent()).remove(element.order());
    }

    private static OrderKey key(Position position) {
        if (position instanceof Position.At(var key)) {
            return key;
        }
        throw new IllegalArgumentException("position: " + position + " (expected: an order key, in an effective operation)");
    }
}
