package org.chorale.branch;

import org.chorale.session.BranchId;

/** Where it is written what a branch takes. */
@FunctionalInterface
public interface BranchRuleSource {
    /** @throws org.chorale.problem.CollaborationException {@code branch-not-found} */
    BranchRules of(BranchId branch);
}
