package org.chorale.account.service;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.security.Key;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.chorale.account.KeySchedule;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/**
 * The keys that sign access tokens, made when the first one is needed and then by the schedule. What the store holds is looked at once a
 * minute, and when a token names a key that is not known: another node may have made it.
 */
final class SigningKeys {
    private static final System.Logger LOGGER = System.getLogger(SigningKeys.class.getName());
    private static final Duration FRESH = Duration.ofMinutes(1);
    /** Tokens that name keys at random must not read the database each time. */
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(5);
    private static final int KID_BYTES = 12;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SigningKeyStore store;
    private final KeySchedule schedule;
    private final KeySealing sealing;
    private final Clock clock;

    private volatile List<SigningKey> known = List.of();
    private volatile Instant lookedAt = Instant.MIN;

    /** A key that can be used. */
    record SigningKey(EllipticCurveJsonWebKey jwk, Instant createdAt) {
        String kid() {
            return jwk.getKeyId();
        }

        Key privateKey() {
            return jwk.getPrivateKey();
        }

        @Override
        public String toString() {
            return "SigningKey[" + kid() + "]";
        }
    }

    SigningKeys(SigningKeyStore store, KeySchedule schedule, Optional<String> secret, Clock clock) {
        this.store = store;
        this.schedule = schedule;
        this.sealing = new KeySealing(secret);
        this.clock = clock;
    }

    /** The key that signs now. */
    SigningKey signer() {
        Instant now = clock.instant();
        return schedule.signer(current(FRESH), SigningKey::createdAt, now).orElseThrow(() -> new IllegalStateException("no signing key"));
    }

    /** The key of that name, as long as it is to be believed. */
    Optional<PublicKey> verifier(String kid) {
        return find(kid, current(FRESH)).or(() -> find(kid, current(SHORTEST_PAUSE)));
    }

    /** What everybody may know, as a JWK Set. */
    String published() {
        Instant now = clock.instant();
        var keys = new JsonWebKeySet();
        current(FRESH).stream().filter(key -> !schedule.isOver(key.createdAt(), now)).forEach(key -> keys.addJsonWebKey(key.jwk()));
        return keys.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    }

    private Optional<PublicKey> find(String kid, List<SigningKey> keys) {
        Instant now = clock.instant();
        return keys.stream().filter(key -> key.kid().equals(kid) && !schedule.isOver(key.createdAt(), now)).findFirst()
            .map(key -> key.jwk().getECPublicKey());
    }

    private List<SigningKey> current(Duration fresh) {
        return isOlderThan(fresh) ? load(fresh) : known;
    }

    private boolean isOlderThan(Duration age) {
        return lookedAt.equals(Instant.MIN) || !lookedAt.plus(age).isAfter(clock.instant());
    }

    private synchronized List<SigningKey> load(Duration fresh) {
        if (isOlderThan(fresh)) {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            List<SigningKey> keys = read();
            if (schedule.isDue(keys.stream().map(SigningKey::createdAt).toList(), now)) {
                store.add(make(now));
                store.deleteOlderThan(now.minus(schedule.rotation()).minus(schedule.overlap()).minus(schedule.overlap()));
                keys = read();
            }
            known = keys;
            lookedAt = now;
        }
        return known;
    }

    private List<SigningKey> read() {
        var keys = new ArrayList<SigningKey>();
        for (SigningKeyStore.StoredKey stored : store.all()) {
            sealing.open(stored.kid(), stored.content()).ifPresentOrElse(content -> keys.add(parse(content, stored.createdAt())),
                () -> LOGGER.log(WARNING,
                    () -> "signing key %s was sealed with another chorale.tokens.key-secret".formatted(stored.kid())));
        }
        return List.copyOf(keys);
    }

    private static SigningKey parse(String content, Instant createdAt) {
        try {
            return new SigningKey((EllipticCurveJsonWebKey) JsonWebKey.Factory.newJwk(content), createdAt);
        } catch (JoseException e) {
            throw new IllegalStateException("a stored signing key cannot be read", e);
        }
    }

    private SigningKeyStore.StoredKey make(Instant now) {
        try {
            EllipticCurveJsonWebKey jwk = EcJwkGenerator.generateJwk(EllipticCurves.P256);
            byte[] name = new byte[KID_BYTES];
            RANDOM.nextBytes(name);
            jwk.setKeyId(HexFormat.of().formatHex(name));
            jwk.setUse("sig");
            jwk.setAlgorithm(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
            LOGGER.log(INFO, () -> "signing key %s was made".formatted(jwk.getKeyId()));
            String content = jwk.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE);
            return new SigningKeyStore.StoredKey(jwk.getKeyId(), sealing.seal(jwk.getKeyId(), content), now);
        } catch (JoseException e) {
            throw new IllegalStateException("every JDK has P-256", e);
        }
    }
}
