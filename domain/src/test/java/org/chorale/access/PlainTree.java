package org.chorale.access;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.chorale.conflict.ConflictRecord;
import org.chorale.operation.ConflictId;
import org.chorale.operation.ElementId;

/** A tree as a test writes it down. */
final class PlainTree implements Tree {
    private record Node(ElementId parent, String type, boolean constraint) {}

    private final Map<ElementId, Node> nodes = new HashMap<>();
    private final Map<ConflictId, ConflictRecord> conflicts = new HashMap<>();

    PlainTree with(ElementId element, ElementId parent, String type) {
        nodes.put(element, new Node(parent, type, false));
        return this;
    }

    PlainTree withConstraint(ElementId element, ElementId parent, String type) {
        nodes.put(element, new Node(parent, type, true));
        return this;
    }

    PlainTree with(ConflictRecord record) {
        conflicts.put(record.id(), record);
        return this;
    }

    @Override
    public boolean has(ElementId element) {
        return nodes.containsKey(element);
    }

    @Override
    public ElementId parentOf(ElementId element) {
        return nodes.get(element).parent();
    }

    @Override
    public String typeOf(ElementId element) {
        return nodes.get(element).type();
    }

    @Override
    public boolean isConstraint(ElementId element) {
        return nodes.get(element).constraint();
    }

    @Override
    public Optional<ConflictRecord> conflict(ConflictId id) {
        return Optional.ofNullable(conflicts.get(id));
    }
}
