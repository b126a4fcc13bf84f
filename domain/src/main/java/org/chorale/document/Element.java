package org.chorale.document;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.chorale.operation.ElementId;
import org.chorale.operation.OrderKey;
import org.chorale.operation.Path;
import org.chorale.value.Value;

/** A node of the document's tree. Only its {@link Document} changes it. */
public final class Element {
    private final ElementId id;
    private final String type;
    private final List<ElementId> refs;
    private final Map<String, Cell> props = new HashMap<>(4);
    // Most elements have none of these, so each map is made by its first write.
    private Map<String, TextCell> texts = Map.of();
    private Map<String, Map<String, ItemCell>> lists = Map.of();
    private Map<String, Map<String, MemberCell>> sets = Map.of();
    private ElementId parent;
    private OrderKey order;
    private Stamp placed;
    private boolean deleted;
    private Stamp flagged;
    private LastWrites lastWrites;
    private OptionalLong hash = OptionalLong.empty();

    Element(ElementId id, String type, List<ElementId> refs, ElementId parent, OrderKey order, Stamp created) {
        this.id = id;
        this.type = type;
        this.refs = refs;
        this.parent = parent;
        this.order = order;
        this.placed = created;
        this.flagged = created;
        this.lastWrites = LastWrites.NONE.then(created);
    }

    public ElementId id() {
        return id;
    }

    public String type() {
        return type;
    }

    /** What a constraint binds; empty for every other element. */
    public List<ElementId> refs() {
        return refs;
    }

    public boolean isConstraint() {
        return !refs.isEmpty();
    }

    public ElementId parent() {
        return parent;
    }

    public OrderKey order() {
        return order;
    }

    /** Its own flag; whether people see it is {@link Document#isLive}. */
    public boolean isDeleted() {
        return deleted;
    }

    /** Every property that has a value. */
    public Map<String, Value> props() {
        var values = new TreeMap<String, Value>();
        props.forEach((name, cell) -> cell.value().ifPresent(value -> values.put(name, value)));
        return values;
    }

    public Optional<Value> prop(String name) {
        return cell(name).value();
    }

    /** What a register holds. */
    public Optional<Value> value(Path path) {
        return Components.read(cell(path.property()).value(), path.component());
    }

    /** A property with its last writes. */
    public Cell cell(String name) {
        return props.getOrDefault(name, Cell.UNWRITTEN);
    }

    /** A text; empty where nobody wrote. */
    public String text(String name) {
        TextCell text = texts.get(name);
        return text == null ? "" : text.content().toString();
    }

    /** Every text that is not empty. */
    public Map<String, String> texts() {
        var contents = new TreeMap<String, String>();
        texts.forEach((name, text) -> {
            if (!text.content().isEmpty()) {
                contents.put(name, text.content().toString());
            }
        });
        return contents;
    }

    /** The last edit of a text. */
    public Stamp textWritten(String name) {
        TextCell text = texts.get(name);
        return text == null ? Stamp.NONE : text.stamp();
    }

    /** A list's items in their order, retracted ones too. */
    public Collection<ItemCell> list(String name) {
        return Collections.unmodifiableCollection(items(name).values());
    }

    public Optional<ItemCell> item(String list, String item) {
        return Optional.ofNullable(items(list).get(item));
    }

    public Set<String> listNames() {
        return Collections.unmodifiableSet(lists.keySet());
    }

    /** A set's members, those that were taken out too. */
    public Map<String, MemberCell> set(String name) {
        return Collections.unmodifiableMap(sets.getOrDefault(name, Map.of()));
    }

    public Set<String> setNames() {
        return Collections.unmodifiableSet(sets.keySet());
    }

    /** The last write of its parent and order. */
    public Stamp placed() {
        return placed;
    }

    /** The last write of its deleted flag. */
    public Stamp flagged() {
        return flagged;
    }

    /** The last writes of anything that it holds. */
    public LastWrites lastWrites() {
        return lastWrites;
    }

    // ---- for the document

    /** @param revision what an unstamped text may have been edited up to */
    Element(DocumentState.ElementState state, long revision) {
        this(state.id(), state.type(), state.refs(), state.parent(), state.order(), state.placed());
        props.putAll(state.props());
        state.texts().forEach((name, text) -> put(name,
            new TextCell(text.content(), text.stamp(), text.stamp().equals(Stamp.NONE) ? revision : text.stamp().revision())));
        state.lists().forEach((name, items) -> items.forEach(item -> append(name, item)));
        state.sets().forEach((name, members) -> members.forEach((member, cell) -> put(name, member, Optional.of(cell))));
        deleted = state.deleted();
        flagged = state.flagged();
        lastWrites = state.lastWrites();
    }

    DocumentState.ElementState state() {
        return new DocumentState.ElementState(id, type, refs, parent, order, placed, deleted, flagged, lastWrites, props,
            copied(texts, text -> new DocumentState.TextState(text.content().toString(), text.stamp())),
            copied(lists, list -> List.copyOf(list.values())), copied(sets, Map::copyOf));
    }

    /** Everybody waits while a state is taken, and most elements have none of these: no map is made for nothing. */
    private static <T, S> Map<String, S> copied(Map<String, T> all, Function<T, S> copy) {
        if (all.isEmpty()) {
            return Map.of();
        }
        var copies = new HashMap<String, S>();
        all.forEach((name, each) -> copies.put(name, copy.apply(each)));
        return copies;
    }

    Map<String, Cell> cells() {
        return props;
    }

    Map<String, TextCell> textCells() {
        return texts;
    }

    int names() {
        return props.size() + texts.size() + lists.size() + sets.size();
    }

    /** Forgets what was computed from the content, before it changes. */
    void touch(LastWrites writes) {
        lastWrites = writes;
        hash = OptionalLong.empty();
    }

    void place(ElementId newParent, OrderKey newOrder, Stamp by) {
        parent = newParent;
        order = newOrder;
        placed = by;
    }

    void flag(boolean flag, Stamp by) {
        deleted = flag;
        flagged = by;
    }

    void put(String name, Cell cell) {
        if (cell == Cell.UNWRITTEN) {
            props.remove(name);
        } else {
            props.put(name, cell);
        }
    }

    void put(String name, TextCell text) {
        if (texts.isEmpty()) {
            texts = new HashMap<>(2);
        }
        texts.put(name, text);
    }

    TextCell textCell(String name) {
        if (texts.isEmpty()) {
            texts = new HashMap<>(2);
        }
        return texts.computeIfAbsent(name, missing -> new TextCell("", Stamp.NONE, 0));
    }

    void removeText(String name) {
        texts.remove(name);
    }

    Map<String, ItemCell> items(String name) {
        return lists.getOrDefault(name, Map.of());
    }

    void append(String name, ItemCell item) {
        if (lists.isEmpty()) {
            lists = new HashMap<>(2);
        }
        lists.computeIfAbsent(name, missing -> new LinkedHashMap<>()).put(item.id(), item);
    }

    void removeItem(String name, String item) {
        lists.get(name).remove(item);
        if (lists.get(name).isEmpty()) {
            lists.remove(name);
        }
    }

    void put(String name, String member, Optional<MemberCell> cell) {
        if (sets.isEmpty()) {
            sets = new HashMap<>(2);
        }
        Map<String, MemberCell> members = sets.computeIfAbsent(name, missing -> new HashMap<>());
        cell.ifPresentOrElse(present -> members.put(member, present), () -> members.remove(member));
        if (members.isEmpty()) {
            sets.remove(name);
        }
    }

    OptionalLong hash() {
        return hash;
    }

    void remember(long computed) {
        hash = OptionalLong.of(computed);
    }
}
