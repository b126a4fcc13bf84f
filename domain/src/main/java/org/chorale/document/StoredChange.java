package org.chorale.document;

import java.time.Instant;

/**
 * A committed change as the log keeps it.
 *
 * @param content the change's wire form: the same text goes into the database and to every client
 */
public record StoredChange(long revision, ChangeId id, Instant at, String content) {}
