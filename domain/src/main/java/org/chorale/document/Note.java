package org.chorale.document;

import org.chorale.operation.ElementId;

/**
 * What a change's author should know: an operation did not do what it says, and why.
 *
 * @param operation the index in the submitted change
 */
public record Note(Code code, ElementId element, int operation) {

    /** The reasons. Public names: they travel in {@code accepted} and {@code changes}. */
    public enum Code {
        /** The parent was deleted: the element went to the nearest live ancestor, or stayed where it was. */
        PARENT_DELETED,
        /** A referred element is not live, so the new one stays hidden. */
        REF_DELETED,
        /** The register does not hold what the operation needs; nothing happened. */
        TYPE_MISMATCH,
        /** The element would have come under itself; nothing happened. */
        CYCLE,
        /** The element is deleted: the edit is kept, and seen once it is restored. */
        EDIT_DELETED
    }
}
