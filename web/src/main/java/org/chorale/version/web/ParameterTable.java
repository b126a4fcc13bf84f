package org.chorale.version.web;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.chorale.document.CommittedChange;
import org.chorale.document.Document;
import org.chorale.document.Element;
import org.chorale.operation.ElementId;
import org.chorale.value.CanonicalForm;
import org.chorale.value.Value;

/** What the parameters of a session were after each change that moved one. Folds the changes one by one; used by one thread. */
final class ParameterTable {
    /** The element that holds them: the first one that is there. Its properties are the parameters, but for those about them. */
    private static final String TYPE = "parameters";
    private static final String ABOUT_ALL = "ranges";
    private static final String ABOUT_ONE = "definition:";

    private final Document document;
    private final List<String> names;
    private final Optional<ElementId> element;
    private List<Csv.Field> values;

    /** @param before the document before the first change, which is changed; {@code after} as it is behind the last one */
    ParameterTable(Document before, Document after) {
        this.document = before;
        this.element = holder(after).or(() -> holder(before)).map(Element::id);
        var known = new TreeSet<String>();
        for (Document one : List.of(before, after)) {
            element.flatMap(one::element).map(held -> held.props().keySet()).ifPresent(props -> collect(props, known));
        }
        this.names = List.copyOf(known);
        this.values = values();
    }

    private static Optional<Element> holder(Document document) {
        return document.children(ElementId.ROOT).stream().filter(each -> each.type().equals(TYPE) && document.isLive(each.id())).findFirst();
    }

    private static void collect(Collection<String> props, Collection<String> known) {
        props.stream().filter(name -> !name.equals(ABOUT_ALL) && !name.startsWith(ABOUT_ONE)).forEach(known::add);
    }

    /** Those that there are before or after all of it, by name. */
    List<String> names() {
        return names;
    }

    /** Their values after the next change; nothing where it moved none of them. */
    Optional<List<Csv.Field>> after(CommittedChange change) {
        document.apply(change);
        document.keep();
        List<Csv.Field> now = values();
        boolean moved = !now.equals(values);
        values = now;
        return moved ? Optional.of(now) : Optional.empty();
    }

    private List<Csv.Field> values() {
        var now = new ArrayList<Csv.Field>(names.size());
        Optional<Element> held = element.flatMap(document::element);
        for (String name : names) {
            now.add(held.flatMap(each -> each.prop(name)).map(ParameterTable::field).orElse(Csv.Field.EMPTY));
        }
        return now;
    }

    private static Csv.Field field(Value value) {
        return switch (value) {
            case Value.Text(var text) -> Csv.text(text);
            case Value.Num number -> Csv.plain(CanonicalForm.of(number));
            case Value.Bool bool -> Csv.plain(Boolean.toString(bool.value()));
            case Value.Null none -> Csv.Field.EMPTY;
            case Value.Array array -> Csv.text(CanonicalForm.of(array));
            case Value.Struct struct -> Csv.text(CanonicalForm.of(struct));
        };
    }
}
