package org.chorale.document.service;

import java.util.List;
import org.chorale.document.StoredChange;
import org.chorale.session.BranchId;

/** The same branch on other nodes. They are told as well as it goes; what does not reach them they find in the database. */
public interface Siblings {
    /** Of a node that is alone. */
    Siblings NONE = new Siblings() {
        @Override
        public void committed(BranchId branch, List<StoredChange> changes) {}

        @Override
        public void locksChanged(BranchId branch, long version) {}
    };

    /** This node committed; the changes are in order, at least one. Must not block. */
    void committed(BranchId branch, List<StoredChange> changes);

    /** This node took, prolonged or gave free locks; the branch's version of them is this now. Must not block. */
    void locksChanged(BranchId branch, long version);
}
