package org.chorale.document.service;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.chorale.document.ChangeLog;
import org.chorale.document.SnapshotStore;
import org.chorale.document.store.StoredBranches;
import org.chorale.session.BranchId;

/** Looks whether what the database has of documents is whole, branch by branch. Changes nothing. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class LogVerification {
    private static final int BRANCHES_AT_ONCE = 500;
    private static final int LOOKS = 3;

    @EJB
    private StoredBranches branches;
    @Inject
    private ChangeLog log;
    @Inject
    private SnapshotStore snapshots;

    /**
     * What was found in one branch.
     *
     * @param head      its newest revision
     * @param hash      of the newest document
     * @param changes   that were read and folded
     * @param snapshots that were compared with the log
     * @param faults    nothing where all that was looked at is whole
     */
    public record Verdict(BranchId branch, long head, String hash, long changes, int snapshots, List<String> faults) {
        public Verdict {
            faults = List.copyOf(faults);
        }
    }

    /**
     * Looks at all branches but the deleted ones.
     *
     * @param all  to read every change and compare every snapshot; otherwise, of each branch, whether its revisions follow each other, its
     *             newest snapshot, and the changes behind the one before that
     * @param each is told about each branch, in the order of their making
     */
    public void verify(boolean all, Consumer<Verdict> each) {
        List<StoredBranches.Row> some = branches.first(BRANCHES_AT_ONCE);
        while (!some.isEmpty()) {
            some.forEach(row -> each.accept(verify(row, all)));
            some = branches.after(some.getLast(), BRANCHES_AT_ONCE);
        }
    }

    private Verdict verify(StoredBranches.Row row, boolean all) {
        Verdict verdict = new BranchVerification(row.branch(), log, snapshots).verify(row.fork(), all);
        List<String> faults = Stream.concat(gaps(row).stream(), verdict.faults().stream()).distinct().toList();
        return new Verdict(row.branch(), verdict.head(), verdict.hash(), verdict.changes(), verdict.snapshots(), faults);
    }

    /** Where a node that runs moves changes into a segment meanwhile, a look between two of its statements finds a gap that is none. */
    private List<String> gaps(StoredBranches.Row row) {
        List<String> gaps = branches.gaps(row);
        for (int look = 1; look < LOOKS && !gaps.isEmpty(); look++) {
            gaps = branches.gaps(row);
        }
        return gaps;
    }
}
