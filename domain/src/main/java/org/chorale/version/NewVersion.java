package org.chorale.version;

import static org.chorale.problem.ProblemType.INVALID_REQUEST;

import java.util.Optional;
import org.chorale.session.DisplayName;
import org.chorale.value.Value;

/**
 * What somebody asks to be named.
 *
 * @param name        1 to {@value #NAME_LENGTH} characters, without outer blanks; each once in a session
 * @param description at most {@value #DESCRIPTION_LENGTH} characters
 * @param revision    the newest one where absent
 */
public record NewVersion(String name, Optional<String> description, Optional<Long> revision) {
    public static final int NAME_LENGTH = 120;
    public static final int DESCRIPTION_LENGTH = 2_000;

    public NewVersion {
        name = DisplayName.require("name", name, NAME_LENGTH);
        description = description.map(NewVersion::requireDescription).filter(text -> !text.isEmpty());
    }

    /** Lines are its author's; no other control characters are. */
    private static String requireDescription(String description) {
        String text = Value.requireUnicode(description).strip();
        boolean printable = text.codePoints().allMatch(c -> c == '\n' || !Character.isISOControl(c));
        if (text.length() > DESCRIPTION_LENGTH || !printable) {
            throw INVALID_REQUEST.because("description of length " + text.length() + " (expected: at most " + DESCRIPTION_LENGTH
                + " characters, no control characters but line feeds)");
        }
        return text;
    }
}
