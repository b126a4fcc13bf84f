package org.chorale.cluster.service;

import java.util.function.BooleanSupplier;

/** Counts what a bus does; for metrics. */
public interface BusProbe {
    /** Messages that went out. */
    void sent(int messages);

    /** Messages of other nodes that somebody here wanted. */
    void received(int messages);

    /** Messages that were lost here: too long, too many, or while nobody could be reached. */
    void dropped(int messages);

    /** Where to ask whether the bus reaches the other nodes at the moment. */
    void watch(BooleanSupplier connected);
}
