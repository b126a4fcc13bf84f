package org.chorale.cluster.service;

import static java.lang.System.Logger.Level.WARNING;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Warns of something that may happen often: at most once a minute, with how often it happened since. Safe on any thread. */
final class SeldomLog {
    private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

    private final System.Logger logger;
    private final LongSupplier nanoTime;
    private boolean warned;
    private long warnedAt;
    private long silent;

    SeldomLog(System.Logger logger) {
        this(logger, System::nanoTime);
    }

    SeldomLog(System.Logger logger, LongSupplier nanoTime) {
        this.logger = logger;
        this.nanoTime = nanoTime;
    }

    synchronized void warn(Supplier<String> message) {
        long now = nanoTime.getAsLong();
        if (warned && now - warnedAt < PAUSE_NANOS) {
            silent++;
            return;
        }
        String more = silent == 0 ? "" : " (and " + silent + " more times since the last such line)";
        logger.log(WARNING, () -> message.get() + more);
        warned = true;
        warnedAt = now;
        silent = 0;
    }
}
