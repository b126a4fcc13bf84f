package org.chorale.version;

import java.util.Optional;
import org.chorale.session.Description;
import org.chorale.session.DisplayName;

/**
 * What somebody asks to be named.
 *
 * @param name        1 to {@value #NAME_LENGTH} characters, without outer blanks; each once in a session
 * @param description at most {@value Description#LENGTH} characters
 * @param revision    the newest one where absent
 */
public record NewVersion(String name, Optional<String> description, Optional<Long> revision) {
    public static final int NAME_LENGTH = 120;

    public NewVersion {
        name = DisplayName.require("name", name, NAME_LENGTH);
        description = description.map(Description::require).filter(text -> !text.isEmpty());
    }
}
