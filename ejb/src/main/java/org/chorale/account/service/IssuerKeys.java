package org.chorale.account.service;

import static java.lang.System.Logger.Level.WARNING;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.VerificationJwkSelector;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/**
 * The public keys of another issuer. They are fetched when they are needed, when they are old, and when a token names one that is not
 * among them; but never more often than {@code pause} allows, whatever tokens name.
 */
public final class IssuerKeys {
    private static final System.Logger LOGGER = System.getLogger(IssuerKeys.class.getName());

    private final Source source;
    private final Duration pause;
    private final Duration lifetime;
    private final Clock clock;

    private List<JsonWebKey> keys = List.of();
    private Optional<Instant> triedAt = Optional.empty();
    private Optional<Instant> fetchedAt = Optional.empty();

    /** Gets a JWK Set from where the issuer publishes it. */
    @FunctionalInterface
    public interface Source {
        String fetch() throws IOException;
    }

    public IssuerKeys(Source source, Duration pause, Duration lifetime, Clock clock) {
        this.source = source;
        this.pause = pause;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /** The key that fits what a token's header names. */
    synchronized Optional<JsonWebKey> find(JsonWebSignature signature) throws JoseException {
        if (fetchedAt.filter(at -> clock.instant().isBefore(at.plus(lifetime))).isEmpty()) {
            fetch();
        }
        Optional<JsonWebKey> found = select(signature);
        if (found.isEmpty()) {
            fetch();
            found = select(signature);
        }
        return found;
    }

    private Optional<JsonWebKey> select(JsonWebSignature signature) throws JoseException {
        return Optional.ofNullable(new VerificationJwkSelector().select(signature, keys));
    }

    private void fetch() {
        Instant now = clock.instant();
        if (triedAt.filter(at -> now.isBefore(at.plus(pause))).isPresent()) {
            return;
        }
        triedAt = Optional.of(now);
        try {
            keys = List.copyOf(new JsonWebKeySet(source.fetch()).getJsonWebKeys());
            fetchedAt = Optional.of(now);
        } catch (IOException | JoseException e) {
            LOGGER.log(WARNING, () -> "the keys of the token issuer cannot be fetched: " + e.getMessage());
        }
    }
}
