package org.chorale.mergerequest;

/** How a merge request stands. Public names, in lower case. */
public enum Status {
    OPEN,
    /** It was merged; that is for ever. */
    MERGED,
    /** Somebody gave it up; it can be opened again. */
    CLOSED
}
