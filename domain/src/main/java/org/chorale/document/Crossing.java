package org.chorale.document;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A merge between two branches: from its revision on, the target has all that the source had at its own.
 *
 * @param source what was merged
 * @param target the revision that the merge made, or the newest one where there was nothing to do
 */
public record Crossing(BranchPoint source, BranchPoint target) {
    public Crossing {
        if (source.branch().equals(target.branch())) {
            throw new IllegalArgumentException("target: " + target + " (expected: another branch than the source's)");
        }
    }

    /**
     * The last one between two branches, in either direction. Merges of a pair come one after the other, each with the newest revision of
     * its source: so along both branches they are in one and the same order.
     */
    public static Optional<Crossing> last(Stream<Crossing> ofOnePair) {
        return ofOnePair.max(Comparator.comparingLong(crossing -> crossing.source().revision() + crossing.target().revision()));
    }
}
