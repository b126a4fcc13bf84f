package org.chorale.merge;

import java.util.Optional;
import org.chorale.value.Value;

/** What a merge cannot decide by itself. */
public record MergeConflict(CellId cell, Reason reason, Optional<Value> base, Optional<Value> ours, Optional<Value> theirs) {

    /** Why not. Public names. */
    public enum Reason {
        /** Both sides wrote different values. */
        BOTH_CHANGED,
        /** Both sides moved the element, to different parents. */
        BOTH_MOVED,
        /** One side deleted what the other edited: the element, or something below it. */
        DELETED_AND_EDITED,
        /** The places that the two sides chose would close a cycle. */
        CYCLE,
        /** The element is not in our document. */
        MISSING
    }
}
