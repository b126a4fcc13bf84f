package org.chorale.account;

import static org.chorale.problem.ProblemType.INVALID_REQUEST;

import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.chorale.session.DisplayName;

/**
 * What somebody says about themselves.
 *
 * @param name   what others see, 1 to 64 characters
 * @param color  {@code #rrggbb}
 * @param locale a BCP 47 tag
 */
public record Profile(String name, String color, Optional<String> locale) {
    private static final Pattern COLOR = Pattern.compile("#[0-9a-fA-F]{6}");
    private static final int MAX_NAME_LENGTH = 64;
    private static final int MAX_LOCALE_LENGTH = 35;

    public Profile {
        name = DisplayName.require("name", name, MAX_NAME_LENGTH);
        requireColor("color", color);
        locale.ifPresent(Profile::requireLocale);
    }

    /** @throws org.chorale.problem.CollaborationException {@code invalid-request}, unless it is {@code #rrggbb} */
    public static String requireColor(String field, String color) {
        if (!COLOR.matcher(color).matches()) {
            throw INVALID_REQUEST.because(field + " of length " + color.length() + " (expected: #rrggbb)");
        }
        return color;
    }

    /** A colour that is always the same for one name: not too dark and not too light. */
    public static String colorOf(String name) {
        int hash = name.hashCode() * 0x9E3779B9;
        int red = 0x40 + (hash >>> 24) / 2;
        int green = 0x40 + (hash >>> 16 & 0xff) / 2;
        int blue = 0x40 + (hash >>> 8 & 0xff) / 2;
        return String.format(Locale.ROOT, "#%02x%02x%02x", red, green, blue);
    }

    private static void requireLocale(String tag) {
        try {
            if (!tag.isEmpty() && tag.length() <= MAX_LOCALE_LENGTH) {
                new Locale.Builder().setLanguageTag(tag);
                return;
            }
        } catch (IllformedLocaleException e) {
            // told below, together with what is too long
        }
        throw INVALID_REQUEST.because("locale of length " + tag.length() + " (expected: a BCP 47 tag like de-CH)");
    }
}
