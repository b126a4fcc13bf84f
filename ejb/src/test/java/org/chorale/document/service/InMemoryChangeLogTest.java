package org.chorale.document.service;

import org.chorale.document.ChangeLog;
import org.chorale.lock.LockStore;
import org.chorale.session.BranchId;
import org.chorale.session.SessionId;

class InMemoryChangeLogTest extends ChangeLogContract {
    private final InMemoryChangeLog log = new InMemoryChangeLog();
    private int branches;

    @Override
    protected ChangeLog log() {
        return log;
    }

    @Override
    protected LockStore locks() {
        return log;
    }

    @Override
    protected BranchId newBranch() {
        return BranchId.main(new SessionId("000000000" + branches++));
    }

    @Override
    protected BranchId fork(BranchId parent, long revision) {
        var child = new BranchId(parent.session(), "branch " + branches++);
        log.fork(child, parent, revision);
        return child;
    }
}
