package org.chorale.realtime.web;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.chorale.document.StoredChange;

/**
 * One socket: a bounded queue of what is to be sent, and {@link Writers} that send it, one of them at a time. Whoever lags gets what waits
 * as fewer, larger frames; whoever lags too far is let go. Sending never blocks the sender.
 */
final class Connection {
    private static final System.Logger LOGGER = System.getLogger(Connection.class.getName());
    /** Up to this length waiting changes are joined; a longer frame would only delay the first of them. */
    private static final int JOINED_LENGTH = 256 * 1024;

    /** Of so many deliveries one is timed: enough to tell, and free. */
    private static final int TIMED_SHARE = 16;

    private final Session socket;
    private final long maxQueued;
    private final int deflateAbove;
    private final DeliveryProbe probe;
    private final Writers writers;
    private final ReentrantLock lock = new ReentrantLock();
    /** Touched by whoever writes. */
    private int deliveries;
    private final AtomicInteger unanswered = new AtomicInteger();
    /** Remembered, since a socket that was closed does not know it any more. */
    private final String address;

    // Guarded by the lock.
    private final Deque<Outbound> queue = new ArrayDeque<>();
    private Outbound.Awareness awareness;
    private long queued;
    private Optional<CloseReason> closing = Optional.empty();
    private boolean gone;
    /** Whether the writers know that there is something to write. */
    private boolean announced;
    /** Who writes at this moment; null where nobody does. */
    private Thread writing;

    private volatile Instant lastHeard;
    private volatile Optional<Instant> goodUntil = Optional.empty();

    /** Hears how long changes take from their arrival until they are written to another socket. */
    @FunctionalInterface
    interface DeliveryProbe {
        void delivered(long nanos);
    }

    /**
     * @param maxQueued    what may wait behind the frame being written, in characters
     * @param deflateAbove longer frames travel compressed; {@link Integer#MAX_VALUE} where that was not agreed on
     */
    Connection(Session socket, Writers writers, long maxQueued, int deflateAbove, DeliveryProbe probe, Instant now) {
        this.socket = socket;
        this.writers = writers;
        this.maxQueued = maxQueued;
        this.deflateAbove = deflateAbove;
        this.probe = probe;
        this.lastHeard = now;
        this.address = socket.getUserProperties().get(RemoteAddresses.PROPERTY) instanceof String known ? known : "";
    }

    String id() {
        return socket.getId();
    }

    /** Where it comes from; empty where nobody knows. */
    String address() {
        return address;
    }

