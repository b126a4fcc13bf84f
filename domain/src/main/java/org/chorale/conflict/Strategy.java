package org.chorale.conflict;

/** What becomes of the later of two conflicting writes. Public names: they travel in {@code onConflict} and in settings. */
public enum Strategy {
    /** It is applied; the author of the earlier one is told. */
    LAST_WRITE_WINS,
    /** Both are kept where that loses nothing; else as {@link #LAST_WRITE_WINS}. */
    AUTOMATIC,
    /** Both are blended by the register's {@link Blend}; where values cannot be blended, as {@link #LAST_WRITE_WINS}. */
    MERGE,
    /** It waits as a candidate of a conflict record until somebody chooses. */
    MANUAL,
    /** Its whole change is refused. */
    REJECT
}
