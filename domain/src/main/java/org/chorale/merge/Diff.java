package org.chorale.merge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.chorale.document.Document;
import org.chorale.document.DocumentForm;
import org.chorale.document.Element;
import org.chorale.operation.ElementId;
import org.chorale.value.Value;

/** What differs between two documents, cell by cell. */
public final class Diff {
    private Diff() {}

    /** Every cell that differs: by element id, then structure, properties, texts, lists and sets. */
    public static List<Difference> between(Document before, Document after) {
        var ids = new TreeSet<ElementId>(Comparator.comparing(ElementId::value));
        for (Element element : before.elements()) {
            collect(element, after, ids);
        }
        for (Element element : after.elements()) {
            collect(element, before, ids);
        }
        var differences = new ArrayList<Difference>();
        for (ElementId id : ids) {
            addAll(cells(before, id), cells(after, id), differences);
        }
        return differences;
    }

    private static void collect(Element element, Document other, TreeSet<ElementId> ids) {
        Optional<Element> same = other.element(element.id());
        // Fingerprints are kept with the elements, so most of a large document is compared by one number.
        if (same.isEmpty() || DocumentForm.fingerprint(element) != DocumentForm.fingerprint(same.get())) {
            ids.add(element.id());
        }
    }

    static Map<CellId, Value> cells(Document document, ElementId id) {
        return document.element(id).map(Cells::of).orElse(Map.of());
    }

    private static void addAll(Map<CellId, Value> before, Map<CellId, Value> after, List<Difference> differences) {
        var union = new LinkedHashSet<>(before.keySet());
        union.addAll(after.keySet());
        for (CellId cell : union.stream().sorted(Cells.SORTING).toList()) {
            Optional<Value> old = Optional.ofNullable(before.get(cell));
            Optional<Value> now = Optional.ofNullable(after.get(cell));
            if (!old.equals(now)) {
                differences.add(new Difference(cell, old, now));
            }
        }
    }
}
