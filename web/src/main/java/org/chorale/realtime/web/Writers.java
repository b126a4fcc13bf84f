package org.chorale.realtime.web;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Those who write to sockets, for all connections together: so what a commit tells a hundred people goes to the network in one go, and a
 * connection that is silent costs no thread. There is one for each processor who is free to write. A write lasts as long as the peer does
 * not read: where that holds up everybody, others come, and go when there are more than that again with nothing to do.
 */
@ApplicationScoped
public class Writers {
    /** So long nobody finishes anything before others come. */
    private static final Duration PATIENCE = Duration.ofMillis(5);

    private final int enough = Runtime.getRuntime().availableProcessors();
    private final Queue<Connection> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger all = new AtomicInteger();
    private final AtomicInteger busy = new AtomicInteger();
    /** Frames that were written, or could not be. */
    private final AtomicLong finished = new AtomicLong();
    /** Who sleeps. Not a monitor: a virtual thread that waits for one is woken by way of a third thread. */
    private final Queue<Thread> asleep = new ConcurrentLinkedQueue<>();
    private volatile boolean watcherSleeps;
    private volatile boolean closed;
    private Thread watcher;

    @PostConstruct
    void start() {
        hire(enough);
        watcher = Thread.ofPlatform().daemon().name("chorale-writers-watch").start(this::watch);
    }

    @PreDestroy
    void close() {
        closed = true;
        LockSupport.unpark(watcher);
        asleep.forEach(LockSupport::unpark);
    }

    /** A connection has something to write; somebody does so after the next {@link #wake}, or before. */
    void add(Connection connection) {
        waiting.add(connection);
    }

    /** Somebody looks now what there is to write. */
    void wake() {
        if (closed) {
            hire(1);                                        // for what is said when the others have gone
        } else {
            wakeOne();
        }
        if (watcherSleeps) {
            LockSupport.unpark(watcher);
        }
    }

    private void wakeOne() {
        Thread sleeper = asleep.poll();
        if (sleeper != null) {
            LockSupport.unpark(sleeper);
        }
    }

    /** How many there are; more than there are processors where peers do not read what is written to them. */
    int count() {
        return all.get();
    }

    private void hire(int more) {
        all.addAndGet(more);
        for (int i = 0; i < more; i++) {
            Thread.ofVirtual().name("writer").start(this::work);
        }
    }

    private void work() {
        for (Connection next = next(); next != null; next = next()) {
            busy.incrementAndGet();
            if (next.writeNext()) {
                waiting.add(next);
            }
            finished.incrementAndGet();
            busy.decrementAndGet();
        }
    }

    /** What is to be written next, as soon as there is something; null for whoever is not needed any more. */
    private Connection next() {
        for (Connection next = waiting.poll(); ; next = waiting.poll()) {
            if (next != null) {
                if (!waiting.isEmpty()) {
                    wakeOne();                              // one calls the other, so that a single frame wakes nobody in vain
                }
                return next;
            }
            if (retires()) {
                return null;
            }
            asleep.add(Thread.currentThread());
            if (waiting.isEmpty() && !closed) {
                LockSupport.park(this);
            }
            asleep.remove(Thread.currentThread());
        }
    }

    /** Whether whoever asks has nothing to do any more, and the others are enough. */
    private boolean retires() {
        for (int now = all.get(); closed || now - busy.get() > enough; now = all.get()) {
            if (all.compareAndSet(now, now - 1)) {
                return true;
            }
        }
        return false;
    }

    private void watch() {
        while (!closed) {
            if (waiting.isEmpty()) {
                watcherSleeps = true;
                if (waiting.isEmpty() && !closed) {
                    LockSupport.park(this);
                }
                watcherSleeps = false;
            }
            long before = finished.get();
            LockSupport.parkNanos(PATIENCE.toNanos());
            int held = busy.get();
            if (finished.get() == before && !waiting.isEmpty() && held >= all.get()) {
                hire(held);                                 // as many again: whoever does not read is rarely alone
            }
        }
    }
}
