package org.chorale.account.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.chorale.account.Account;
import org.chorale.account.KeySchedule;
import org.chorale.account.Profile;
import org.chorale.document.service.MovableClock;
import org.chorale.problem.CollaborationException;
import org.chorale.problem.ProblemType;
import org.chorale.profile.Appearance;
import org.jose4j.jwk.JsonWebKeySet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Access tokens and the keys that sign them, with a clock that the test moves. */
class TokenTest {
    private static final Duration ROTATION = Duration.ofDays(30);
    private static final Duration OVERLAP = Duration.ofDays(1);
    private static final Duration LIFETIME = Duration.ofMinutes(10);

    private final MovableClock clock = new MovableClock();
    private final InMemoryKeys store = new InMemoryKeys();
    private final SigningKeys keys = keys(Optional.empty());
    private final AccessTokens tokens = tokens(keys, "chorale", "chorale");
    private final Account ada = new Account("u-ada", Optional.of("ada"), new Profile("Ada", "#336699", Optional.empty()), Appearance.PLAIN, "{}",
        false, clock.instant(), Optional.empty());

    private static final class InMemoryKeys implements SigningKeyStore {
        private final List<StoredKey> stored = new ArrayList<>();
        private int reads;

        @Override
        public List<StoredKey> all() {
            reads++;
            return List.copyOf(stored);
        }

        @Override
        public void add(StoredKey key) {
            stored.add(key);
        }

        @Override
        public void deleteOlderThan(Instant before) {
            stored.removeIf(key -> key.createdAt().isBefore(before));
        }
    }

    private SigningKeys keys(Optional<String> secret) {
        return new SigningKeys(store, new KeySchedule(ROTATION, OVERLAP), secret, clock);
    }

    private AccessTokens tokens(SigningKeys signing, String issuer, String audience) {
        return new AccessTokens(signing, issuer, audience, LIFETIME, clock);
    }

    private void requireRefused(ProblemType type, String token) {
        assertThatThrownBy(() -> tokens.verify(token))
            .isInstanceOfSatisfying(CollaborationException.class, e -> {
                assertThat(e.problem().type()).isEqualTo(type);
                assertThat(token.length() < 8 || !e.problem().detail().contains(token)).isTrue();
            });
    }

    @Test
    @DisplayName("[ACC-11] a token says who signed in, for ten minutes")
    void given_a_token_then_it_is_good_until_it_expires() {
        AccessTokens.Issued issued = tokens.issue(ada, "s-1");
        assertThat(tokens.verify(issued.token())).isEqualTo(new AccessTokens.Claims("u-ada", "s-1", clock.instant().plus(LIFETIME)));
        clock.move(LIFETIME.minusSeconds(1));
        tokens.verify(issued.token());
        clock.move(Duration.ofSeconds(1));
        requireRefused(ProblemType.TOKEN_EXPIRED, issued.token());
    }

    @Test
    @DisplayName("[ACC-11] tokens of another issuer, or for another audience, are refused though the key is right")
    void given_other_names_then_the_token_is_refused() {
        requireRefused(ProblemType.UNAUTHENTICATED, tokens(keys, "another", "chorale").issue(ada, "s-1").token());
        requireRefused(ProblemType.UNAUTHENTICATED, tokens(keys, "chorale", "another").issue(ada, "s-1").token());
    }

    @Test
    @DisplayName("[ACC-11] a token that is not good yet is an invalid one, and one that is changed and expired is not told to be expired")
    void given_a_changed_token_that_expired_then_nobody_learns_that() {
        String token = tokens.issue(ada, "s-1").token();
        clock.move(LIFETIME.plusSeconds(1));
        requireRefused(ProblemType.UNAUTHENTICATED, token.substring(0, token.length() - 6) + "AAAAAA");
    }

