package org.chorale.account.web;

import java.util.Optional;
import org.chorale.account.Identity;

/**
 * Some of a user's tokens are worth nothing from now on; an event, for whoever relied on them.
 *
 * @param signIn    of which sign-in; with neither this nor a key all are meant
 * @param apiKey    which key
 * @param mayReturn whether it helps to come back with another token
 */
public record Revocation(String userId, Optional<String> signIn, Optional<String> apiKey, boolean mayReturn) {

    /** Everything of a user. */
    public static Revocation ofAll(String userId, boolean mayReturn) {
        return new Revocation(userId, Optional.empty(), Optional.empty(), mayReturn);
    }

    public static Revocation ofSignIn(String userId, String signIn) {
        return new Revocation(userId, Optional.of(signIn), Optional.empty(), false);
    }

    public static Revocation ofApiKey(String userId, String apiKey) {
        return new Revocation(userId, Optional.empty(), Optional.of(apiKey), false);
    }

    /** Whether somebody came in by what is revoked. */
    public boolean concerns(Identity identity) {
        boolean all = signIn.isEmpty() && apiKey.isEmpty();
        boolean thisOne = signIn.isPresent() && signIn.equals(identity.signIn()) || apiKey.isPresent() && apiKey.equals(identity.apiKey());
        return identity.userId().equals(userId) && (all || thisOne);
    }
}
