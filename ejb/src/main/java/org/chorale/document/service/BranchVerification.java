package org.chorale.document.service;

import static org.chorale.document.service.BranchLoader.READ_SIZE;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.chorale.document.ChangeLog;
import org.chorale.document.Document;
import org.chorale.document.DocumentForm;
import org.chorale.document.DocumentState;
import org.chorale.document.SnapshotStore;
import org.chorale.document.StoredChange;
import org.chorale.document.StoredSnapshot;
import org.chorale.document.codec.ChangeCodec;
import org.chorale.document.codec.DocumentStateCodec;
import org.chorale.session.BranchId;

/**
 * Looks whether a branch is whole: every revision there once, every change readable and foldable, and each snapshot what the log folds to.
 * Changes nothing, and holds a page of the log and one document at a time.
 */
final class BranchVerification {
    private final BranchId branch;
    private final ChangeLog log;
    private final SnapshotStore snapshots;
    private final List<String> faults = new ArrayList<>();
    private Document document = new Document();
    private int compared;

    BranchVerification(BranchId branch, ChangeLog log, SnapshotStore snapshots) {
        this.branch = branch;
        this.log = log;
        this.snapshots = snapshots;
    }

    /**
     * Looks at a branch. It may go on meanwhile.
     *
     * @param fork behind which its own revisions begin
     * @param all  to fold all of them and compare each snapshot; otherwise the newest snapshot, and what follows the one before it
     */
    LogVerification.Verdict verify(long fork, boolean all) {
        long head = log.head(branch);
        SortedMap<Long, StoredSnapshot> own = all ? newest(head, fork, Integer.MAX_VALUE) : newest(head, fork, 2);
        boolean begun = all || own.size() < 2 ? beginAt(fork) : beginWith(own.get(own.firstKey()));
        long start = document.revision();
        if (begun) {
            fold(head, own.tailMap(start + 1));
            if (document.revision() == head && !log.after(branch, head, 1).isEmpty() && log.head(branch) == head) {
                faults.add("there is a revision behind the head, " + head);
            }
        }
        return new LogVerification.Verdict(branch, head, DocumentForm.hash(document), document.revision() - start, compared, faults);
    }

    private SortedMap<Long, StoredSnapshot> newest(long head, long fork, int count) {
        var found = new TreeMap<Long, StoredSnapshot>();
        long at = head;
        while (at > fork && found.size() < count) {
            Optional<StoredSnapshot> next = snapshots.newest(branch, at).filter(snapshot -> snapshot.revision() > fork);
            next.ifPresent(snapshot -> found.put(snapshot.revision(), snapshot));
            at = next.map(snapshot -> snapshot.revision() - 1).orElse(fork);
        }
        return found;
    }

    /** What lies before a fork is looked at with the parent. */
    private boolean beginAt(long fork) {
        try {
            document = new BranchLoader(branch, log, snapshots).documentAt(fork);
            return true;
        } catch (RuntimeException e) {
            faults.add("the document at its fork, " + fork + ", cannot be made: " + e.getMessage());
            return false;
        }
    }

    private boolean beginWith(StoredSnapshot snapshot) {
        Optional<DocumentState> state = read(snapshot);
        state.ifPresent(found -> document = Document.of(found));
        return state.isPresent();
    }

    private Optional<DocumentState> read(StoredSnapshot snapshot) {
        try {
            return Optional.of(DocumentStateCodec.load(snapshot));
        } catch (RuntimeException e) {
            faults.add("snapshot " + snapshot.revision() + " cannot be read");
            return Optional.empty();
        }
    }

    private void fold(long head, SortedMap<Long, StoredSnapshot> toCompare) {
        while (document.revision() < head) {
            long missing = head - document.revision();
            List<StoredChange> page = log.after(branch, document.revision(), (int) Math.min(missing, READ_SIZE));
            if (page.isEmpty()) {
                faults.add("revisions from " + (document.revision() + 1) + " to its head, " + head + ", are missing");
                return;
            }
            for (StoredChange change : page) {
                if (!fold(change)) {
                    return;
                }
                Optional.ofNullable(toCompare.get(change.revision())).ifPresent(this::compare);
            }
            document.keep();
        }
    }

    private boolean fold(StoredChange change) {
        long next = document.revision() + 1;
        if (change.revision() != next) {
            faults.add("revision " + next + " is missing");
            return false;
        }
        try {
            document.apply(ChangeCodec.load(change));
            return true;
        } catch (RuntimeException e) {
            faults.add("revision " + next + " cannot be read: " + e.getMessage());
            return false;
        }
    }

    private void compare(StoredSnapshot snapshot) {
        compared++;
        Optional<DocumentState> state = read(snapshot);
        if (state.isPresent() && !state.get().equals(document.state())) {
            faults.add("snapshot " + snapshot.revision() + " has the hash " + DocumentForm.hash(Document.of(state.get()))
                + ", the log " + DocumentForm.hash(document));
        }
    }
}
