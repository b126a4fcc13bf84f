package org.chorale.account;

import static org.chorale.problem.ProblemType.WEAK_PASSWORD;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/**
 * Which passwords are taken: long ones of any characters, except what everybody tries first. No kinds of characters are demanded and none
 * expires (NIST SP 800-63B).
 *
 * @param minLength in code points
 */
public record PasswordRules(int minLength) {
    /** Longer ones add nothing, and hashing must not be made to work. */
    public static final int MAX_LENGTH = 256;

    /** The commonest of those long enough to be taken otherwise, and the project's own name. */
    private static final Set<String> COMMON = Set.of("1234567890", "12345678910", "0987654321", "qwertyuiop", "qwerty1234", "qwerty12345",
        "password12", "password123", "password1234", "passw0rd123", "1q2w3e4r5t", "1q2w3e4r5t6y", "iloveyou12", "abcdefghij", "abcd123456",
        "abc1234567", "1234567891", "123456789a", "a123456789", "123456789q", "q123456789", "0123456789", "9876543210", "1122334455",
        "letmein123", "welcome123", "welcome1234", "admin12345", "administrator", "changeme123", "football123", "baseball123",
        "superman123",
        "sunshine123", "princess123", "monkey12345", "dragon12345", "master12345", "trustno1234", "qazwsxedcrfv", "1qaz2wsx3edc",
        "asdfghjkl123", "zaq12wsxcde3", "choralechorale", "chorale123", "chorale1234", "chorale12345", "passwordpassword");
    private static final int SAME = 3;

    /** A password as it is hashed: the same characters however a keyboard composes them. */
    public static String normal(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }

    /**
     * The password as it is to be hashed.
     *
     * @throws org.chorale.problem.CollaborationException {@code weak-password}; the message never repeats it
     */
    public String require(String password, String login) {
        String normal = password.length() > 4 * MAX_LENGTH ? password : normal(password);
        int length = normal.codePointCount(0, normal.length());
        if (length < minLength || length > MAX_LENGTH) {
            throw WEAK_PASSWORD.because("password of length " + length + " (expected: " + minLength + " to " + MAX_LENGTH + " characters)");
        }
        String lower = normal.toLowerCase(Locale.ROOT);
        if (COMMON.contains(lower) || lower.chars().distinct().count() < SAME || lower.contains(login) || login.contains(lower)) {
            throw WEAK_PASSWORD.because("password (expected: none that is tried first: no common one, not the login, not one character "
                + "repeated)");
        }
        return normal;
    }
}
