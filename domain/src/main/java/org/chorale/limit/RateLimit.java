package org.chorale.limit;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * So many a period for each key: all at once, or spread over it. Of a key that pauses nothing is kept, and of those that do not, no more
 * than a fixed number: whoever comes beyond that shares one allowance with all others who do.
 */
public final class RateLimit {
    /** The key of those for whom there is no room; keys are addresses and ids, which are not empty. */
    private static final String EVERYBODY_ELSE = "";

    private final long spacing;
    private final long tolerance;
    private final int mostKeys;
    private final LongSupplier nanoTime;
    /** For each key the time, by {@link #nanoTime}, until which what it did is paid for at the steady rate. */
    private final Map<String, Long> paidUntil = new ConcurrentHashMap<>();
    private volatile long sweptAt;

    /**
     * @param most     per period; 0 or less for no limit
     * @param mostKeys for which it is counted apart
     */
    public RateLimit(int most, Duration period, int mostKeys, LongSupplier nanoTime) {
        spacing = most <= 0 ? 0 : period.toNanos() / most;
        tolerance = period.toNanos();
        this.mostKeys = mostKeys;
        this.nanoTime = nanoTime;
        sweptAt = nanoTime.getAsLong();
    }

    /** Counts one more of this key; where that is one too many it does not count, and the answer is how long to wait for the next. */
    public Optional<Duration> take(String key) {
        if (spacing == 0) {
            return Optional.empty();
        }
        long now = nanoTime.getAsLong();
        String counted = paidUntil.containsKey(key) || hasRoom(now) ? key : EVERYBODY_ELSE;
        var wait = new long[1];
        paidUntil.compute(counted, (same, until) -> {
            long from = until == null || until - now < 0 ? now : until;
            wait[0] = from + spacing - now - tolerance;
            return wait[0] > 0 ? from : from + spacing;
        });
        return wait[0] > 0 ? Optional.of(Duration.ofNanos(wait[0])) : Optional.empty();
    }

    private boolean hasRoom(long now) {
        if (paidUntil.size() >= mostKeys && now - sweptAt > spacing) {
            sweptAt = now;
            paidUntil.values().removeIf(until -> until - now < 0);
        }
        return paidUntil.size() < mostKeys;
    }

    /** For how many keys something is kept. */
    int keys() {
        return paidUntil.size();
    }
}
