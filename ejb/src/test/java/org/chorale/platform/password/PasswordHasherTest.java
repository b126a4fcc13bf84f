package org.chorale.platform.password;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.chorale.problem.CollaborationException;
import org.chorale.problem.ProblemType;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("[ACC-2] passwords are kept as slow hashes")
class PasswordHasherTest {
    private static final int COST = 1_000;
    private static final PasswordHasher HASHER = new PasswordHasher(2, 20, Duration.ofSeconds(10));

    @Test
    void given_a_hash_then_its_password_alone_matches() {
        String stored = HASHER.hash("correct horse", COST);
        assertThat(stored).startsWith("$pbkdf2-sha512$1000$").doesNotContain("correct");
        assertThat(HASHER.matches("correct horse", Optional.of(stored), COST)).isTrue();
        assertThat(HASHER.matches("correct horsf", Optional.of(stored), COST)).isFalse();
        assertThat(HASHER.matches("", Optional.of(stored), COST)).isFalse();
        assertThat(HASHER.hash("correct horse", COST)).as("another salt").isNotEqualTo(stored);
    }

    @Test
    void given_nobody_then_no_password_matches() {
        assertThat(HASHER.matches("", Optional.empty(), COST)).isFalse();
        assertThat(HASHER.matches("anything", Optional.empty(), COST)).isFalse();
    }

    @Test
    void given_a_hash_of_another_cost_then_it_still_matches_and_is_outdated() {
        String stored = HASHER.hash("correct horse", 500);
        assertThat(HASHER.matches("correct horse", Optional.of(stored), COST)).isTrue();
        assertThat(HASHER.isOutdated(stored, COST)).isTrue();
        assertThat(HASHER.isOutdated(HASHER.hash("correct horse", COST), COST)).isFalse();
    }

    @Test
    void given_the_hash_of_another_implementation_then_it_is_the_standards() {
        // RFC 7914, section 11: PBKDF2-HMAC-SHA256 of "Password" with the salt "NaCl", 80000 times; the first 32 bytes.
        String stored = "$pbkdf2-sha256$80000$TmFDbA$TdzY9guYviGDDO5e8icB+WQaRBjQTAQUrv8Ih2s0q1Y";
        assertThat(HASHER.matches("Password", Optional.of(stored), COST)).isTrue();
        assertThat(HASHER.isOutdated(stored, 80_000)).as("new ones are of SHA-512").isTrue();
        // The same of SHA-512, "password" with "salt" once, as sessions kept it at first: without the sign at the beginning.
        assertThat(HASHER.matches("password", Optional.of("pbkdf2-sha512$1$c2FsdA$hn9wzxreAs/zdSWZo6U9xK80x6ZpgVrl1RNVThyM8lI"), COST)).isTrue();
    }

    @Test
    void given_more_log_ins_than_may_wait_then_some_are_sent_away_and_told_when_to_come_back() {
        var busy = new PasswordHasher(1, 1, Duration.ofMillis(1));
        try (var executor = Executors.newFixedThreadPool(8)) {
            var outcomes = IntStream.range(0, 8).mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                try {
                    busy.hash("correct horse", 300_000);
                    return "hashed";
                } catch (CollaborationException e) {
                    assertThat(e.problem().type()).isEqualTo(ProblemType.SERVER_BUSY);
                    assertThat(e.problem().retryAfter()).isPresent();
                    return "busy";
                }
            }, executor)).toList().stream().map(CompletableFuture::join).toList();
            assertThat(outcomes).contains("hashed", "busy");
        }
        assertThat(busy.hash("and later it is free", COST)).isNotBlank();
    }
}
