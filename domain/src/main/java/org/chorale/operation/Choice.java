package org.chorale.operation;

/** How an open conflict is to end. Public names: they travel in {@code resolve}. */
public enum Choice {
    /** The value of the person who resolves: their candidate, else the present value where it is theirs. */
    MINE,
    /** The other side's value. */
    THEIRS,
    /** The mean of the present value and all candidates: numbers, or vectors of one length. */
    AVERAGE,
    /** A value that comes with the operation. */
    VALUE,
    /** The newest candidate. */
    LAST_WRITE_WINS,
    /** All candidates merged into the present value. */
    MERGE,
    /** The present value stays. */
    REJECT,
    /** Somebody who knew of the conflict wrote another value. The server's word, no client's. */
    SUPERSEDED
}
