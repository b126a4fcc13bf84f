package org.chorale.platform.password;

import static org.chorale.problem.ProblemType.SERVER_BUSY;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.chorale.account.PasswordRules;

/**
 * Turns passwords into what may be stored, {@code $pbkdf2-sha512$iterations$salt$hash}: PBKDF2 of the JDK with a salt of its own for each.
 * Made slow on purpose, so only so many run at once, and beyond so many that wait the next is sent away.
 */
@ApplicationScoped
public class PasswordHasher {
    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final SecureRandom RANDOM = new SecureRandom();

    @Inject
    private PasswordConfig config;

    private int mayWait;
    private Duration patience;
    private Semaphore running;

    /** What is stored was made by one of these; new ones are made by the first. */
    private enum Scheme {
        SHA512("pbkdf2-sha512", "PBKDF2WithHmacSHA512"),
        SHA256("pbkdf2-sha256", "PBKDF2WithHmacSHA256");

        private final String name;
        private final String algorithm;

        Scheme(String name, String algorithm) {
            this.name = name;
            this.algorithm = algorithm;
        }

        static Scheme of(String name) {
            return Arrays.stream(values()).filter(each -> each.name.equals(name)).findFirst()
                .orElseThrow(() -> new IllegalStateException("a stored password hash is of an unknown kind"));
        }
    }

    private record Stored(Scheme scheme, int iterations, byte[] salt, byte[] hash) {
        /** Those of sessions were once written without the first sign. */
        static Stored parse(String text) {
            String[] parts = (text.startsWith("$") ? text.substring(1) : text).split("\\$");
            if (parts.length != 4) {
                throw new IllegalStateException("a stored password hash is of an unknown kind");
            }
            return new Stored(Scheme.of(parts[0]), Integer.parseInt(parts[1]), Base64.getDecoder().decode(parts[2]),
                Base64.getDecoder().decode(parts[3]));
        }

        static Stored nobodys(int iterations) {
            return new Stored(Scheme.SHA512, iterations, new byte[SALT_BYTES], new byte[HASH_BITS / Byte.SIZE]);
        }

        @Override
        public String toString() {
            Base64.Encoder encoder = Base64.getEncoder().withoutPadding();
            return "$" + scheme.name + "$" + iterations + "$" + encoder.encodeToString(salt) + "$" + encoder.encodeToString(hash);
        }
    }

    /** For the container. */
    protected PasswordHasher() {}

    /** For tests, without a container. */
    public PasswordHasher(int concurrent, int mayWait, Duration patience) {
        prepare(concurrent, mayWait, patience);
    }

    @PostConstruct
    void prepare() {
        prepare(config.concurrentHashes, config.waitingHashes, config.hashPatience);
    }

    private void prepare(int concurrent, int waiting, Duration longest) {
        mayWait = waiting;
        patience = longest;
        running = new Semaphore(concurrent, true);
    }

    /**
     * What to store of a password.
     *
     * @param iterations its cost
     * @throws org.chorale.problem.CollaborationException {@code server-busy}
     */
    public String hash(String password, int iterations) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        var unhashed = new Stored(Scheme.SHA512, iterations, salt, new byte[0]);
        return new Stored(Scheme.SHA512, iterations, salt, derive(password, unhashed)).toString();
    }

    /**
     * Whether a password is the one that was hashed. Where there is none the answer is no, after the same time.
     *
     * @param iterations what a new one would cost
     * @throws org.chorale.problem.CollaborationException {@code server-busy}
     */
    public boolean matches(String password, Optional<String> stored, int iterations) {
        Stored expected = stored.map(Stored::parse).orElseGet(() -> Stored.nobodys(iterations));
        return MessageDigest.isEqual(derive(password, expected), expected.hash()) && stored.isPresent();
    }

    /** Whether it was hashed otherwise than new ones are. */
    public boolean isOutdated(String stored, int iterations) {
        Stored present = Stored.parse(stored);
        return present.scheme() != Scheme.SHA512 || present.iterations() != iterations;
    }

    private byte[] derive(String password, Stored like) {
        takeTurn();
        // A password of any length is hashed in the same time, but not one that was made to be long.
        char[] characters = password.substring(0, Math.min(password.length(), 4 * PasswordRules.MAX_LENGTH)).toCharArray();
        var spec = new PBEKeySpec(characters, like.salt(), like.iterations(), HASH_BITS);
        try {
            return SecretKeyFactory.getInstance(like.scheme().algorithm).generateSecret(spec).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + like.scheme().algorithm, e);
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
