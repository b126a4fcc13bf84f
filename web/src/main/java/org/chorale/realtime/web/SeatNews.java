package org.chorale.realtime.web;

import java.util.List;

/** What changed among those who sit at other nodes. */
record SeatNews(List<RemoteSeat> joined, List<RemoteSeat> left, List<RemoteSeat> updated) {
    static final SeatNews NONE = new SeatNews(List.of(), List.of(), List.of());

    SeatNews {
        joined = List.copyOf(joined);
        left = List.copyOf(left);
        updated = List.copyOf(updated);
    }

    boolean isEmpty() {
        return joined.isEmpty() && left.isEmpty() && updated.isEmpty();
    }
}
