package org.chorale.branch;

import java.time.Instant;
import java.util.Optional;
import org.chorale.session.BranchId;

/**
 * A line of revisions: up to its fork they are its parent's, from there on its own.
 *
 * @param parent       the branch it was forked from; nothing for main
 * @param forkRevision the parent's revision that it begins at; 0 for main
 * @param head         its newest revision, not before {@code forkRevision}
 * @param maker        nothing for main
 */
public record Branch(BranchId id, Optional<String> parent, long forkRevision, long head, Optional<String> description,
                     Optional<Maker> maker, Instant createdAt, Optional<Instant> archivedAt, Optional<Protection> protection) {

    /** Who made it, and what they were called then. */
    public record Maker(String userId, String name) {}

    /** What it may be used for. */
    public BranchRules rules() {
        return new BranchRules(archivedAt.isPresent(), protection.isPresent());
    }
}
