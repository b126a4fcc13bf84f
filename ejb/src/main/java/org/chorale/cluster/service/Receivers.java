package org.chorale.cluster.service;

import static java.lang.System.Logger.Level.ERROR;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.chorale.cluster.Bus.Receiver;
import org.chorale.cluster.NodeId;
import org.chorale.cluster.Topic;

/**
 * Who on this node hears what, and the one thread that tells them. What waits for it is bounded: where it cannot keep up the oldest
 * messages go, and everybody is told as after a reconnect, so that they look what they missed.
 */
final class Receivers {
    private static final System.Logger LOGGER = System.getLogger(Receivers.class.getName());

    private sealed interface Event {
        /** @param size in characters */
        record Message(Topic topic, NodeId sender, String body, int size) implements Event {}

        record Connected(Topic topic, long number) implements Event {}

        record AllConnected(long number) implements Event {}

        record Joined(Hearing hearing) implements Event {}
    }

    /** One subscription. Two of them may have the same receiver. */
    private static final class Hearing {
        private final Receiver receiver;
        /** The number of the last connection before it began: of later ones it is told. */
        private final long born;
        private volatile boolean over;

        private Hearing(Receiver receiver, long born) {
            this.receiver = receiver;
            this.born = born;
        }
    }

    private final int mostMessages;
    private final long mostCharacters;
    private final BusProbe probe;
    private final SeldomLog overflow = new SeldomLog(LOGGER);
    private final Map<Topic, List<Hearing>> hearings = new ConcurrentHashMap<>();
    private final Deque<Event> events = new ArrayDeque<>();
    private int messages;
    private long characters;
    private long connections;
    private boolean closed;

    Receivers(int mostMessages, long mostCharacters, BusProbe probe) {
        this.mostMessages = mostMessages;
        this.mostCharacters = mostCharacters;
        this.probe = probe;
    }

    void start() {
        Thread.ofPlatform().daemon().name("chorale-bus-receivers").start(this::tellAll);
    }

    /**
     * Adds a receiver to a topic.
     *
     * @param connected whether the topic is heard already, so that the receiver is told at once
     * @param whenLast is called when nobody hears the topic any more
     */
    Runnable add(Topic topic, Receiver receiver, BooleanSupplier connected, Runnable whenLast) {
        Hearing hearing = add(topic, receiver, connected);
        var once = new AtomicBoolean();
        return () -> {
            if (once.compareAndSet(false, true)) {
                remove(topic, hearing, whenLast);
            }
        };
    }

    private synchronized Hearing add(Topic topic, Receiver receiver, BooleanSupplier connected) {
        var hearing = new Hearing(receiver, connections);
        hearings.compute(topic, (key, others) -> {
            List<Hearing> all = others == null ? new CopyOnWriteArrayList<>() : others;
            all.add(hearing);
            return all;
        });
        if (connected.getAsBoolean()) {
            put(new Event.Joined(hearing));
        }
        return hearing;
    }

    private void remove(Topic topic, Hearing hearing, Runnable whenLast) {
        hearing.over = true;
        Object left = hearings.computeIfPresent(topic, (key, all) -> {
            all.remove(hearing);
            return all.isEmpty() ? null : all;
        });
        if (left == null) {
            whenLast.run();
        }
    }

    boolean hears(Topic topic) {
        return hearings.containsKey(topic);
    }

    Iterable<Topic> topics() {
        return hearings.keySet();
    }

    void received(BusMessage message) {
        if (hears(message.topic())) {
            probe.received(1);
            put(new Event.Message(message.topic(), message.sender(), message.body(), message.size()));
        }
    }

    /**
     * From now on this topic is heard.
     *
     * @param note makes that known to those who subscribe from now on; nobody subscribes meanwhile, so each is told once
     */
    synchronized void connected(Topic topic, Runnable note) {
        note.run();
        put(new Event.Connected(topic, ++connections));
    }

    /** From now on all topics are heard; see {@link #connected(Topic, Runnable)}. */
    synchronized void connected(Runnable note) {
        note.run();
        put(new Event.AllConnected(++connections));
    }

    private synchronized void put(Event event) {
        if (closed) {
            return;
        }
        if (event instanceof Event.Message message) {
            if (messages >= mostMessages || characters + message.size() > mostCharacters) {
                forgetMessages();
            }
            messages++;
            characters += message.size();
        }
        events.addLast(event);
        notifyAll();
    }

    /** What waits is old; whoever is told to look anew misses nothing by not hearing it. */
    private void forgetMessages() {
        int lost = messages;
        events.removeIf(Event.Message.class::isInstance);
        events.addLast(new Event.AllConnected(++connections));
        messages = 0;
        characters = 0;
        probe.dropped(lost);
        overflow.warn(() -> "messages of other nodes come faster than they are taken here: " + lost + " were dropped");
    }

    private void tellAll() {
        try {
            for (Event event = next(); event != null; event = next()) {
                tell(event);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();              // the server stops
        }
    }

    private synchronized Event next() throws InterruptedException {
        while (events.isEmpty() && !closed) {
            wait();
        }
        Event event = closed ? null : events.removeFirst();
        if (event instanceof Event.Message message) {
            messages--;
            characters -= message.size();
        }
        return event;
    }

    private void tell(Event event) {
        switch (event) {
            case Event.Message message -> of(message.topic()).forEach(hearing ->
                tell(hearing, receiver -> receiver.received(message.sender(), message.body())));
            case Event.Connected(var topic, long number) -> tellConnected(of(topic), number);
            case Event.AllConnected(long number) -> hearings.values().forEach(all -> tellConnected(all, number));
            case Event.Joined(var hearing) -> tell(hearing, Receiver::connected);
        }
    }

    private static void tellConnected(List<Hearing> all, long number) {
        all.stream().filter(hearing -> hearing.born < number).forEach(hearing -> tell(hearing, Receiver::connected));
    }

    private List<Hearing> of(Topic topic) {
        return hearings.getOrDefault(topic, List.of());
    }

    private static void tell(Hearing hearing, Consumer<Receiver> what) {
        if (hearing.over) {
            return;
        }
        try {
            what.accept(hearing.receiver);
        } catch (RuntimeException e) {
            LOGGER.log(ERROR, "what another node said could not be taken", e);
        }
    }

    /** Nobody is told anything any more. */
    void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        hearings.clear();
    }
}
