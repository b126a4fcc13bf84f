package org.chorale.version;

import java.time.Instant;
import java.util.Optional;

/**
 * A revision that somebody gave a name, for ever.
 *
 * @param branch      the name of the branch that has the revision
 * @param description what it is, in people's words
 * @param authorId    the user who named it
 * @param authorName  what they were called then
 * @param at          when it was named; the revision may be older
 */
public record Version(VersionId id, String branch, long revision, String name, Optional<String> description, String authorId, String authorName,
                      Instant at) {}
