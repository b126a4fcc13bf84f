package org.chorale.document;

import java.time.Instant;

/**
 * A committed change as the log keeps it.
 *
 * @param content the change's wire form: the same text goes into the database and to every client
 * @param inverse how to undo it, for the server alone; empty where that cannot be kept
 */
public record StoredChange(long revision, ChangeId id, Instant at, String content, String inverse) {
    public StoredChange(long revision, ChangeId id, Instant at, String content) {
        this(revision, id, at, content, "");
    }
}
