package org.chorale.account;

import java.util.Optional;
import org.chorale.profile.AvatarLook;

/**
 * What is to change of somebody's profile; what is absent stays.
 *
 * @param preferences an application's own JSON object, as text
 */
public record ProfileChange(Optional<String> name, Optional<String> color, Optional<String> locale, Optional<AvatarLook> look,
                            Optional<String> preferences) {

    public Profile applyTo(Profile before) {
        return new Profile(name.orElse(before.name()), color.orElse(before.color()), locale.or(before::locale));
    }
}
