package org.chorale.mergerequest;

import static org.chorale.problem.ProblemType.MERGE_REQUEST_NOT_FOUND;

/** What a merge request is called in addresses: {@code m} and a number that no other one of the server has; later ones have larger ones. */
public record MergeRequestId(long number) {
    private static final int MOST_DIGITS = 18;

    /** @throws org.chorale.problem.CollaborationException {@code merge-request-not-found} for what is no id */
    public static MergeRequestId parse(String text) {
        boolean wellFormed = text.startsWith("m") && text.length() > 1 && text.length() <= MOST_DIGITS + 1
            && text.chars().skip(1).allMatch(digit -> digit >= '0' && digit <= '9');
        if (!wellFormed) {
            throw MERGE_REQUEST_NOT_FOUND.because("merge request (expected: m and a number)");
        }
        return new MergeRequestId(Long.parseLong(text.substring(1)));
    }

    @Override
    public String toString() {
        return "m" + number;
    }
}
