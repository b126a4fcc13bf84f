package org.chorale.document.service;

import java.util.List;
import java.util.Optional;
import org.chorale.document.StoredChange;

/** The branch as a visitor finds it between two commits. */
public interface BranchView {
    long revision();

    /** {@code {"revision": …, "document": …}}, encoded once for all who come at this revision. */
    String snapshot();

    /** What was committed after a revision; nothing when that is ahead of the head or too far behind to be worth sending. */
    Optional<List<StoredChange>> changesAfter(long revision);

    /** From now on the subscriber is told what is committed. */
    void subscribe(BranchSubscriber subscriber);

    void unsubscribe(BranchSubscriber subscriber);
}
