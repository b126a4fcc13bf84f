package org.chorale.document;

import java.time.Instant;

/**
 * A register's last write: who made it, when, and as which revision.
 *
 * @param origin the revision that the content stems from: the write's own, or an earlier one that an undo brought back
 */
public record Stamp(long revision, String clientId, String userId, Instant at, long origin) {
    /** Nobody wrote yet. */
    public static final Stamp NONE = new Stamp(0, "", "", Instant.EPOCH, 0);

    Stamp withOrigin(long other) {
        return other == origin ? this : new Stamp(revision, clientId, userId, at, other);
    }
}
