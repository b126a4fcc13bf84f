package org.chorale.cluster.service;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chorale.cluster.Bus;
import org.chorale.cluster.NodeId;
import org.chorale.cluster.Topic;

/**
 * The bus over Redis: a channel for each topic that somebody here hears, and one message for each that is published. One thread looks
 * after the connections and compares what is subscribed with what should be; another one publishes.
 */
final class RedisBus implements WiredBus {
    private static final System.Logger LOGGER = System.getLogger(RedisBus.class.getName());
    private static final int MOST_MESSAGES = 10_000;
    private static final long MOST_CHARACTERS = 16L << 20;
    /** What is published before its answers are awaited, in characters; a single longer message goes alone. */
    private static final long LARGEST_BATCH = 1 << 20;
    private static final long LOOK_MILLIS = 500;
    private static final long PING_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long LAYOUT_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long SUBSCRIBE_AGAIN_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Pattern HEADER = Pattern.compile("C1 ([A-Za-z0-9.-]{1,80})\n");

    /** The layout with the links that there are, one at least; whoever publishes takes the newest one. */
    private record Wiring(RedisLayout layout, Map<RedisURI, RedisLink> links) {
        private boolean isWhole() {
            return links.keySet().containsAll(layout.servers());
        }

        private Optional<RedisLink> linkOf(String channel) {
            return Optional.ofNullable(links.get(layout.serverOf(channel)));
        }
    }

    private record Asked(RedisLink link, long nanos) {}

    private final NodeId self;
    private final String prefix;
    private final RedisServer server;
    private final BusProbe probe;
    private final Outgoing outgoing;
    private final Receivers receivers;
    private final SeldomLog malformed = new SeldomLog(LOGGER);
    private final SeldomLog refused = new SeldomLog(LOGGER);
    private final Outage away;
    private final Map<Topic, RedisLink> subscribed = new ConcurrentHashMap<>();
    private final Object monitor = new Object();

    // Only the thread that looks after the connections touches these.
    private final Map<RedisURI, RedisLink> links = new HashMap<>();
    private final Map<Topic, Asked> asked = new HashMap<>();
    private RedisClient client;
    private Optional<RedisLayout> layout = Optional.empty();
    private long layoutAt;
    private long pingedAt;

    private volatile Optional<Wiring> wiring = Optional.empty();
    private boolean changed;
    private volatile boolean closed;
    private Thread keeper;
    private Thread publisher;

    RedisBus(NodeId self, String clusterName, RedisServer server, BusProbe probe) {
        this.self = self;
        this.prefix = clusterName + ":";
        this.server = server;
        this.probe = probe;
        outgoing = new Outgoing(MOST_MESSAGES, MOST_CHARACTERS, probe);
        receivers = new Receivers(MOST_MESSAGES, MOST_CHARACTERS, probe);
        away = new Outage(LOGGER, "node " + self + " cannot reach other nodes over " + server);
    }

    @Override
    public void start() {
        receivers.start();
        keeper = Thread.ofPlatform().daemon().name("chorale-bus-keeper").start(this::keep);
        publisher = Thread.ofPlatform().daemon().name("chorale-bus-publisher").start(this::publishAll);
    }

    @Override
    public NodeId self() {
        return self;
    }

    @Override
    public boolean reachesOthers() {
        return true;
    }

    @Override
    public boolean isConnected() {
        return wiring.filter(Wiring::isWhole).isPresent();
    }

    @Override
    public void publish(Topic topic, String body) {
        outgoing.add(topic, body);
    }

    @Override
    public Subscription subscribe(Topic topic, Receiver receiver) {
        Runnable end = receivers.add(topic, receiver, () -> subscribed.containsKey(topic), this::wake);
        wake();
        return end::run;
    }

    @Override
    public void close() {
        closed = true;
        outgoing.close();
        receivers.close();
        if (keeper != null) {
            keeper.interrupt();
            publisher.interrupt();
        }
    }

    // ---- connections

    private void keep() {
        client = server.client();
        try {
            while (!closed) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();              // the server stops
        } finally {
            wiring = Optional.empty();
            links.values().forEach(RedisLink::close);
            RedisServer.end(client);
        }
    }

    private void look() throws InterruptedException {
        try {
            dropDeadLinks();
            connect();
            subscribeAndUnsubscribe();
            away.isOver();
            sleepUntilChanged();
        } catch (RedisException | IllegalStateException e) {
            wire();
            away.because(e);
        }
    }

    private void dropDeadLinks() throws InterruptedException {
        boolean toPing = System.nanoTime() - pingedAt > PING_NANOS;
        var dead = new ArrayList<RedisURI>();
        for (var link : links.entrySet()) {
            if (!link.getValue().isOpen() || toPing && !link.getValue().answers(server.patience())) {
                dead.add(link.getKey());
            }
        }
        if (toPing) {
            pingedAt = System.nanoTime();
        }
        dead.forEach(this::drop);
        if (!dead.isEmpty()) {
            layoutAt = 0;
            wire();
        }
    }

    private void drop(RedisURI address) {
        RedisLink link = links.remove(address);
        subscribed.values().removeIf(link::equals);
        link.close();
    }

    private void connect() {
        if (layout.isEmpty() || server.isCluster() && System.nanoTime() - layoutAt > LAYOUT_NANOS) {
            RedisLayout present = readLayout();
            links.keySet().stream().filter(address -> !present.servers().contains(address)).toList().forEach(this::drop);
            layout = Optional.of(present);
            layoutAt = System.nanoTime();
        }
        RedisException failure = null;
        for (RedisURI address : layout.orElseThrow().servers()) {
            if (!links.containsKey(address)) {
                try {
                    links.put(address, new RedisLink(client, address, layout.orElseThrow().sharded(), listener));
                } catch (RedisException e) {
                    failure = e;                             // one server of several: the others carry their channels
                }
            }
        }
        wire();
        if (failure != null) {
            layoutAt = 0;
            subscribeAndUnsubscribe();
            throw failure;
        }
    }

