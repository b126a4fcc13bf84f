package org.chorale.access.service;

import java.util.Optional;

/**
 * What a call shows to be allowed something.
 *
 * @param ownerKey goes before the user
 */
public record Credentials(Optional<String> ownerKey, Optional<User> user) {
    /** Never tells the key. */
    @Override
    public String toString() {
        return "Credentials[" + user.map(User::userId) + "]";
    }
}
