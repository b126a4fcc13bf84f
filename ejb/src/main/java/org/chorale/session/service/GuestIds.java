package org.chorale.session.service;

import java.security.SecureRandom;
import org.chorale.session.Guest;
import org.chorale.session.SessionId;

/** Which user a guest is. */
public final class GuestIds {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int LENGTH = 16;
    private static final String PREFIX = "g-";

    private GuestIds() {}

    /** The same for each connection and call of one guest's secret, and telling nothing of it; without a secret another one each time. */
    public static String userId(Guest guest) {
        return PREFIX + guest.secret().map(secret -> Secrets.hash("guest:" + secret).substring(0, LENGTH))
            .orElseGet(() -> SessionId.random(RANDOM).value());
    }

    /** Whether a user is a guest: somebody without an account, who is somebody else with another secret. */
    public static boolean isGuest(String userId) {
        return userId.startsWith(PREFIX);
    }
}