    /** From a server that we know, or else from the one that is configured. */
    private RedisLayout readLayout() {
        if (!server.isCluster()) {
            return RedisLayout.standalone(server);
        }
        for (var link : links.entrySet()) {
            if (link.getValue().isOpen()) {
                return RedisLayout.read(server, link.getKey(), link.getValue().connection().sync());
            }
        }
        var known = new ArrayList<>(List.of(server.uri()));
        layout.ifPresent(last -> known.addAll(last.servers()));
        RedisException failure = null;
        for (RedisURI address : known) {
            try (var connection = client.connect(address)) {
                return RedisLayout.read(server, address, connection.sync());
            } catch (RedisException e) {
                failure = e;
            }
        }
        throw failure;
    }

    /** Tells publishers what there is. */
    private void wire() {
        Optional<Wiring> present = layout.filter(known -> !links.isEmpty()).map(known -> new Wiring(known, Map.copyOf(links)));
        if (!present.equals(wiring)) {
            synchronized (monitor) {
                wiring = present;
                monitor.notifyAll();
            }
        }
    }

    private void wake() {
        synchronized (monitor) {
            changed = true;
            monitor.notifyAll();
        }
    }

    private void sleepUntilChanged() throws InterruptedException {
        synchronized (monitor) {
            if (!changed) {
                monitor.wait(LOOK_MILLIS);
            }
            changed = false;
        }
    }

    // ---- hearing

    private void subscribeAndUnsubscribe() {
        long now = System.nanoTime();
        asked.values().removeIf(question -> now - question.nanos() > SUBSCRIBE_AGAIN_NANOS);
        for (Topic topic : receivers.topics()) {
            RedisLink link = links.get(layout.orElseThrow().serverOf(channel(topic)));
            boolean pending = asked.containsKey(topic) && asked.get(topic).link() == link;
            if (link != null && subscribed.get(topic) != link && !pending) {
                asked.put(topic, new Asked(link, now));
                link.subscribe(channel(topic));
            }
        }
        subscribed.forEach((topic, link) -> {
            if (!receivers.hears(topic) && subscribed.remove(topic, link)) {
                asked.remove(topic);
                link.unsubscribe(channel(topic));
            }
        });
    }

    private String channel(Topic topic) {
        return prefix + topic.name();
    }

    private Optional<Topic> topic(String channel) {
        String name = channel.startsWith(prefix) ? channel.substring(prefix.length()) : "";
        return Topic.isValid(name) ? Optional.of(new Topic(name)) : Optional.empty();
    }

    private final RedisLink.Listener listener = new RedisLink.Listener() {
        @Override
        public void message(String channel, String text) {
            take(channel, text);
        }

        @Override
        public void subscribed(RedisLink link, String channel) {
            topic(channel).ifPresent(topic -> receivers.connected(topic, () -> subscribed.put(topic, link)));
        }

        @Override
        public void unsubscribed(RedisLink link, String channel) {
            topic(channel).ifPresent(topic -> subscribed.remove(topic, link));
            wake();
        }

        @Override
        public void disconnected() {
            wake();
        }
    };

    /** Whoever may publish at Redis may publish anything. */
    private void take(String channel, String text) {
        Matcher header = HEADER.matcher(text);
        Optional<Topic> topic = topic(channel);
        if (topic.isEmpty() || !header.lookingAt() || text.length() - header.end() > Bus.LARGEST_BODY) {
            malformed.warn(() -> "somebody sends what no node sends on the channel " + channel + ", it is ignored: " + text.length() + " characters");
            return;
        }
        var sender = new NodeId(header.group(1));
        if (!sender.equals(self)) {
            receivers.received(new BusMessage(sender, topic.get(), text.substring(header.end())));
        }
    }

    // ---- telling

    private void publishAll() {
        try {
            while (!closed) {
                Wiring present = awaitWiring();
                List<Outbox.Letter> letters = outgoing.take(LARGEST_BATCH);
                publish(wiring.orElse(present), letters);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();              // the server stops
        }
    }

    private Wiring awaitWiring() throws InterruptedException {
        synchronized (monitor) {
            while (wiring.isEmpty()) {
                monitor.wait();
            }
            return wiring.get();
        }
    }

    private void publish(Wiring present, List<Outbox.Letter> letters) throws InterruptedException {
        var answers = new ArrayList<Future<Long>>(letters.size());
        for (Outbox.Letter letter : letters) {
            String channel = channel(letter.topic());
            present.linkOf(channel).ifPresent(link -> answers.add(link.publish(channel, "C1 " + self.value() + "\n" + letter.body())));
        }
        int arrived = 0;
        long deadline = System.nanoTime() + server.patience().toNanos();
        for (Future<Long> answer : answers) {
            if (isPublished(answer, deadline)) {
                arrived++;
            }
        }
        probe.sent(arrived);
        probe.dropped(letters.size() - arrived);
    }

    private boolean isPublished(Future<Long> answer, long deadline) throws InterruptedException {
        try {
            answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException e) {
            refused.warn(() -> "a message for other nodes was not taken by " + server + ": " + e.getCause().getMessage());
        } catch (TimeoutException e) {
            refused.warn(() -> server + " does not answer");
        }
        wake();
        return false;
    }
}
