package org.chorale.merge;

import java.util.Optional;
import org.chorale.document.BranchPoint;
import org.chorale.document.Crossing;

/**
 * Which revision a branch and the one that it was forked from had in common last: what a merge of either into the other compares with.
 *
 * <p>A merge of source@x into the target makes target@y, which has all that source@x has. Nothing later is in both. So source@x is the
 * common ancestor from then on, whichever way the next merge goes; in the other direction too, where target@y would be wrong: what the
 * target had beyond the base before the merge is not in the source yet.
 */
public final class MergeBase {
    private MergeBase() {}

    /**
     * @param fork the parent at the revision that the child begins at
     * @param last the last merge between the two, in either direction
     */
    public static BranchPoint of(BranchPoint fork, Optional<Crossing> last) {
        return last.map(Crossing::source).orElse(fork);
    }
}
