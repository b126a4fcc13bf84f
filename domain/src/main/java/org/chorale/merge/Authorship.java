package org.chorale.merge;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.chorale.document.Document;
import org.chorale.document.Element;
import org.chorale.document.ItemCell;
import org.chorale.document.MemberCell;
import org.chorale.document.Stamp;
import org.chorale.operation.Path;

/** Who wrote what a document holds. */
public final class Authorship {
    private Authorship() {}

    /** The write that a cell has its value from; nothing where nobody wrote it. For an element itself it is the one that put it where it is. */
    public static Optional<Stamp> of(Document document, CellId cell) {
        return document.element(cell.element()).map(element -> stamp(element, cell)).filter(stamp -> !stamp.equals(Stamp.NONE));
    }

    /** Every cell of an element that somebody wrote, in the order of a {@link Diff}, with the write that it has its value from. */
    public static Map<CellId, Stamp> of(Element element) {
        var writes = new LinkedHashMap<CellId, Stamp>();
        Cells.of(element).keySet().stream().sorted(Cells.SORTING).forEach(cell -> {
            Stamp stamp = stamp(element, cell);
            if (!stamp.equals(Stamp.NONE)) {
                writes.put(cell, stamp);
            }
        });
        return writes;
    }

    private static Stamp stamp(Element element, CellId cell) {
        return switch (cell) {
            case CellId.Existence existence -> element.placed();
            case CellId.Place place -> element.placed();
            case CellId.Deleted deleted -> element.flagged();
            case CellId.Property(var id, var name) -> element.cell(name).newestWrite(Path.Whole.WHOLE);
            case CellId.Text(var id, var name) -> element.textWritten(name);
            case CellId.Item(var id, var list, var item) -> element.item(list, item).map(ItemCell::stamp).orElse(Stamp.NONE);
            case CellId.Member(var id, var set, var member) ->
                Optional.ofNullable(element.set(set).get(member)).map(MemberCell::stamp).orElse(Stamp.NONE);
        };
    }
}
