package org.chorale.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("[ACC-2] how often somebody may guess")
class LoginThrottleTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final LoginThrottle THROTTLE = new LoginThrottle(3, Duration.ofSeconds(2), Duration.ofMinutes(1), Duration.ofHours(1));

    private static LoginThrottle.Attempts failed(int times) {
        return new LoginThrottle.Attempts(times, NOW);
    }

    @Test
    void given_few_failures_then_nobody_waits() {
        assertThat(THROTTLE.blockedFor(failed(3), NOW)).isEmpty();
    }

    @Test
    void given_an_attempt_by_a_clock_that_is_ahead_then_nobody_waits_for_it() {
        assertThat(THROTTLE.blockedFor(failed(3), NOW.minusSeconds(1))).isEmpty();
    }

    @Test
    void given_more_failures_then_the_wait_doubles_up_to_its_limit() {
        assertThat(THROTTLE.blockedFor(failed(4), NOW)).contains(Duration.ofSeconds(2));
        assertThat(THROTTLE.blockedFor(failed(6), NOW)).contains(Duration.ofSeconds(8));
        assertThat(THROTTLE.blockedFor(failed(9), NOW)).contains(Duration.ofMinutes(1));
        assertThat(THROTTLE.blockedFor(failed(Integer.MAX_VALUE - 1), NOW)).contains(Duration.ofMinutes(1));
    }

    @Test
    void given_a_wait_that_is_over_then_one_more_attempt_may_begin_and_waits_longer() {
        Instant later = NOW.plusSeconds(2);
        assertThat(THROTTLE.blockedFor(failed(4), later.minusMillis(1))).contains(Duration.ofMillis(1));
        assertThat(THROTTLE.blockedFor(failed(4), later)).isEmpty();
        LoginThrottle.Attempts next = THROTTLE.begun(Optional.of(failed(4)), later);
        assertThat(THROTTLE.blockedFor(next, later)).contains(Duration.ofSeconds(4));
    }

    @Test
    void given_a_long_time_without_failures_then_all_is_forgotten() {
        Instant later = NOW.plus(Duration.ofHours(1)).plusMillis(1);
        assertThat(THROTTLE.begun(Optional.of(failed(50)), later).failures()).isEqualTo(1);
        assertThat(THROTTLE.begun(Optional.of(failed(50)), later.minusMillis(1)).failures()).isEqualTo(51);
    }

    @Test
    void given_an_attempt_that_succeeds_then_it_did_not_count() {
        LoginThrottle.Attempts begun = THROTTLE.begun(Optional.of(failed(3)), NOW);
        assertThat(LoginThrottle.succeeded(begun)).isEqualTo(failed(3));
        assertThat(LoginThrottle.succeeded(failed(0)).failures()).isZero();
    }
}
