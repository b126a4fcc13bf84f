package org.chorale.access;

import static org.chorale.problem.ProblemType.INVALID_REQUEST;

import java.time.Instant;
import java.util.Optional;
import org.chorale.operation.ElementId;
import org.chorale.value.Value;

/**
 * What somebody told the moderators.
 *
 * @param id       0 until it is stored
 * @param reporter a user id
 * @param message  the number of a chat message
 */
public record Report(long id, String reporter, Optional<String> userId, Optional<String> element, Optional<Long> message, String reason,
                     Instant at) {
    private static final int LONGEST_REASON = 1_000;
    private static final int LONGEST_ID = 64;

    public Report {
        reason = Value.requireUnicode(reason).strip();
        if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            throw INVALID_REQUEST.because("reason of length " + reason.length() + " (expected: 1 to " + LONGEST_REASON + " characters)");
        }
        if (userId.isEmpty() && element.isEmpty() && message.isEmpty()) {
            throw INVALID_REQUEST.because("report (expected: userId, element or messageId)");
        }
        if (userId.filter(user -> user.isEmpty() || user.length() > LONGEST_ID).isPresent()) {
            throw INVALID_REQUEST.because("userId (expected: 1 to " + LONGEST_ID + " characters)");
        }
        element.ifPresent(ElementId::of);
    }
}
