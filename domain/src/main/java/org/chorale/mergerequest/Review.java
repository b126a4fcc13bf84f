package org.chorale.mergerequest;

import java.time.Instant;
import java.util.Optional;

/**
 * Somebody who is asked to look at a merge request, or did.
 *
 * @param finding nothing until they said what they found
 */
public record Review(Contributor reviewer, Optional<Finding> finding) {

    /**
     * What they found.
     *
     * @param sourceRevision the newest revision of the source then: it is about this one alone
     */
    public record Finding(Verdict verdict, long sourceRevision, Instant at) {
        /** Whether the source has changes that the reviewer did not see. Such a verdict counts for nothing. */
        public boolean isStale(long sourceHead) {
            return sourceHead > sourceRevision;
        }
    }

    /** Somebody who has not looked yet. */
    public static Review asked(Contributor reviewer) {
        return new Review(reviewer, Optional.empty());
    }

    /** Whether this is what they found in the source as it is now. */
    public boolean says(Verdict verdict, long sourceHead) {
        return finding.filter(found -> found.verdict() == verdict && !found.isStale(sourceHead)).isPresent();
    }
}
