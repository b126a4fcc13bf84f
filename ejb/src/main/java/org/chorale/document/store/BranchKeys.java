package org.chorale.document.store;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.chorale.session.BranchId;

/** Where the database has branches, which never changes as long as they are there: remembered, so that a commit need not ask for it first. */
@ApplicationScoped
public class BranchKeys {
    private static final int REMEMBERED = 100_000;

    private final Map<BranchId, BranchLine> lines = new ConcurrentHashMap<>();
    @EJB
    private BranchRows rows;

    /** @throws org.chorale.problem.CollaborationException {@code branch-not-found} */
    BranchLine require(BranchId branch) {
        BranchLine known = lines.get(branch);
        if (known != null) {
            return known;
        }
        BranchLine found = rows.line(branch);
        if (lines.size() >= REMEMBERED) {
            lines.clear();
        }
        lines.put(branch, found);
        return found;
    }

    /** A branch was deleted: its name may become another one's. */
    public void forget(BranchId branch) {
        lines.remove(branch);
    }
}
