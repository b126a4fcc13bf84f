package org.chorale.merge;

import org.chorale.operation.ElementId;

/** The smallest thing that can differ between two documents. */
public sealed interface CellId {
    ElementId element();

    /** That the element was made at all; its value is its type. */
    record Existence(ElementId element) implements CellId {}

    /** Its deleted flag: a boolean. */
    record Deleted(ElementId element) implements CellId {}

    /** {@code {"order": key, "parent": id or null}} */
    record Place(ElementId element) implements CellId {}

    /** A whole property; its value is the property's. */
    record Property(ElementId element, String name) implements CellId {}

    /** A text; its value is a string. */
    record Text(ElementId element, String name) implements CellId {}

    /** A list's item: {@code {"retracted": boolean, "value": …}}. */
    record Item(ElementId element, String list, String item) implements CellId {}

    /** Membership in a set: a boolean; absent means false. */
    record Member(ElementId element, String set, String member) implements CellId {}
}