    /** Whether it ends as soon as what waits is sent: what comes in any more does not count. */
    boolean isClosing() {
        lock.lock();
        try {
            return gone || closing.isPresent();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the container has no open socket for it any more. */
    boolean isEnded() {
        return !socket.isOpen();
    }

    void heard(Instant now) {
        lastHeard = now;
    }

    /** When the token expires by which its participant came in; empty for guests. */
    Optional<Instant> goodUntil() {
        return goodUntil;
    }

    void setGoodUntil(Instant expiresAt) {
        goodUntil = Optional.of(expiresAt);
    }

    boolean isSilentSince(Instant time) {
        return lastHeard.isBefore(time);
    }

    /** Counts a submit whose answer is outstanding; false when there are too many of them. */
    boolean beginSubmit(int max) {
        if (unanswered.incrementAndGet() > max) {
            unanswered.decrementAndGet();
            return false;
        }
        return true;
    }

    void endSubmit() {
        unanswered.decrementAndGet();
    }

    /** What waits to be sent, in characters. */
    long queued() {
        lock.lock();
        try {
            return queued;
        } finally {
            lock.unlock();
        }
    }

    /** Whether these may be queued without making the connection late at once: a snapshot is smaller than what leads to it. */
    boolean hasRoomFor(List<StoredChange> changes) {
        return changes.stream().mapToLong(change -> change.content().length()).sum() <= maxQueued / 2;
    }

    void send(String frame) {
        send(new Outbound.Text(frame));
    }

    void send(Outbound outbound) {
        offer(outbound);
        writers.wake();
    }

    /** The same for whoever tells many: wakes nobody. */
    void offer(Outbound outbound) {
        lock.lock();
        try {
            if (gone || closing.isPresent()) {
                return;
            }
            switch (outbound) {
                case Outbound.Awareness states -> awareness = awareness == null ? states : awareness.with(states);
                case Outbound.Changes changes -> enqueue(changes);
                case Outbound.Text text -> enqueue(text);
            }
            announce();
        } finally {
            lock.unlock();
        }
    }

    /** Sends a last frame, then closes. */
    void close(String lastFrame, CloseReason reason) {
        lock.lock();
        try {
            if (gone || closing.isPresent()) {
                return;
            }
            queue.add(new Outbound.Text(lastFrame));
            closing = Optional.of(reason);
            announce();
        } finally {
            lock.unlock();
        }
        writers.wake();
    }

    /** The socket is closed: nothing more is sent. */
    void closed() {
        lock.lock();
        try {
            forgetAll();
        } finally {
            lock.unlock();
        }
    }

    private void announce() {
        if (!announced && !gone) {
            announced = true;
            writers.add(this);
        }
    }

    private void forgetAll() {
        gone = true;
        queue.clear();
        queued = 0;
        awareness = null;
    }

    private void enqueue(Outbound outbound) {
        // The head does not count: a newcomer's snapshot may be larger than all that may wait behind it.
        if (!queue.isEmpty() && queued - queue.peek().length() + outbound.length() > maxQueued) {
            letGo();
            return;
        }
        queued += outbound.length();
        queue.add(outbound);
    }

    /** The writer is stuck in a write that the other side does not read, so nothing more can be said: the socket is closed over its head. */
    private void letGo() {
        LOGGER.log(WARNING, () -> "connection=%s does not read: closed with %d characters waiting".formatted(id(), queued));
        forgetAll();
        Thread.ofVirtual().start(() -> {
            closeSocket(new CloseReason(CloseReason.CloseCodes.TRY_AGAIN_LATER, "tooSlow"));
            interruptWriter();
        });
    }

    private void interruptWriter() {
        lock.lock();
        try {
            if (writing != null) {
                writing.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    // ---- the writer

    /**
     * Writes one frame of what waits, or closes where nothing waits any more that is to be sent before. Called by one writer at a time,
     * and only while the connection is announced.
     *
     * @return whether there is more, so that somebody is to call again
     */
    boolean writeNext() {
        Optional<Outbound> next = begin();
        Optional<CloseReason> end = next.isPresent() ? Optional.empty() : farewell();
        try {
            if (next.isPresent()) {
                write(next.get());
            }
        } catch (IOException | IllegalStateException e) {
            LOGGER.log(DEBUG, () -> "connection=%s broke: %s".formatted(id(), e));
            end = Optional.of(new CloseReason(CloseReason.CloseCodes.GOING_AWAY, "broken"));
        } catch (RuntimeException e) {
            // Nobody writes here any more: a socket left open would hear nothing, and be counted for ever.
            LOGGER.log(ERROR, "connection=" + id() + " cannot be written to", e);
            end = Optional.of(new CloseReason(CloseReason.CloseCodes.UNEXPECTED_CONDITION, "broken"));
        }
        // The container waits for the peer's answer.
        end.ifPresent(reason -> Thread.ofVirtual().start(() -> closeSocket(reason)));
        return finish(end.isPresent());
    }

    private Optional<Outbound> begin() {
        lock.lock();
        try {
            writing = Thread.currentThread();
            return gone ? Optional.empty() : take();
        } finally {
            lock.unlock();
        }
    }

    private Optional<CloseReason> farewell() {
        lock.lock();
        try {
            return closing;
        } finally {
            lock.unlock();
        }
    }

    /** Whether there is more to write, or still to be closed. */
    private boolean finish(boolean ended) {
        lock.lock();
        try {
            writing = null;
            if (ended) {
                forgetAll();
            }
            announced = !gone && (!queue.isEmpty() || awareness != null || closing.isPresent());
            return announced;
        } finally {
            lock.unlock();
            Thread.interrupted();                           // whoever let it go may have meant this write, not the next one
        }
    }

    private void write(Outbound outbound) throws IOException {
        if (outbound.frame().length() > deflateAbove) {
            socket.getBasicRemote().sendBinary(ByteBuffer.wrap(outbound.deflated()));
        } else {
            socket.getBasicRemote().sendText(outbound.frame());
        }
        if (outbound instanceof Outbound.Changes changes && changes.since() != 0 && ++deliveries % TIMED_SHARE == 0) {
            probe.delivered(System.nanoTime() - changes.since());
        }
    }

    /** The next frame: what waits first, then awareness; nothing where none of it is left. */
    private Optional<Outbound> take() {
        Outbound first = queue.poll();
        if (first == null) {
            Outbound.Awareness states = awareness;
            awareness = null;
            return Optional.ofNullable(states);
        }
        queued -= first.length();
        return Optional.of(first instanceof Outbound.Changes changes ? joined(changes) : first);
    }

    private Outbound.Changes joined(Outbound.Changes first) {
        Outbound.Changes all = first;
        while (queue.peek() instanceof Outbound.Changes next && all.isFollowedBy(next) && all.length() < JOINED_LENGTH) {
            queue.remove();
            queued -= next.length();
            all = all.with(next);
        }
        return all;
    }

    private void closeSocket(CloseReason reason) {
        try {
            socket.close(reason);
        } catch (IOException | IllegalStateException e) {
            LOGGER.log(DEBUG, () -> "connection=%s was gone already: %s".formatted(id(), e));
        }
    }
}
