package org.chorale.document.store;

import java.util.ArrayList;
import java.util.List;

/**
 * Under which keys the database has a branch's revisions: its parent's up to the fork, and so on upwards, then its own. None of it ever
 * changes.
 *
 * @param key       the branch's own
 * @param stretches from the oldest to the newest; they follow each other without a gap, and the last one is the branch's own and has no end
 */
public record BranchLine(long key, List<Stretch> stretches) {

    /** Revisions that are stored under one key, both ends included. */
    public record Stretch(long key, long first, long last) {}

    public BranchLine {
        stretches = List.copyOf(stretches);
    }

    /** A branch without a parent. */
    public static BranchLine root(long key) {
        return new BranchLine(key, List.of(new Stretch(key, 1, Long.MAX_VALUE)));
    }

    /** A branch that begins at a revision of this one. */
    public BranchLine fork(long childKey, long revision) {
        var line = new ArrayList<>(between(1, revision));
        line.add(new Stretch(childKey, revision + 1, Long.MAX_VALUE));
        return new BranchLine(childKey, line);
    }

    /** Where the revisions from one to another are, both included. */
    List<Stretch> between(long first, long last) {
        return stretches.stream()
            .map(stretch -> new Stretch(stretch.key(), Math.max(first, stretch.first()), Math.min(last, stretch.last())))
            .filter(stretch -> stretch.first() <= stretch.last())
            .toList();
    }

    /** The key under which a revision is; revisions begin at 1. */
    long keyOf(long revision) {
        return between(revision, revision).getFirst().key();
    }
}
