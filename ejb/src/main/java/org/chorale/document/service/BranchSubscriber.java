package org.chorale.document.service;

import java.util.List;
import org.chorale.document.StoredChange;

/** Who is told what a branch committed: on the mailbox's thread, in the order of revisions, without gaps. Must not block. */
@FunctionalInterface
public interface BranchSubscriber {
    void committed(List<StoredChange> changes);
}
