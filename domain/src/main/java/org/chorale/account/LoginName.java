package org.chorale.account;

import static org.chorale.problem.ProblemType.INVALID_REQUEST;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name by which somebody logs in; upper and lower case are the same. ASCII only, so that no two names look alike. An e-mail address
 * fits, but nothing is ever sent to it.
 */
public record LoginName(String value) {
    private static final Pattern ALLOWED = Pattern.compile("[a-z0-9][a-z0-9._@+-]{1,62}[a-z0-9]");

    public LoginName {
        value = value.strip().toLowerCase(Locale.ROOT);
        if (!ALLOWED.matcher(value).matches()) {
            throw INVALID_REQUEST.because("login of length " + value.length()
                + " (expected: 3 to 64 of a-z, 0-9 and . _ @ + -, the first and the last a letter or digit)");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
