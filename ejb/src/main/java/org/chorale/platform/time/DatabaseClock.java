package org.chorale.platform.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * The database's time, as of the last look and what passed since: all nodes have the same, however wrong a machine's clock is. Between two
 * looks it counts by itself; a look that agrees with it, as far as looks can be trusted, changes nothing.
 */
final class DatabaseClock extends Clock {
    /** A look that took longer says too little. */
    private static final Duration SLOWEST_LOOK = Duration.ofSeconds(1);

    private record Reading(Instant time, long atNanos) {
        private Instant at(long nanos) {
            return time.plusNanos(nanos - atNanos);
        }
    }

    private final LongSupplier nanoTime;
    private volatile Reading reading;

    /** @param before counts from there until the first look */
    DatabaseClock(Clock before, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        reading = new Reading(before.instant(), nanoTime.getAsLong());
    }

    /** What the database said between two moments of {@code nanoTime}. */
    void looked(DatabaseTime.Answer answer) {
        if (answer.took().compareTo(SLOWEST_LOOK) > 0) {
            return;
        }
        Duration difference = Duration.between(reading.at(answer.middleNanos()), answer.time());
        if (difference.abs().compareTo(answer.took().dividedBy(2)) > 0) {
            reading = new Reading(answer.time(), answer.middleNanos());
        }
    }

    @Override
    public Instant instant() {
        return reading.at(nanoTime.getAsLong());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("times are in UTC everywhere");
    }
}
