package org.chorale.cluster.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.chorale.cluster.Bus;
import org.chorale.cluster.NodeId;
import org.chorale.cluster.Topic;
import org.chorale.session.SessionId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every bus does that reaches other nodes, over a server that may go away. */
abstract class BusContract {
    private static final Topic ONE = Topic.of(new SessionId("0000000001"));
    private static final Topic TWO = Topic.of(new SessionId("0000000002"));
    private static final int MANY = 3000;

    private final CountingProbe probe = new CountingProbe();
    private final List<WiredBus> open = new ArrayList<>();
    private WiredBus ada;
    private WiredBus bob;

    /** A bus of a new node. */
    abstract WiredBus bus(NodeId node, BusProbe probe);

    /** Ends the server, and with it every connection. */
    abstract void stopServer() throws Exception;

    /** Starts it anew where it was. */
    abstract void startServer() throws Exception;

    /** Says something on the channel of this topic that no node would say. */
    abstract void forge(Topic topic, String payload) throws Exception;

    /** What is malformed for this kind of bus. */
    abstract List<String> forgeries(NodeId someone);

    @BeforeEach
    void openTwo() throws InterruptedException {
        ada = opened("ada-1");
        bob = opened("bob-1");
    }

    @AfterEach
    void closeAll() {
        open.forEach(WiredBus::close);
    }

    private WiredBus opened(String node) throws InterruptedException {
        WiredBus bus = bus(new NodeId(node), probe);
        open.add(bus);
        bus.start();
        awaitConnection(bus);
        return bus;
    }

    private static void awaitConnection(WiredBus bus) throws InterruptedException {
        await("connected", bus::isConnected);
    }

    private static void await(String what, BooleanSupplier reached) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!reached.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static Heard hear(Bus bus, Topic topic) throws InterruptedException {
        var heard = new Heard();
        bus.subscribe(topic, heard);
        return heard.awaitConnections(1);
    }

    @Test
    void given_a_subscription_when_another_node_publishes_then_its_messages_come_in_order_with_its_name() throws Exception {
        Heard heard = hear(bob, ONE);

        IntStream.range(0, MANY).forEach(i -> ada.publish(ONE, "message " + i));

        assertThat(heard.awaitBodies(MANY).bodies()).isEqualTo(IntStream.range(0, MANY).mapToObj(i -> "message " + i).toList());
        assertThat(heard.senders()).containsOnly(ada.self());
        assertThat(probe.dropped).hasValue(0);
        assertThat(probe.received).hasValue(MANY);
        await("all are counted", () -> probe.sent.get() == MANY);
    }

    @Test
    void given_two_topics_when_both_are_published_then_each_receiver_hears_its_own_and_nobody_hears_himself() throws Exception {
        Heard first = hear(bob, ONE);
        Heard second = hear(bob, TWO);
        Heard everybody = hear(bob, Topic.EVERYBODY);
        Heard own = hear(ada, ONE);

        ada.publish(ONE, "to one");
        ada.publish(TWO, "to two");
        ada.publish(Topic.EVERYBODY, "to all");
        bob.publish(ONE, "an answer");

        assertThat(first.awaitBodies(1).bodies()).containsExactly("to one");
        assertThat(second.awaitBodies(1).bodies()).containsExactly("to two");
        assertThat(everybody.awaitBodies(1).bodies()).containsExactly("to all");
        assertThat(own.awaitBodies(1).bodies()).containsExactly("an answer");
    }

    @Test
    void given_several_receivers_of_a_topic_when_one_throws_or_leaves_then_the_others_hear_on() throws Exception {
        bob.subscribe(ONE, new Bus.Receiver() {
            @Override
            public void received(NodeId sender, String body) {
                throw new IllegalStateException("a receiver that fails, on purpose");
            }

            @Override
            public void connected() {
                // It does not matter to it.
            }
        });
        var leaving = new Heard();
        var subscription = bob.subscribe(ONE, leaving);
        Heard staying = hear(bob, ONE);
        leaving.awaitConnections(1);
        ada.publish(ONE, "first");
        leaving.awaitBodies(1);
        staying.awaitBodies(1);

        subscription.close();
        subscription.close();
        ada.publish(ONE, "second");

        assertThat(staying.awaitBodies(2).bodies()).containsExactly("first", "second");
        assertThat(leaving.bodies()).containsExactly("first");
    }

