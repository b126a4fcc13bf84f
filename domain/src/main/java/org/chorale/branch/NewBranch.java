package org.chorale.branch;

import static org.chorale.problem.ProblemType.INVALID_REQUEST;

import java.util.Optional;
import java.util.regex.Pattern;
import org.chorale.session.BranchId;
import org.chorale.session.Description;
import org.chorale.version.VersionId;

/**
 * A branch that somebody asks for.
 *
 * @param name        a letter, then up to 63 letters, digits, blanks, points, underscores and hyphens, the last one no blank; not like a version's id
 * @param description at most {@value Description#LENGTH} characters
 * @param from        the branch that it begins at
 * @param revision    of that branch; its newest one where absent
 */
public record NewBranch(String name, Optional<String> description, String from, Optional<Long> revision) {
    private static final Pattern NAME = Pattern.compile("\\p{L}(?:[\\p{L}\\p{M}\\p{Nd} ._-]{0,62}[\\p{L}\\p{M}\\p{Nd}._-])?");

    public NewBranch {
        name = name.strip();
        if (!isName(name)) {
            throw INVALID_REQUEST.because("name (expected: a letter, then at most 63 letters, digits, blanks, '.', '_' and '-'; "
                + "not a version's id)");
        }
        if (name.equals(BranchId.MAIN)) {
            throw INVALID_REQUEST.because("name (expected: another one than " + BranchId.MAIN + ", which is there always)");
        }
        description = description.map(Description::require).filter(text -> !text.isEmpty());
    }

    /** Whether a branch can have this name. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches() && !VersionId.looksLike(name);
    }
}
