package org.chorale.account;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How often somebody may guess. The first failures cost nothing; then the wait doubles with each, up to a limit, and it is all forgotten
 * after some time without any. An attempt counts as failed from its beginning, so that many at once are no way around it.
 *
 * @param free        failures without a wait
 * @param firstDelay  the wait after one more
 * @param longest     the longest wait
 * @param forgetAfter when failures are forgotten
 */
public record LoginThrottle(int free, Duration firstDelay, Duration longest, Duration forgetAfter) {
    /** Beyond it a doubling is longer than any limit. */
    private static final int MAX_DOUBLINGS = 30;

    /** What failed so far, the attempts that are under way included. */
    public record Attempts(int failures, Instant lastAt) {}

    /** How long nobody may try yet; empty where they may. */
    public Optional<Duration> blockedFor(Attempts attempts, Instant now) {
        Duration delay = delay(attempts.failures());
        // Another node's clock may be ahead: that alone is no reason to wait.
        Duration left = Duration.between(now, attempts.lastAt().plus(delay));
        boolean blocked = delay.isPositive() && left.isPositive() && !isForgotten(attempts, now);
        return blocked ? Optional.of(left) : Optional.empty();
    }

    /** One more attempt begins. */
    public Attempts begun(Optional<Attempts> before, Instant now) {
        int failures = before.filter(attempts -> !isForgotten(attempts, now)).map(Attempts::failures).orElse(0);
        return new Attempts(Math.min(failures + 1, Integer.MAX_VALUE - 1), now);
    }

    /** One of the attempts succeeded. */
    public static Attempts succeeded(Attempts before) {
        return new Attempts(Math.max(0, before.failures() - 1), before.lastAt());
    }

    private boolean isForgotten(Attempts attempts, Instant now) {
        return attempts.lastAt().plus(forgetAfter).isBefore(now);
    }

    private Duration delay(int failures) {
        int beyond = failures - free;
        if (beyond <= 0) {
            return Duration.ZERO;
        }
        Duration delay = firstDelay.multipliedBy(1L << Math.min(beyond - 1, MAX_DOUBLINGS));
        return delay.compareTo(longest) > 0 ? longest : delay;
    }
}
