package org.chorale.profile;

import java.util.Optional;

/**
 * How others see somebody, beside name and colour.
 *
 * @param look           empty for the look that everybody has who chose none
 * @param pictureVersion grows with each picture that somebody had; 0 where there is none now
 */
public record Appearance(Optional<AvatarLook> look, long pictureVersion) {
    /** Of guests, and of those who chose nothing. */
    public static final Appearance PLAIN = new Appearance(Optional.empty(), 0);

    /** Where a user's picture is, relative to the server; empty where there is none. A new picture has a new address. */
    public Optional<String> picturePath(String userId) {
        return pictureVersion == 0 ? Optional.empty() : Optional.of("/api/v1/users/" + userId + "/picture?v=" + pictureVersion);
    }
}
