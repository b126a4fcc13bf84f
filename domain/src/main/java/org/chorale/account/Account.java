package org.chorale.account;

import java.time.Instant;
import java.util.Optional;
import org.chorale.profile.Appearance;
import org.chorale.profile.Person;

/**
 * Somebody whom the server knows.
 *
 * @param userId        stays for ever, also in the history of sessions after the account is gone
 * @param login         empty for people of another issuer
 * @param preferences   a JSON object as text
 * @param administrator whether they manage accounts
 * @param disabledAt    since when they may not come in
 */
public record Account(String userId, Optional<String> login, Profile profile, Appearance appearance, String preferences, boolean administrator,
                      Instant createdAt, Optional<Instant> disabledAt) {
    /** What takes a name's place when an account is erased. */
    public static final String FORMER_USER = "Former user";

    public boolean isDisabled() {
        return disabledAt.isPresent();
    }

    /** What others may see. */
    public Person person() {
        return new Person(userId, profile.name(), profile.color(), appearance);
    }
}
