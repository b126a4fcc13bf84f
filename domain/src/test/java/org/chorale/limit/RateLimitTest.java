package org.chorale.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    /** Near the end of its range, as {@link System#nanoTime} may be. */
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 10);

    private RateLimit limit(int most, int mostKeys) {
        return new RateLimit(most, MINUTE, mostKeys, clock::get);
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    @Test
    @DisplayName("[LIM-1] all of a period may come at once; then one has to wait exactly as long as is said")
    void given_a_burst_then_the_next_one_waits_as_long_as_it_is_told() {
        RateLimit limit = limit(10, 100);
        for (int i = 0; i < 10; i++) {
            assertThat(limit.take("a")).isEmpty();
        }
        Duration wait = limit.take("a").orElseThrow();
        assertThat(wait).isEqualTo(Duration.ofSeconds(6));
        assertThat(limit.take("b")).as("somebody else").isEmpty();
        pass(wait.minusNanos(1));
        assertThat(limit.take("a")).contains(Duration.ofNanos(1));
        pass(Duration.ofNanos(1));
        assertThat(limit.take("a")).isEmpty();
        assertThat(limit.take("a")).isPresent();
    }

    @Test
    @DisplayName("[LIM-1] who goes on asking does not wait any longer for it, and after a period has everything again")
    void given_refusals_then_they_cost_nothing() {
        RateLimit limit = limit(2, 100);
        IntStream.range(0, 1_000).forEach(i -> limit.take("a"));
        assertThat(limit.take("a")).contains(Duration.ofSeconds(30));
        pass(MINUTE);
        assertThat(limit.take("a")).isEmpty();
        assertThat(limit.take("a")).isEmpty();
        assertThat(limit.take("a")).isPresent();
    }

    @Test
    @DisplayName("[LIM-1] 0 is no limit")
    void given_none_then_there_is_no_limit() {
        RateLimit limit = limit(0, 1);
        IntStream.range(0, 10_000).forEach(i -> assertThat(limit.take("key" + i)).isEmpty());
        assertThat(limit.keys()).isZero();
    }

    @Test
    @DisplayName("[LIM-2] a million addresses take no more memory than a few, and those who are known are not refused for them")
    void given_more_keys_than_fit_then_memory_is_bounded_and_the_known_go_on() {
        RateLimit limit = limit(10, 100);
        assertThat(limit.take("early")).isEmpty();
        long refused = IntStream.range(0, 1_000_000).filter(i -> limit.take("flood" + i).isPresent()).count();
        assertThat(limit.keys()).isLessThanOrEqualTo(101);
        assertThat(refused).isEqualTo(1_000_000 - 99 - 10);
        for (int i = 1; i < 10; i++) {
            assertThat(limit.take("early")).as("one who was here before").isEmpty();
        }
        pass(MINUTE.multipliedBy(2));
        assertThat(limit.take("late")).as("when the flood is over").isEmpty();
        assertThat(limit.keys()).isLessThanOrEqualTo(2);
    }

    @Test
    @DisplayName("[LIM-1] of many at the same time no more than the limit come through")
    void given_many_threads_then_the_limit_holds() {
        RateLimit limit = limit(1_000, 10);
        var passed = new AtomicInteger();
        IntStream.range(0, 20_000).parallel().forEach(i -> {
            if (limit.take("a").isEmpty()) {
                passed.incrementAndGet();
            }
        });
        assertThat(passed).hasValue(1_000);
    }
}
