package org.chorale.merge;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.chorale.document.Element;
import org.chorale.document.ItemCell;
import org.chorale.operation.ElementId;
import org.chorale.value.Value;

/** An element as the list of its cells. */
final class Cells {
    static final String PARENT = "parent";
    static final String ORDER = "order";
    static final String RETRACTED = "retracted";
    static final String VALUE = "value";

    /** Of an element's cells: structure first, then properties, texts, lists and sets by name. Items of a list are equal. */
    static final Comparator<CellId> SORTING = Comparator.comparingInt(Cells::kind).thenComparing(Cells::name).thenComparing(Cells::member);

    private Cells() {}

    /** Every cell with its value, in order; a list's items in theirs. */
    static Map<CellId, Value> of(Element element) {
        ElementId id = element.id();
        var cells = new LinkedHashMap<CellId, Value>();
        cells.put(new CellId.Existence(id), Value.of(element.type()));
        cells.put(new CellId.Deleted(id), new Value.Bool(element.isDeleted()));
        cells.put(new CellId.Place(id), place(element));
        element.props().forEach((name, value) -> cells.put(new CellId.Property(id, name), value));
        element.texts().forEach((name, text) -> cells.put(new CellId.Text(id, name), Value.of(text)));
        for (String list : new TreeSet<>(element.listNames())) {
            for (ItemCell item : element.list(list)) {
                cells.put(new CellId.Item(id, list, item.id()),
                    struct(RETRACTED, new Value.Bool(item.retracted()), VALUE, item.value()));
            }
        }
        for (String set : new TreeSet<>(element.setNames())) {
            new TreeMap<>(element.set(set)).forEach((member, cell) -> {
                if (cell.on()) {
                    cells.put(new CellId.Member(id, set, member), new Value.Bool(true));
                }
            });
        }
        return cells;
    }

    private static int kind(CellId cell) {
        return switch (cell) {
            case CellId.Existence existence -> 0;
            case CellId.Deleted deleted -> 1;
            case CellId.Place place -> 2;
            case CellId.Property property -> 3;
            case CellId.Text text -> 4;
            case CellId.Item item -> 5;
            case CellId.Member member -> 6;
        };
    }

    private static String name(CellId cell) {
        return switch (cell) {
            case CellId.Existence existence -> "";
            case CellId.Deleted deleted -> "";
            case CellId.Place place -> "";
            case CellId.Property property -> property.name();
            case CellId.Text text -> text.name();
            case CellId.Item item -> item.list();
            case CellId.Member member -> member.set();
        };
    }

    private static String member(CellId cell) {
        return cell instanceof CellId.Member member ? member.member() : "";
    }

    private static Value place(Element element) {
        Value parent = element.parent().isRoot() ? Value.Null.NULL : Value.of(element.parent().value());
        return struct(ORDER, Value.of(element.order().value()), PARENT, parent);
    }

    /** In this order: the iteration order of {@code Map.of} is another one in each process. */
    private static Value struct(String first, Value one, String second, Value two) {
        var fields = new LinkedHashMap<String, Value>();
        fields.put(first, one);
        fields.put(second, two);
        return new Value.Struct(fields);
    }

    /** The parent that a place names. */
    static ElementId parent(Value place) {
        return place instanceof Value.Struct(var fields) && fields.get(PARENT) instanceof Value.Text(var id)
            ? new ElementId(id) : ElementId.ROOT;
    }
}
