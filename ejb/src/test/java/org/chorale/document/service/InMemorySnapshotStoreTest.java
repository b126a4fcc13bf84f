package org.chorale.document.service;

import org.chorale.document.SnapshotStore;
import org.chorale.session.BranchId;
import org.chorale.session.SessionId;

class InMemorySnapshotStoreTest extends SnapshotStoreContract {
    private final InMemorySnapshotStore store = new InMemorySnapshotStore();
    private int branches;

    @Override
    protected SnapshotStore store() {
        return store;
    }

    @Override
    protected BranchId newBranch() {
        return BranchId.main(new SessionId("000000000" + branches++));
    }

    @Override
    protected BranchId fork(BranchId parent, long revision) {
        var child = new BranchId(parent.session(), "branch " + branches++);
        store.fork(child, parent, revision);
        return child;
    }
}
