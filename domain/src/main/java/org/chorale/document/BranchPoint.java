package org.chorale.document;

/**
 * A revision of one of a session's branches.
 *
 * @param branch the branch's name
 */
public record BranchPoint(String branch, long revision) {
    public BranchPoint {
        if (revision < 0) {
            throw new IllegalArgumentException("revision: " + revision + " (expected: >= 0)");
        }
    }

    @Override
    public String toString() {
        return branch + "@" + revision;
    }
}
