package org.chorale.mergerequest;

import static org.chorale.problem.ProblemType.INVALID_REQUEST;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.chorale.session.DisplayName;
import org.chorale.value.Value;

/**
 * What somebody asks to be merged.
 *
 * @param target      the source's parent where absent
 * @param title       1 to {@value #TITLE_LENGTH} characters, without outer blanks
 * @param description at most {@value #DESCRIPTION_LENGTH} characters
 * @param reviewers   users who are asked to look at it, each once, at most {@value #MOST_REVIEWERS}
 */
public record NewMergeRequest(String source, Optional<String> target, String title, Optional<String> description, List<String> reviewers) {
    public static final int TITLE_LENGTH = 120;
    public static final int DESCRIPTION_LENGTH = 2_000;
    public static final int MOST_REVIEWERS = 20;
    private static final int USER_ID_LENGTH = 64;

    public NewMergeRequest {
        title = requireTitle(title);
        description = requireDescription(description);
        reviewers = requireReviewers(reviewers);
    }

    public static String requireTitle(String title) {
        return DisplayName.require("title", title, TITLE_LENGTH);
    }

    /** Lines are its author's; no other control characters are. Nothing where it is empty. */
    public static Optional<String> requireDescription(Optional<String> description) {
        return description.map(text -> Value.requireUnicode(text).strip()).filter(text -> !text.isEmpty()).map(text -> {
            boolean printable = text.codePoints().allMatch(c -> c == '\n' || !Character.isISOControl(c));
            if (text.length() > DESCRIPTION_LENGTH || !printable) {
                throw INVALID_REQUEST.because("description of length " + text.length() + " (expected: at most " + DESCRIPTION_LENGTH
                    + " characters, no control characters but line feeds)");
            }
            return text;
        });
    }

    public static List<String> requireReviewers(List<String> reviewers) {
        List<String> distinct = List.copyOf(new LinkedHashSet<>(reviewers));
        if (distinct.size() > MOST_REVIEWERS) {
            throw INVALID_REQUEST.because("reviewers: " + distinct.size() + " (expected: at most " + MOST_REVIEWERS + ")");
        }
        for (String reviewer : distinct) {
            if (reviewer.isEmpty() || reviewer.length() > USER_ID_LENGTH || reviewer.chars().anyMatch(c -> c <= ' ' || c > '~')) {
                throw INVALID_REQUEST.because("reviewers (expected: userIds)");
            }
        }
        return distinct;
    }
}
