package org.chorale.chat;

import static org.chorale.problem.ProblemType.INVALID_REQUEST;
import static org.chorale.problem.ProblemType.LIMIT_EXCEEDED;

import org.chorale.value.Value;

/** What may be said, and how it may be named. */
public final class ChatRules {
    /** More than this is never stored, whatever the configured limit: the column's length in UTF-16 code units. */
    public static final int STORED_LENGTH = 65_536;
    public static final int MESSAGE_ID_LENGTH = 96;

    private static final String LINE_BREAKS_AND_TAB = "\n\r\t";

    private ChatRules() {}

    /** Returns the text without outer blanks: 1 to {@code maxLength} UTF-16 code units, no control characters but line break and tab. */
    public static String requireText(String text, int maxLength) {
        String trimmed = Value.requireUnicode(text).strip();
        int limit = Math.min(maxLength, STORED_LENGTH);
        if (trimmed.isEmpty() || trimmed.length() > limit) {
            throw LIMIT_EXCEEDED.because("text of length " + trimmed.length() + " (expected: 1 to " + limit + " characters)");
        }
        if (trimmed.codePoints().anyMatch(c -> Character.isISOControl(c) && LINE_BREAKS_AND_TAB.indexOf(c) < 0)) {
            throw INVALID_REQUEST.because("text (expected: no control characters but line break and tab)");
        }
        return trimmed;
    }

    /** Returns the id as it is: 1 to 96 UTF-16 code units, no control characters. */
    public static String requireMessageId(String messageId) {
        Value.requireUnicode(messageId);
        if (messageId.isEmpty() || messageId.length() > MESSAGE_ID_LENGTH) {
            throw INVALID_REQUEST.because("messageId of length " + messageId.length() + " (expected: 1 to " + MESSAGE_ID_LENGTH
                + " characters)");
        }
        if (messageId.codePoints().anyMatch(Character::isISOControl)) {
            throw INVALID_REQUEST.because("messageId (expected: no control characters)");
        }
        return messageId;
    }
}
