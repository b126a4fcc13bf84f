package org.chorale.operation;

/** An element's id within its document, chosen by the client that creates it: 1 to 64 characters of {@code [A-Za-z0-9_-]}. */
public record ElementId(String value) {
    /** The parent of what stands at the top of a document; itself no element. */
    public static final ElementId ROOT = new ElementId("");

    public ElementId {
        if (!value.isEmpty()) {
            Ids.require("element id", value);
        }
    }

    /** An id that names an element, not the root. */
    public static ElementId of(String value) {
        return new ElementId(Ids.require("element id", value));
    }

    public boolean isRoot() {
        return value.isEmpty();
    }

    @Override
    public int hashCode() {
        return value.hashCode();            // a String remembers its hash, a record does not
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof ElementId(var id) && id.equals(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
