package org.chorale.platform.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DatabaseClockTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private final AtomicLong nanos = new AtomicLong(Duration.ofDays(1).toNanos());
    private final DatabaseClock clock = new DatabaseClock(Clock.fixed(NOON.plus(HOUR), ZoneOffset.UTC), nanos::get);

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private void looked(Instant time, Duration took) {
        clock.looked(new DatabaseTime.Answer(time, nanos.get(), took));
    }

    @Test
    void given_a_machine_an_hour_ahead_when_the_database_was_asked_then_its_time_counts_from_there() {
        looked(NOON, Duration.ofMillis(2));
        pass(Duration.ofSeconds(3));

        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(3));
    }

    @Test
    void given_an_answer_within_what_looks_can_tell_when_it_comes_then_time_does_not_jump() {
        looked(NOON, Duration.ofMillis(2));
        pass(Duration.ofSeconds(2));

        looked(NOON.plusSeconds(2).minusMillis(5), Duration.ofMillis(20));

        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(2));
    }

    @Test
    void given_an_answer_that_differs_when_it_comes_then_it_counts() {
        looked(NOON, Duration.ofMillis(2));
        pass(Duration.ofSeconds(2));

        looked(NOON.plusSeconds(2).plusMillis(5), Duration.ofMillis(2));

        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(2).plusMillis(5));
    }

    @Test
    void given_an_answer_that_took_long_when_it_comes_then_it_does_not_count() {
        looked(NOON, Duration.ofMillis(2));

        looked(NOON.plus(HOUR), Duration.ofSeconds(20));

        assertThat(clock.instant()).isEqualTo(NOON);
    }
}