    @Test
    void given_nobody_left_on_a_topic_when_somebody_comes_again_then_he_is_told_so_and_hears() throws Exception {
        var before = new Heard();
        var subscription = bob.subscribe(ONE, before);
        before.awaitConnections(1);
        subscription.close();

        Heard after = hear(bob, ONE);
        ada.publish(ONE, "welcome back");

        assertThat(after.awaitBodies(1).bodies()).containsExactly("welcome back");
        assertThat(before.bodies()).isEmpty();
    }

    @Test
    void given_bodies_of_any_content_and_length_when_they_are_published_then_they_arrive_whole() throws Exception {
        Heard heard = hear(bob, ONE);
        List<String> bodies = List.of("", "\0", "\u001b0\u001be\0", "line\nline \"quoted\\\" ' $1", "Grüße, 世界 🎻", "🎻".repeat(5000),
            "ü".repeat(Bus.LARGEST_BODY / 2), "\u001b".repeat(Bus.LARGEST_BODY), "x".repeat(7900), "{\"after\":\"that\"}");

        bodies.forEach(body -> ada.publish(ONE, body));

        assertThat(heard.awaitBodies(bodies.size()).bodies()).isEqualTo(bodies);
        assertThat(probe.dropped).hasValue(0);
    }

    @Test
    void given_a_body_that_is_too_long_when_it_is_published_then_it_alone_is_dropped_and_counted() throws Exception {
        Heard heard = hear(bob, ONE);

        ada.publish(ONE, "ü".repeat(Bus.LARGEST_BODY / 2) + "x");
        ada.publish(ONE, "what fits");

        assertThat(heard.awaitBodies(1).bodies()).containsExactly("what fits");
        assertThat(probe.dropped).hasValue(1);
    }

    @Test
    void given_a_server_that_was_stopped_when_it_is_started_again_then_receivers_are_told_and_hear_again() throws Exception {
        Heard one = hear(bob, ONE);
        Heard all = hear(bob, Topic.EVERYBODY);
        stopServer();
        ada.publish(ONE, "said to nobody");
        assertThat(one.connections()).isEqualTo(1);

        startServer();
        one.awaitConnections(2);
        all.awaitConnections(2);
        awaitConnection(ada);
        ada.publish(ONE, "said to one");
        ada.publish(Topic.EVERYBODY, "said to all");

        one.awaitBody("said to one");
        all.awaitBody("said to all");
        assertThat(ada.isConnected()).isTrue();
    }

    @Test
    void given_a_server_that_is_away_when_more_is_published_than_may_wait_then_the_oldest_is_dropped_and_nobody_waits() throws Exception {
        Heard heard = hear(bob, ONE);
        stopServer();

        IntStream.range(0, 30_000).forEach(i -> ada.publish(ONE, "message " + i));
        startServer();
        heard.awaitConnections(2);
        awaitConnection(ada);
        ada.publish(ONE, "message 30000");

        heard.awaitBody("message 30000");
        assertThat(heard.bodies()).doesNotContain("message 0").isSortedAccordingTo((a, b) -> Integer.compare(number(a), number(b)));
        assertThat(probe.dropped.get()).isBetween(15_000, 30_000);
    }

    private static int number(String body) {
        return Integer.parseInt(body.substring("message ".length()));
    }

    @Test
    void given_somebody_who_writes_garbage_to_the_channel_when_nodes_talk_then_it_is_ignored_and_logged_once() throws Exception {
        Heard heard = hear(bob, ONE);
        try (var log = new LogLines(busClass())) {
            ada.publish(ONE, "before");
            heard.awaitBodies(1);

            for (String forgery : forgeries(new NodeId("eve-1"))) {
                forge(ONE, forgery);
            }
            ada.publish(ONE, "after");

            assertThat(heard.awaitBodies(2).bodies()).containsExactly("before", "after");
            // Both nodes hear it, and each says so once.
            assertThat(log.warnings()).hasSizeBetween(1, 2).allMatch(line -> line.contains("it is ignored"));
        }
    }

    abstract Class<?> busClass();
}
