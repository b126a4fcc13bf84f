package org.chorale.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which snapshots are worth their space: the newest for the next start, and some along the whole history for whoever looks at the past.
 *
 * @param newest  how many of the newest stay: at least 1
 * @param spacing no two of those that stay are further apart than this many revisions, as far as there are snapshots between them
 */
public record SnapshotRetention(int newest, long spacing) {
    public SnapshotRetention {
        if (newest < 1 || spacing < 1) {
            throw new IllegalArgumentException("newest: " + newest + ", spacing: " + spacing + " (expected: >= 1)");
        }
    }

    /**
     * Those that can go.
     *
     * @param revisions all there are, ascending
     * @param named     revisions that people gave a name: what looks back most often looks at them
     */
    public List<Long> superfluous(List<Long> revisions, Set<Long> named) {
        var superfluous = new ArrayList<Long>();
        long before = 0;
        for (int i = 0; i < revisions.size() - newest; i++) {
            if (revisions.get(i + 1) - before <= spacing && !named.contains(revisions.get(i))) {
                superfluous.add(revisions.get(i));
            } else {
                before = revisions.get(i);
            }
        }
        return superfluous;
    }
}
