package org.chorale.version;

import static org.chorale.problem.ProblemType.VERSION_NOT_FOUND;

/** What a version is called in addresses: {@code v} and a number that no other version of the server has; later ones have larger ones. */
public record VersionId(long number) {
    private static final int MOST_DIGITS = 18;

    /** Whether this is meant to be a version's id, and nothing else. */
    public static boolean looksLike(String text) {
        return text.length() > 1 && text.charAt(0) == 'v' && text.chars().skip(1).allMatch(digit -> digit >= '0' && digit <= '9');
    }

    /** @throws org.chorale.problem.CollaborationException {@code version-not-found} for what is no id */
    public static VersionId parse(String text) {
        if (!looksLike(text) || text.length() > MOST_DIGITS + 1) {
            throw VERSION_NOT_FOUND.because("versionId (expected: v and a number)");
        }
        return new VersionId(Long.parseLong(text.substring(1)));
    }

    @Override
    public String toString() {
        return "v" + number;
    }
}
