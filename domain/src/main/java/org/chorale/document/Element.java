package org.chorale.document;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chorale.operation.ElementId;
import org.chorale.operation.OrderKey;
import org.chorale.value.Value;

/** A node of the document's tree. Only its {@link Document} changes it. */
public final class Element {
    private final ElementId id;
    private final String type;
    private final List<ElementId> refs;
    private final Map<String, Value> props;
    private final Map<String, String> texts;
    private ElementId parent;
    private OrderKey order;
    private boolean deleted;

    Element(ElementId id, String type, List<ElementId> refs, ElementId parent, OrderKey order,
            Map<String, Value> props, Map<String, String> texts) {
        this.id = id;
        this.type = type;
        this.refs = refs;
        this.parent = parent;
        this.order = order;
        this.props = new HashMap<>(props);
        this.texts = new HashMap<>(texts);
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

    public Map<String, Value> props() {
        return Collections.unmodifiableMap(props);
    }

    public Map<String, String> texts() {
        return Collections.unmodifiableMap(texts);
    }

    public Optional<Value> prop(String name) {
        return Optional.ofNullable(props.get(name));
    }

    void place(ElementId newParent, OrderKey newOrder) {
        parent = newParent;
        order = newOrder;
    }

    void setDeleted(boolean flag) {
        deleted = flag;
    }

    /** Writes or, with an empty value, removes a property. */
    void write(String name, Optional<Value> value) {
        value.ifPresentOrElse(present -> props.put(name, present), () -> props.remove(name));
    }
}
