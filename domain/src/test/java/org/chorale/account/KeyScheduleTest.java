package org.chorale.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@DisplayName("[ACC-11] when signing keys come and go")
class KeyScheduleTest {
    private static final Duration ROTATION = Duration.ofDays(30);
    private static final Duration OVERLAP = Duration.ofDays(1);
    private static final KeySchedule SCHEDULE = new KeySchedule(ROTATION, OVERLAP);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static Instant signer(List<Instant> keys, Instant now) {
        return SCHEDULE.signer(keys, Function.identity(), now).orElseThrow();
    }

    @Test
    void given_no_key_then_one_is_due_and_signs_at_once() {
        assertThat(SCHEDULE.isDue(List.of(), START)).isTrue();
        assertThat(SCHEDULE.signer(List.<Instant>of(), Function.identity(), START)).isEmpty();
        assertThat(signer(List.of(START), START)).isEqualTo(START);
    }

    @Test
    void given_a_next_key_then_it_is_published_before_it_signs_and_the_last_one_after() {
        Instant next = START.plus(ROTATION);
        assertThat(SCHEDULE.isDue(List.of(START), next.minusMillis(1))).isFalse();
        assertThat(SCHEDULE.isDue(List.of(START), next)).isTrue();
        List<Instant> keys = List.of(START, next);
        assertThat(signer(keys, next)).isEqualTo(START);
        assertThat(signer(keys, next.plus(OVERLAP))).isEqualTo(next);
        assertThat(SCHEDULE.isOver(START, next.plus(OVERLAP).plus(OVERLAP).minusMillis(1))).isFalse();
        assertThat(SCHEDULE.isOver(START, next.plus(OVERLAP).plus(OVERLAP))).isTrue();
    }

    @Test
    void given_a_server_that_slept_for_long_then_a_new_key_signs_at_once() {
        Instant now = START.plus(Duration.ofDays(100));
        assertThat(SCHEDULE.isDue(List.of(START), now)).isTrue();
        assertThat(signer(List.of(START, now), now)).isEqualTo(now);
    }

    @RepeatedTest(20)
    void given_a_server_that_is_asked_at_any_time_then_what_it_signs_is_believed_for_the_overlap_at_least() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        var keys = new ArrayList<Instant>();
        Instant now = START;
        for (int i = 0; i < 200; i++) {
            // Sometimes nobody asks for weeks.
            now = now.plusSeconds(random.nextInt((random.nextInt(5) == 0 ? 60 : 3) * 24 * 3600));
            if (SCHEDULE.isDue(keys, now)) {
                keys.add(now);
            }
            Instant key = signer(keys, now);
            assertThat(SCHEDULE.isOver(key, now.plus(OVERLAP).minusSeconds(1))).as("seed " + seed).isFalse();
        }
    }
}
