package org.chorale.session;

import static org.chorale.problem.ProblemType.SESSION_NOT_FOUND;

import java.util.Locale;
import java.util.random.RandomGenerator;

/** A session's id: ten characters of Crockford's base 32 (50 random bits), short enough to read aloud, too many to guess. */
public record SessionId(String value) {
    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int LENGTH = 10;

    public SessionId {
        if (value.length() != LENGTH || !value.chars().allMatch(c -> DIGITS.indexOf(c) >= 0)) {
            throw SESSION_NOT_FOUND.because("session id of length " + value.length() + " (expected: 10 characters of Crockford base 32)");
        }
    }

    /** Reads an id as people type it: case does not matter, O is 0, I and L are 1, hyphens are ignored. */
    public static SessionId parse(String typed) {
        return new SessionId(typed.length() > 32 ? typed : typed.toLowerCase(Locale.ROOT).replace("-", "")
            .replace('o', '0').replace('i', '1').replace('l', '1'));
    }

    public static SessionId random(RandomGenerator random) {
        var digits = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            digits.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
        }
        return new SessionId(digits.toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
