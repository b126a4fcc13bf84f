package org.chorale.cluster.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.chorale.cluster.Bus;
import org.chorale.cluster.NodeId;
import org.chorale.cluster.Topic;
import org.junit.jupiter.api.Test;

class ReceiversTest {
    @Test
    void given_a_receiver_that_is_slow_when_more_comes_than_may_wait_then_it_is_dropped_and_all_are_told_to_look_anew() throws InterruptedException {
        var probe = new CountingProbe();
        var receivers = new Receivers(10, 1000, probe);
        var heard = new Heard();
        var busy = new CountDownLatch(1);
        var gate = new CountDownLatch(1);
        receivers.add(new Topic("slow"), new Bus.Receiver() {
            @Override
            public void received(NodeId sender, String body) {
                busy.countDown();
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }

            @Override
            public void connected() {
                // It does not matter to it.
            }
        }, () -> false, () -> { });
        receivers.add(Topic.EVERYBODY, heard, () -> false, () -> { });
        receivers.start();
        var ada = new NodeId("ada-1");
        receivers.received(new BusMessage(ada, new Topic("slow"), "wait"));
        busy.await();

        for (int i = 1; i <= 11; i++) {
            receivers.received(new BusMessage(ada, Topic.EVERYBODY, "message " + i));
        }
        gate.countDown();

        heard.awaitConnections(1).awaitBody("message 11");
        assertThat(heard.bodies()).containsExactly("message 11");
        assertThat(probe.dropped).hasValue(10);
        receivers.close();
    }

    @Test
    void given_a_receiver_that_joins_when_the_connection_was_made_but_not_told_yet_then_it_is_told_once() throws InterruptedException {
        var receivers = new Receivers(10, 1000, new CountingProbe());
        var heard = new Heard();
        receivers.connected(() -> { });
        receivers.add(Topic.EVERYBODY, heard, () -> true, () -> { });
        receivers.start();

        assertThat(connectionsBefore("a message", receivers, heard)).isEqualTo(1);
        receivers.close();
    }

    @Test
    void given_a_receiver_that_joins_while_the_connection_is_noted_when_it_is_told_then_once() throws InterruptedException {
        var receivers = new Receivers(10, 1000, new CountingProbe());
        var heard = new Heard();
        var listening = new AtomicBoolean();
        var joining = new Thread(() -> receivers.add(Topic.EVERYBODY, heard, listening::get, () -> { }));
        receivers.start();

        receivers.connected(() -> {
            listening.set(true);
            joining.start();
            while (joining.getState() != Thread.State.BLOCKED) {
                Thread.onSpinWait();
            }
        });
        joining.join();

        assertThat(connectionsBefore("a message", receivers, heard)).isEqualTo(1);
        receivers.close();
    }

    private static int connectionsBefore(String body, Receivers receivers, Heard heard) throws InterruptedException {
        receivers.received(new BusMessage(new NodeId("ada-1"), Topic.EVERYBODY, body));
        return heard.awaitBody(body).connections();
    }
}
