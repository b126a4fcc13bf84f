package org.chorale.cluster.service;

import java.util.List;
import org.chorale.cluster.Bus;
import org.chorale.cluster.Topic;

/** What this node wants to tell, until the bus takes it: what is too long, or too much, is dropped here, counted and logged. */
final class Outgoing {
    private static final System.Logger LOGGER = System.getLogger(Outgoing.class.getName());
    private static final int LONGEST_CHARACTER = 3;

    private final Outbox outbox;
    private final BusProbe probe;
    private final SeldomLog tooMuch = new SeldomLog(LOGGER);
    private final SeldomLog tooLong = new SeldomLog(LOGGER);

    Outgoing(int mostMessages, long mostCharacters, BusProbe probe) {
        outbox = new Outbox(mostMessages, mostCharacters);
        this.probe = probe;
    }

    void add(Topic topic, String body) {
        if (isTooLong(body)) {
            probe.dropped(1);
            tooLong.warn(() -> "a message about %s is longer than the bus takes and was dropped: %d characters (expected: at most %d bytes)"
                .formatted(topic, body.length(), Bus.LARGEST_BODY));
            return;
        }
        int dropped = outbox.add(new Outbox.Letter(topic, body));
        if (dropped > 0) {
            probe.dropped(dropped);
            tooMuch.warn(() -> "messages for other nodes come faster than they leave: the oldest were dropped");
        }
    }

    private static boolean isTooLong(String body) {
        return body.length() > Bus.LARGEST_BODY / LONGEST_CHARACTER
            && (body.length() > Bus.LARGEST_BODY || Packets.utf8Length(body) > Bus.LARGEST_BODY);
    }

    /** See {@link Outbox#take}. */
    List<Outbox.Letter> take(long togetherAtMost) throws InterruptedException {
        return outbox.take(togetherAtMost);
    }

    void close() {
        outbox.close();
    }
}
