package org.chorale.cluster.service;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Counts in memory. */
final class CountingProbe implements BusProbe {
    final AtomicInteger sent = new AtomicInteger();
    final AtomicInteger received = new AtomicInteger();
    final AtomicInteger dropped = new AtomicInteger();

    @Override
    public void sent(int messages) {
        sent.addAndGet(messages);
    }

    @Override
    public void received(int messages) {
        received.addAndGet(messages);
    }

    @Override
    public void dropped(int messages) {
        dropped.addAndGet(messages);
    }

    @Override
    public void watch(BooleanSupplier connected) {
        // Nobody asks.
    }
}
