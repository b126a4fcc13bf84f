package org.chorale.account.service;

import static org.chorale.problem.ProblemType.SERVER_BUSY;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.chorale.account.PasswordRules;

/**
 * Turns passwords into what may be stored: PBKDF2 with HMAC-SHA-256 and a salt of its own for each. Made slow on purpose, so only so many
 * run at once, and beyond so many that wait the next is sent away.
 */
@ApplicationScoped
public class PasswordHasher {
    private static final String ALGORITHM = "PBKDF2WithHmacSHA256";
    private static final String NAME = "pbkdf2-sha256";
    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final SecureRandom RANDOM = new SecureRandom();

    @Inject
    private AccountConfig config;

    private int iterations;
    private int mayWait;
    private Duration patience;
    private Semaphore running;
    private Stored nobodys;

    private record Stored(int iterations, byte[] salt, byte[] hash) {
        static Stored parse(String text) {
            String[] parts = text.split("\\$");
            if (parts.length != 5 || !parts[1].equals(NAME)) {
                throw new IllegalStateException("a stored password hash is of an unknown kind");
            }
            return new Stored(Integer.parseInt(parts[2]), Base64.getDecoder().decode(parts[3]), Base64.getDecoder().decode(parts[4]));
        }

        @Override
        public String toString() {
            Base64.Encoder encoder = Base64.getEncoder().withoutPadding();
            return "$" + NAME + "$" + iterations + "$" + encoder.encodeToString(salt) + "$" + encoder.encodeToString(hash);
        }
    }

    protected PasswordHasher() {}

    /** For tests, without a container. */
    PasswordHasher(int iterations, int concurrent, int mayWait, Duration patience) {
        prepare(iterations, concurrent, mayWait, patience);
    }

    @PostConstruct
    void prepare() {
        prepare(config.passwordIterations, config.concurrentHashes, config.waitingHashes, config.hashPatience);
    }

    private void prepare(int cost, int concurrent, int waiting, Duration longest) {
        iterations = cost;
        mayWait = waiting;
        patience = longest;
        running = new Semaphore(concurrent, true);
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        nobodys = new Stored(iterations, salt, new byte[HASH_BITS / 8]);
    }

    /**
     * What to store of a password.
     *
     * @throws org.chorale.problem.CollaborationException {@code server-busy}
     */
    public String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return new Stored(iterations, salt, derive(password, salt, iterations)).toString();
    }

    /**
     * Whether a password is the one that was hashed. Where there is none the answer is no, after the same time.
     *
     * @throws org.chorale.problem.CollaborationException {@code server-busy}
     */
    public boolean matches(String password, Optional<String> stored) {
        Stored expected = stored.map(Stored::parse).orElse(nobodys);
        byte[] actual = derive(password, expected.salt(), expected.iterations());
        return MessageDigest.isEqual(actual, expected.hash()) && stored.isPresent();
    }

    /** Whether it was hashed at another cost than new ones are. */
    public boolean isOutdated(String stored) {
        return Stored.parse(stored).iterations() != iterations;
    }

    private byte[] derive(String password, byte[] salt, int cost) {
        takeTurn();
        // A password of any length is hashed in the same time, but not one that was made to be long.
        char[] characters = password.substring(0, Math.min(password.length(), 4 * PasswordRules.MAX_LENGTH)).toCharArray();
        var spec = new PBEKeySpec(characters, salt, cost, HASH_BITS);
        try {
            return SecretKeyFactory.getInstance(ALGORITHM).generateSecret(spec).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        } finally {
            spec.clearPassword();
            running.release();
        }
    }

    private void takeTurn() {
        try {
            if (running.getQueueLength() < mayWait && running.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw SERVER_BUSY.because("passwords being checked (expected: fewer)", RETRY);
    }
}