    @Test
    @DisplayName("[ACC-11] whatever is made of a token, it is refused and nothing breaks")
    void given_tokens_with_random_damage_then_none_is_taken() {
        String good = tokens.issue(ada, "s-1").token();
        for (long seed = 0; seed < 2_000; seed++) {
            var random = new Random(seed);
            var damaged = new StringBuilder(good);
            for (int i = random.nextInt(4); i >= 0; i--) {
                int at = random.nextInt(damaged.length());
                switch (random.nextInt(3)) {
                    case 0 -> damaged.setCharAt(at, (char) (random.nextInt(20) == 0 ? random.nextInt(0x10000) : 33 + random.nextInt(90)));
                    case 1 -> damaged.deleteCharAt(at);
                    default -> damaged.insert(at, random.nextBoolean() ? "." : "=");
                }
            }
            String token = damaged.toString();
            try {
                AccessTokens.Claims claims = tokens.verify(token);
                // The last character of a signature holds bits that mean nothing.
                assertThat(claims.userId()).as("seed " + seed).isEqualTo("u-ada");
                assertThat(token.substring(0, token.lastIndexOf('.'))).as("seed " + seed).isEqualTo(good.substring(0, good.lastIndexOf('.')));
            } catch (CollaborationException e) {
                assertThat(e.problem().type()).as("seed " + seed).isEqualTo(ProblemType.UNAUTHENTICATED);
            }
            Tokens.claimedIssuer(token);
        }
    }

    @Test
    @DisplayName("[ACC-11] keys change every thirty days, and what the last one signed stays good")
    void given_a_rotation_then_tokens_of_both_keys_are_good() throws Exception {
        tokens.issue(ada, "s-1");
        clock.move(ROTATION.plusSeconds(1));
        String before = tokens.issue(ada, "s-1").token();
        assertThat(store.stored).hasSize(2);
        assertThat(new JsonWebKeySet(keys.published()).getJsonWebKeys()).as("published before it signs").hasSize(2);
        assertThat(keys.signer().kid()).isEqualTo(store.stored.getFirst().kid());
        clock.move(OVERLAP.minusSeconds(2));
        before = tokens.issue(ada, "s-1").token();
        clock.move(Duration.ofSeconds(120));
        String after = tokens.issue(ada, "s-1").token();
        assertThat(keys.signer().kid()).isEqualTo(store.stored.getLast().kid());
        tokens.verify(before);
        tokens.verify(after);
        clock.move(OVERLAP.plusSeconds(120));
        assertThat(new JsonWebKeySet(keys.published()).getJsonWebKeys()).as("the first is gone").hasSize(1);
    }

    @Test
    @DisplayName("[ACC-11] another node's new key is found when a token names it, and made-up names do not read the store each time")
    void given_two_nodes_then_they_know_each_others_keys() {
        SigningKeys other = keys(Optional.empty());
        other.signer();
        keys.signer();
        clock.move(Duration.ofSeconds(10));
        store.add(new SigningKeyStore.StoredKey("late", store.stored.getFirst().content().replace(store.stored.getFirst().kid(), "late"), clock.instant()));
        assertThat(keys.verifier("late")).isPresent();
        int reads = store.reads;
        for (int i = 0; i < 100; i++) {
            assertThat(keys.verifier("made-up-" + i)).isEmpty();
        }
        assertThat(store.reads - reads).isLessThanOrEqualTo(1);
    }

    @Test
    @DisplayName("[ACC-11] with a secret the stored keys are sealed, and open with the same secret alone")
    void given_a_secret_then_the_database_tells_nothing() {
        SigningKeys sealed = keys(Optional.of("a secret of thirty-two bytes or more"));
        String token = tokens(sealed, "chorale", "chorale").issue(ada, "s-1").token();
        assertThat(store.stored.getFirst().content()).startsWith("sealed:").doesNotContain("\"d\"");
        tokens(keys(Optional.of("a secret of thirty-two bytes or more")), "chorale", "chorale").verify(token);
        SigningKeys wrong = keys(Optional.of("another secret"));
        assertThat(wrong.verifier(store.stored.getFirst().kid())).isEmpty();
        assertThat(wrong.signer().kid()).as("it makes a key of its own").isNotEqualTo(store.stored.getFirst().kid());
    }

    @Test
    @DisplayName("[ACC-11] a sealed key opens under its own name alone")
    void given_a_sealed_key_under_another_name_then_it_stays_closed() {
        var sealing = new KeySealing(Optional.of("secret"));
        String sealed = sealing.seal("one", "content");
        assertThat(sealing.open("one", sealed)).contains("content");
        assertThat(sealing.open("two", sealed)).isEmpty();
        assertThat(sealing.open("one", sealed.substring(0, sealed.length() - 8))).isEmpty();
        assertThat(sealing.open("one", "sealed:")).isEmpty();
        assertThat(new KeySealing(Optional.empty()).open("one", sealed)).isEmpty();
        assertThat(new KeySealing(Optional.of(" ")).seal("one", "content")).isEqualTo("content");
    }
}
