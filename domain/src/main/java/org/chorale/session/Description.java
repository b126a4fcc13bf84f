package org.chorale.session;

import static org.chorale.problem.ProblemType.INVALID_REQUEST;

import org.chorale.value.Value;

/** What people write about something they made: plain text of several lines. */
public final class Description {
    public static final int LENGTH = 2_000;

    private Description() {}

    /**
     * The text without outer blanks, as it is kept.
     *
     * @throws org.chorale.problem.CollaborationException {@code invalid-request} where it is too long or holds control characters other
     *     than line feeds
     */
    public static String require(String description) {
        String text = Value.requireUnicode(description).strip();
        boolean printable = text.codePoints().allMatch(c -> c == '\n' || !Character.isISOControl(c));
        if (text.length() > LENGTH || !printable) {
            throw INVALID_REQUEST.because("description of length " + text.length() + " (expected: at most " + LENGTH
                + " characters, no control characters but line feeds)");
        }
        return text;
    }
}
