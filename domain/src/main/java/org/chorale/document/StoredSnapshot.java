package org.chorale.document;

import java.time.Instant;
import java.util.List;

/**
 * A document at one revision as the store keeps it: a shortcut to the log, never the truth.
 *
 * @param at    when the revision was committed
 * @param parts its text, cut into pieces of at most {@link #PART_LENGTH} ASCII characters
 */
public record StoredSnapshot(long revision, Instant at, List<String> parts) {
    /** What one row holds of a snapshot, in characters. */
    public static final int PART_LENGTH = 1024 * 1024;

    public StoredSnapshot {
        if (revision < 1) {
            throw new IllegalArgumentException("revision: " + revision + " (expected: >= 1)");
        }
        parts = List.copyOf(parts);
        for (String part : parts) {
            if (part.length() > PART_LENGTH) {
                throw new IllegalArgumentException("part of length " + part.length() + " (expected: at most " + PART_LENGTH + ")");
            }
        }
    }
}
