package org.chorale.cluster.service;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.chorale.cluster.NodeId;
import org.chorale.cluster.Topic;
import org.chorale.platform.database.PostgresServer;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * The bus on nothing but the database: PostgreSQL's notifications, on one channel that every node hears. It has two connections of its
 * own, one that listens and one that notifies, and is never part of a transaction of edits: who notifies holds a lock of the whole
 * database while it commits.
 */
final class PostgresBus implements WiredBus {
    private static final System.Logger LOGGER = System.getLogger(PostgresBus.class.getName());
    private static final int MOST_MESSAGES = 10_000;
    private static final long MOST_CHARACTERS = 16L << 20;
    /** What one transaction takes, in characters; a single longer message goes alone. */
    private static final long LARGEST_BATCH = 1 << 18;
    private static final int LISTENING_MILLIS = 500;
    /** After so long without a message the listening connection is asked whether it still is one. */
    private static final long SILENCE_NANOS = Duration.ofSeconds(2).toNanos();
    private static final int ANSWER_SECONDS = 2;
    /** A packet is lost with its connection at worst: nothing of it waits for the disk. */
    private static final String WITHOUT_SYNC = "set synchronous_commit = off";
    private static final String NOTIFY = "select pg_notify(?, payload) from unnest(?::text[]) as payload";

    private final NodeId self;
    private final String channel;
    private final PostgresServer server;
    private final long hintNanos;
    private final BusProbe probe;
    private final Outgoing outgoing;
    private final Receivers receivers;
    private final Packets.Writer writer;
    private final Packets.Reader reader;
    private final SeldomLog malformed = new SeldomLog(LOGGER);
    private final Outage listenerAway;
    private final Outage notifierAway;
    private volatile boolean listening;
    private volatile boolean notifying;
    private volatile boolean closed;
    private Thread listener;
    private Thread notifier;

    PostgresBus(NodeId self, String clusterName, PostgresServer server, Duration hintInterval, BusProbe probe) {
        this.self = self;
        this.channel = clusterName + ":bus";
        this.server = server;
        this.hintNanos = hintInterval.toNanos();
        this.probe = probe;
        outgoing = new Outgoing(MOST_MESSAGES, MOST_CHARACTERS, probe);
        receivers = new Receivers(MOST_MESSAGES, MOST_CHARACTERS, probe);
        writer = new Packets.Writer(self);
        reader = new Packets.Reader(self);
        listenerAway = new Outage(LOGGER, "node " + self + " cannot hear other nodes over " + server);
        notifierAway = new Outage(LOGGER, "node " + self + " cannot tell other nodes over " + server);
    }

    @Override
    public void start() {
        receivers.start();
        listener = Thread.ofPlatform().daemon().name("chorale-bus-listener").start(this::listen);
        notifier = Thread.ofPlatform().daemon().name("chorale-bus-notifier").start(this::notifyOthers);
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
        return listening && notifying;
    }

    @Override
    public void publish(Topic topic, String body) {
        outgoing.add(topic, body);
    }

    @Override
    public Subscription subscribe(Topic topic, Receiver receiver) {
        return receivers.add(topic, receiver, () -> listening, () -> { })::run;
    }

    @Override
    public void close() {
        closed = true;
        outgoing.close();
        receivers.close();
        if (listener != null) {
            listener.interrupt();
            notifier.interrupt();
        }
    }

    // ---- hearing

    private void listen() {
        try {
            while (!closed) {
                listenerAway.because(endOfListening());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();              // the server stops
        }
    }

    private Exception endOfListening() throws InterruptedException {
        try (Connection connection = server.connect("chorale bus: listen")) {
            listenOn(connection);
            throw new InterruptedException("closed");
        } catch (SQLException | RuntimeException e) {
            return e;
        } finally {
            listening = false;
        }
    }

    private void listenOn(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("listen \"" + channel + "\"");
        }
        listenerAway.isOver();
        receivers.connected(() -> listening = true);
        var notifications = connection.unwrap(PGConnection.class);
        long lastHeard = System.nanoTime();
        while (!closed) {
            PGNotification[] heard = notifications.getNotifications(LISTENING_MILLIS);
            long now = System.nanoTime();
            if (heard != null && heard.length > 0) {
                for (PGNotification notification : heard) {
                    take(notification, now);
                }
                lastHeard = now;
            } else if (now - lastHeard > SILENCE_NANOS) {
                requireAlive(connection);
                lastHeard = now;
            }
        }
    }

    /** A server that vanished closes nothing. */
    private static void requireAlive(Connection connection) throws SQLException {
        if (!connection.isValid(ANSWER_SECONDS)) {
            throw new SQLException("the connection does not answer any more");
        }
    }

    private void take(PGNotification notification, long now) {
        if (!channel.equals(notification.getName())) {
            return;
        }
        try {
            reader.read(notification.getParameter(), now).forEach(receivers::received);
        } catch (MalformedPacketException e) {
            malformed.warn(() -> "somebody sends what no node sends on the channel " + channel + ", it is ignored: " + e.getMessage());
        }
    }

    // ---- telling

    private void notifyOthers() {
        try {
            while (!closed) {
                notifierAway.because(endOfNotifying());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();              // the server stops
        }
    }

    private Exception endOfNotifying() throws InterruptedException {
        try (Connection connection = server.connect("chorale bus: notify")) {
            notifyOn(connection);
            throw new InterruptedException("closed");
        } catch (SQLException | RuntimeException e) {
            return e;
        } finally {
            notifying = false;
        }
    }

    private void notifyOn(Connection connection) throws SQLException, InterruptedException {
        try (var statement = connection.createStatement()) {
            statement.execute(WITHOUT_SYNC);
        }
        notifying = true;
        notifierAway.isOver();
        try (var statement = connection.prepareStatement(NOTIFY)) {
            statement.setString(1, channel);
            while (!closed) {
                List<Outbox.Letter> letters = outgoing.take(LARGEST_BATCH);
                long begin = System.nanoTime();
                try {
                    statement.setArray(2, connection.createArrayOf("text", writer.payloads(letters).toArray()));
                    statement.execute();
                } catch (SQLException | RuntimeException e) {
                    probe.dropped(letters.size());
                    throw e;
                }
                probe.sent(letters.size());
                // The first goes at once; what comes while it is under way, and shortly after, goes together.
                LockSupport.parkNanos(begin + hintNanos - System.nanoTime());
            }
        }
    }
}
