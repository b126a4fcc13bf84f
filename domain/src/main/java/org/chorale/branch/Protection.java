package org.chorale.branch;

import static org.chorale.problem.ProblemType.INVALID_REQUEST;

/**
 * What a merge into a protected branch needs, beside somebody who may merge.
 *
 * @param approvals from so many people, 0 to {@value #MOST_APPROVALS}
 */
public record Protection(int approvals) {
    public static final int MOST_APPROVALS = 20;

    public Protection {
        if (approvals < 0 || approvals > MOST_APPROVALS) {
            throw INVALID_REQUEST.because("protection.approvals: " + approvals + " (expected: 0 to " + MOST_APPROVALS + ")");
        }
    }
}
