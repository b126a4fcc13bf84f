package org.chorale.cluster;

/**
 * How the nodes of a cluster tell each other what just happened. It makes the cluster fast and nothing else: messages may be lost, and
 * what must not be lost is in the database.
 */
public interface Bus {
    /** A body may be so long, in bytes of UTF-8. A longer one is dropped, and logged. */
    int LARGEST_BODY = 1 << 20;

    /** This process. */
    NodeId self();

    /** Whether there may be other nodes. Where there are none, publishing does nothing. */
    boolean reachesOthers();

    /**
     * Tells the other nodes, once or never, in the order of a publisher's calls for each topic. To be called on any thread; it never
     * waits and never throws.
     *
     * @param body any text, at most {@link #LARGEST_BODY}
     */
    void publish(Topic topic, String body);

    /** Hears what other nodes say from now on. A topic may have any number of receivers. */
    Subscription subscribe(Topic topic, Receiver receiver);

    /** Ends with {@link #close}: what comes after its return is not heard. It may be called again, and by the receiver itself. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /** Is called on a thread of the bus, one call after the other, and must not block it. What it throws is logged. */
    interface Receiver {
        /** Never one's own message; those of one sender about one topic come in their order. */
        void received(NodeId sender, String body);

        /** Subscribed, or subscribed anew: from now on everything is heard, and what was said before may be lost. */
        void connected();
    }
}
