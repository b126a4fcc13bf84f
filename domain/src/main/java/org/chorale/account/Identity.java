package org.chorale.account;

import static org.chorale.problem.ProblemType.FORBIDDEN;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody whom the server knows, as one verified token says.
 *
 * @param userId        the account's
 * @param name          what others see of them
 * @param administrator whether the account may manage others
 * @param scopes        what the token is good for
 * @param expiresAt     until when the token may be relied on
 * @param signIn        the sign-in that the token belongs to; empty for API keys and for tokens of another issuer
 * @param apiKey        the API key that the token is
 */
public record Identity(String userId, String name, String color, boolean administrator, Set<Scope> scopes, Instant expiresAt,
                       Optional<String> signIn, Optional<String> apiKey) {
    public Identity {
        scopes = Set.copyOf(scopes);
    }

    /** @throws org.chorale.problem.CollaborationException {@code forbidden}, unless the token is good for this */
    public void require(Scope scope) {
        if (!scopes.contains(scope)) {
            throw FORBIDDEN.because("the API key (expected: one with the scope " + scope.name().toLowerCase(Locale.ROOT) + ")");
        }
    }

    /** @throws org.chorale.problem.CollaborationException {@code forbidden}, unless an administrator asks */
    public void requireAdministrator() {
        require(Scope.ADMIN);
        if (!administrator) {
            throw FORBIDDEN.because("this (expected: an administrator to ask for it)");
        }
    }

    /** Keys of programs do not make keys, change passwords or end accounts: whoever finds one must not be able to stay. */
    public void requirePerson() {
        if (apiKey.isPresent()) {
            throw FORBIDDEN.because("an API key (expected: to be signed in)");
        }
    }

    /** The same person with the colour that they want to be seen in. */
    public Identity inColor(String other) {
        return new Identity(userId, name, other, administrator, scopes, expiresAt, signIn, apiKey);
    }
}
