package org.chorale.document.service;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.chorale.document.ChangeLog;
import org.chorale.document.StoredChange;
import org.chorale.session.BranchId;

/** A branch's changes between two revisions, a page at a time: each is read when it is asked for, and forgotten by the next one. */
final class ChangePages implements Iterator<List<StoredChange>> {
    private final ChangeLog log;
    private final BranchId branch;
    private final long last;
    private final int size;
    private long at;

    /** @param last inclusive; at most the head */
    ChangePages(ChangeLog log, BranchId branch, long first, long last, int size) {
        this.log = log;
        this.branch = branch;
        this.at = first - 1;
        this.last = last;
        this.size = size;
    }

    @Override
    public boolean hasNext() {
        return at < last;
    }

    @Override
    public List<StoredChange> next() {
        if (!hasNext()) {
            throw new NoSuchElementException("revision " + (at + 1) + " (expected: at most " + last + ")");
        }
        List<StoredChange> page = log.after(branch, at, (int) Math.min(last - at, size));
        if (page.isEmpty()) {
            throw new IllegalStateException("branch=" + branch + " has no revision " + (at + 1));
        }
        at = page.getLast().revision();
        return page;
    }
}
