package org.chorale.platform.web;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether this server is about to stop. From then on it takes nothing new: no call, no socket, no frame. What it began before it
 * finishes, and so it counts that.
 */
@ApplicationScoped
public class Draining {
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean begun;

    /** From now on nothing new is taken. */
    public void begin() {
        begun = true;
    }

    public boolean hasBegun() {
        return begun;
    }

    /** Begins something that the server finishes before it stops, and that has to {@link #leave}; false where it is too late for that. */
    public boolean enter() {
        // Counted first: whoever begins to drain and finds nothing under way has then nothing coming any more.
        underWay.incrementAndGet();
        if (begun) {
            underWay.decrementAndGet();
            return false;
        }
        return true;
    }

    /** What was {@link #enter begun} is done. */
    public void leave() {
        underWay.decrementAndGet();
    }

    /** Whether nothing is under way that was begun before. */
    public boolean isQuiet() {
        return underWay.get() == 0;
    }
}
