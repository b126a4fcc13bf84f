package org.chorale.mergerequest;

import static org.chorale.problem.ProblemType.APPROVALS_MISSING;
import static org.chorale.problem.ProblemType.BRANCH_ARCHIVED;
import static org.chorale.problem.ProblemType.CHANGES_REQUESTED;
import static org.chorale.problem.ProblemType.MERGE_CONFLICTS;
import static org.chorale.problem.ProblemType.MERGE_REQUEST_CLOSED;

import java.util.ArrayList;
import java.util.List;
import org.chorale.problem.Problem;

/** What keeps a merge request from being merged, whoever wants to. Reviews count where the target is protected. */
public final class MergeRules {
    private MergeRules() {}

    /**
     * All that is in the way; nothing where it can be merged.
     *
     * @param sourceHead    verdicts about an earlier revision of the source do not count
     * @param openConflicts those that nobody decided, with the branches as they are now
     */
    public static List<Problem> blockers(MergeRequest request, long sourceHead, Target target, int openConflicts) {
        var blockers = new ArrayList<Problem>();
        if (!request.isOpen()) {
            blockers.add(MERGE_REQUEST_CLOSED.with("merge request " + request.id() + " is " + request.status() + " (expected: OPEN)"));
        }
        if (target.isArchived()) {
            blockers.add(BRANCH_ARCHIVED.with("target: " + request.target() + " (expected: a branch that is not archived)"));
        }
        target.requiredApprovals().ifPresent(required -> {
            if (request.wantsChanges(sourceHead)) {
                blockers.add(CHANGES_REQUESTED.with("reviewers (expected: none who wants changes to " + request.source() + "@" + sourceHead + ")"));
            }
            int approvals = request.approvals(sourceHead);
            if (approvals < required) {
                blockers.add(APPROVALS_MISSING.with("approvals of " + request.source() + "@" + sourceHead + ": " + approvals
                    + " (expected: at least " + required + ")"));
            }
        });
        if (openConflicts > 0) {
            blockers.add(conflicts(openConflicts));
        }
        return List.copyOf(blockers);
    }

    /** So many conflicts wait for a choice. */
    public static Problem conflicts(int open) {
        return MERGE_CONFLICTS.with("open conflicts: " + open + " (expected: none)");
    }
}
