package org.chorale.cluster.service;

import org.chorale.cluster.Bus;

/** A bus over some server, which may be away for a while. */
interface WiredBus extends Bus, AutoCloseable {
    /** Begins to connect, and goes on trying until it is closed. */
    void start();

    /** Whether the other nodes can be reached and heard at the moment. */
    boolean isConnected();

    @Override
    void close();
}
