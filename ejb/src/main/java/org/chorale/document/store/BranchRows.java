package org.chorale.document.store;

import static org.chorale.problem.ProblemType.BRANCH_NOT_FOUND;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Optional;
import org.chorale.session.BranchId;

/** The rows of branches, for whoever works in a transaction of their own. */
@Stateless
public class BranchRows {
    @PersistenceContext
    private EntityManager entities;

    /** @throws org.chorale.problem.CollaborationException {@code branch-not-found} */
    public BranchEntity require(BranchId branch) {
        return find(branch).orElseThrow(() -> BRANCH_NOT_FOUND.because("branch: " + branch.name() + " (expected: one of the session's)"));
    }

    public Optional<BranchEntity> find(BranchId branch) {
        return entities.createNamedQuery("branch.named", BranchEntity.class)
            .setParameter("session", branch.session().value()).setParameter("name", branch.name()).getResultStream().findFirst();
    }

    /** A branch that another row names as its own, or as its parent. */
    public BranchEntity of(long key) {
        return entities.find(BranchEntity.class, key);
    }

    /** @throws org.chorale.problem.CollaborationException {@code branch-not-found} */
    public BranchLine line(BranchId branch) {
        return line(require(branch));
    }

    private BranchLine line(BranchEntity row) {
        return row.parentKey().map(parent -> line(of(parent)).fork(row.key(), row.forkRevision()))
            .orElseGet(() -> BranchLine.root(row.key()));
    }
}
