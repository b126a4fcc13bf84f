package org.chorale.cluster.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.chorale.cluster.Bus;
import org.chorale.cluster.NodeId;

/** A receiver that writes down what it is told. */
final class Heard implements Bus.Receiver {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<String> bodies = new ArrayList<>();
    private final List<NodeId> senders = new ArrayList<>();
    private int connections;

    @Override
    public synchronized void received(NodeId sender, String body) {
        bodies.add(body);
        senders.add(sender);
        notifyAll();
    }

    @Override
    public synchronized void connected() {
        connections++;
        notifyAll();
    }

    synchronized List<String> bodies() {
        return List.copyOf(bodies);
    }

    synchronized List<NodeId> senders() {
        return List.copyOf(senders);
    }

    synchronized int connections() {
        return connections;
    }

    Heard awaitConnections(int atLeast) throws InterruptedException {
        return await("connected " + atLeast + " times", () -> connections >= atLeast);
    }

    Heard awaitBody(String body) throws InterruptedException {
        return await("a message that was sent", () -> bodies.contains(body));
    }

    Heard awaitBodies(int atLeast) throws InterruptedException {
        return await(atLeast + " messages", () -> bodies.size() >= atLeast);
    }

    private synchronized Heard await(String what, BooleanSupplier reached) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!reached.getAsBoolean()) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("waited for " + what + ", but there were " + bodies.size() + " messages and connected " + connections + " times");
            }
            wait(left);
        }
        return this;
    }
}
