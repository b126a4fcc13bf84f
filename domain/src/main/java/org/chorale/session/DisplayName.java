package org.chorale.session;

import static org.chorale.problem.ProblemType.INVALID_REQUEST;

import org.chorale.value.Value;

/** The rule for names that people see. */
public final class DisplayName {
    private DisplayName() {}

    /** Returns the name without outer blanks: 1 to {@code maxLength} UTF-16 code units, no control characters, no bidirectional overrides. */
    public static String require(String field, String name, int maxLength) {
        String trimmed = Value.requireUnicode(name).strip();
        if (trimmed.isEmpty() || trimmed.length() > maxLength) {
            throw INVALID_REQUEST.because(field + " of length " + trimmed.length() + " (expected: 1 to " + maxLength + " characters)");
        }
        if (trimmed.codePoints().anyMatch(c -> Character.isISOControl(c) || c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069)) {
            throw INVALID_REQUEST.because(field + " (expected: no control characters)");
        }
        return trimmed;
    }
}
