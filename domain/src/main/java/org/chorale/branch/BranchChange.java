package org.chorale.branch;

import static org.chorale.problem.ProblemType.INVALID_REQUEST;

import java.util.Optional;
import org.chorale.session.BranchId;
import org.chorale.session.Description;

/**
 * What is to be otherwise about a branch; what is absent stays.
 *
 * @param description empty to take it away
 * @param archived    whether it is put away, and nobody edits it
 * @param protection  present to change it; then nothing inside lifts it
 */
public record BranchChange(Optional<String> description, Optional<Boolean> archived, Optional<Optional<Protection>> protection) {
    public BranchChange {
        description = description.map(Description::require);
    }

    /** @throws org.chorale.problem.CollaborationException {@code invalid-request} where main would be put away */
    public void requireFor(BranchId branch) {
        if (branch.name().equals(BranchId.MAIN) && archived.orElse(false)) {
            throw INVALID_REQUEST.because("archived (expected: not for " + BranchId.MAIN + ")");
        }
    }
}
