package org.chorale.conflict;

/** How {@link Strategy#MERGE} makes one of several numbers, or of vectors of one length. Public names: they travel in settings. */
public enum Blend {
    /** The present value plus what the writer changed: current + mine − previous. */
    DELTA,
    /** The mean of all values written without knowledge of each other. */
    AVERAGE,
    /** The least of them, for each component. */
    MIN,
    /** The greatest of them, for each component. */
    MAX
}
