package org.chorale.cluster.service;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.INFO;

import java.util.concurrent.TimeUnit;

/** A connection of the bus that may be gone: said seldom, with ever longer pauses between the attempts. For one thread. */
final class Outage {
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 1000;

    private final System.Logger logger;
    private final String consequence;
    private final SeldomLog log;
    private long pause = FIRST_PAUSE_MILLIS;
    private boolean told;

    /** @param consequence what the node cannot do, and over what */
    Outage(System.Logger logger, String consequence) {
        this.logger = logger;
        this.consequence = consequence;
        log = new SeldomLog(logger);
    }

    /** Says why, and waits before the next attempt. */
    void because(Throwable reason) throws InterruptedException {
        told = true;
        log.warn(() -> "%s: %s. Editing goes on; what others do arrives later.".formatted(consequence, rootOf(reason).getMessage()));
        logger.log(DEBUG, "the bus lost a connection", reason);
        TimeUnit.MILLISECONDS.sleep(pause);
        pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
    }

    /** It is there, again or still. */
    void isOver() {
        pause = FIRST_PAUSE_MILLIS;
        if (told) {
            told = false;
            logger.log(INFO, () -> "it is over that " + consequence);
        }
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
