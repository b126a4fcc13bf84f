package org.chorale.account;

import java.time.Instant;
import java.util.Optional;

/**
 * Somebody whom the server knows.
 *
 * @param userId        stays for ever, also in the history of sessions after the account is gone
 * @param login         empty for people of another issuer
 * @param preferences   a JSON object as text
 * @param administrator whether they manage accounts
 * @param disabledAt    since when they may not come in
 */
public record Account(String userId, Optional<String> login, Profile profile, String preferences, boolean administrator, Instant createdAt,
                      Optional<Instant> disabledAt) {
    /** What takes a name's place when an account is erased. */
    public static final String FORMER_USER = "Former user";

    public boolean isDisabled() {
        return disabledAt.isPresent();
    }
}
