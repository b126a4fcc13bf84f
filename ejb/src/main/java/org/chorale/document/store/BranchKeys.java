package org.chorale.document.store;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.chorale.cluster.Bus;
import org.chorale.cluster.service.ClusterConfig;
import org.chorale.session.BranchId;

/**
 * Where the database has branches, which never changes as long as they are there: remembered, so that a commit need not ask for it first.
 * A branch that another node may delete is looked up again after a while, as a new one may have its name.
 */
@ApplicationScoped
public class BranchKeys {
    private static final int REMEMBERED = 100_000;

    private final Map<BranchId, Entry> lines = new ConcurrentHashMap<>();
    @EJB
    private BranchRows rows;
    @Inject
    private Bus bus;
    @Inject
    private ClusterConfig cluster;

    private record Entry(BranchLine line, long readAt) {}

    /** @throws org.chorale.problem.CollaborationException {@code branch-not-found} */
    BranchLine require(BranchId branch) {
        Entry known = lines.get(branch);
        if (known != null && isGood(branch, known)) {
            return known.line();
        }
        BranchLine found = rows.line(branch);
        if (lines.size() >= REMEMBERED) {
            lines.clear();
        }
        lines.put(branch, new Entry(found, System.nanoTime()));
        return found;
    }

    private boolean isGood(BranchId branch, Entry known) {
        return branch.name().equals(BranchId.MAIN) || !bus.reachesOthers()
            || System.nanoTime() - known.readAt() < cluster.pollInterval.toNanos();
    }

    /** What is remembered of a branch, however old it is. */
    Optional<BranchLine> known(BranchId branch) {
        return Optional.ofNullable(lines.get(branch)).map(Entry::line);
    }

    /** A branch was deleted: its name may become another one's. */
    public void forget(BranchId branch) {
        lines.remove(branch);
    }
}
