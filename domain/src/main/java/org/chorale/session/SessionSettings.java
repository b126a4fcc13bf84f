package org.chorale.session;

import java.util.Map;
import java.util.Optional;
import org.chorale.conflict.Policy;

/**
 * What the owner of a session changes of it; what is empty stays as it is.
 *
 * @param conflictPolicy takes the place of all that the owner said before; an empty one leaves everything to the kind of session
 */
public record SessionSettings(Optional<String> name, Optional<Integer> maxUsers, Optional<Visibility> visibility,
                              Optional<Map<String, Policy>> conflictPolicy) {
    public SessionSettings {
        name = name.map(NewSession::requireName);
        maxUsers.ifPresent(NewSession::requireMaxUsers);
        conflictPolicy = conflictPolicy.map(Map::copyOf);
    }
}
