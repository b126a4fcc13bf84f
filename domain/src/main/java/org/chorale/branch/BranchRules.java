package org.chorale.branch;

import static org.chorale.problem.ProblemType.BRANCH_ARCHIVED;
import static org.chorale.problem.ProblemType.BRANCH_PROTECTED;

import java.util.Optional;
import org.chorale.problem.Problem;

/**
 * What a branch takes, whoever comes.
 *
 * @param archived    nothing
 * @param isProtected only what is merged, and what who may merge takes back
 */
public record BranchRules(boolean archived, boolean isProtected) {
    public static final BranchRules OPEN = new BranchRules(false, false);

    /** Why an edit is refused, if it is. */
    public Optional<Problem> forbidEdit() {
        return archived ? forbidMerge()
            : isProtected ? Optional.of(BRANCH_PROTECTED.with("branch (expected: one that is not protected; here changes come by merges)"))
            : Optional.empty();
    }

    /** Why nothing can be merged or taken back, if that is so. */
    public Optional<Problem> forbidMerge() {
        return archived ? Optional.of(BRANCH_ARCHIVED.with("branch (expected: one that is not archived)")) : Optional.empty();
    }
}
