package org.chorale.realtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** How long something usually takes: one slow try is a busy machine's doing, slow tries for the most part are the server's. */
final class UsualTime {
    private static final int TRIES = 5;

    private UsualTime() {}

    /**
     * The median of five tries.
     *
     * @param once does it, and answers how long that took
     */
    static Duration of(Callable<Duration> once) throws Exception {
        List<Duration> times = new ArrayList<>();
        for (int i = 0; i < TRIES; i++) {
            times.add(once.call());
        }
        return times.stream().sorted().toList().get(TRIES / 2);
    }
}
