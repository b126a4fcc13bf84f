package org.chorale.session;

import static org.chorale.problem.ProblemType.INVALID_REQUEST;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Somebody without an account, as they introduce themselves.
 *
 * @param secret known to this guest alone; makes them the same user on every connection
 */
public record Guest(String name, String color, Optional<String> secret) {
    private static final Pattern COLOR = Pattern.compile("#[0-9a-fA-F]{6}");

    public Guest {
        name = DisplayName.require("guest.name", name, 64);
        if (!COLOR.matcher(color).matches()) {
            throw INVALID_REQUEST.because("guest.color of length " + color.length() + " (expected: #rrggbb)");
        }
        secret.ifPresent(present -> {
            if (present.length() < 16 || present.length() > 128) {
                throw INVALID_REQUEST.because("guest.secret of length " + present.length() + " (expected: 16 to 128 characters)");
            }
        });
    }

    /** Never tells the secret. */
    @Override
    public String toString() {
        return "Guest[" + color + "]";
    }
}
