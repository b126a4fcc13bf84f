package org.chorale.realtime.web;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.chorale.session.Participant;
import org.chorale.value.Value;

/** One node's people in one session, as that node tells; and how much of what it tells was heard. */
final class RemoteSeats {
    /** So many seats are told in one message: each has some kilobytes of awareness at most. */
    static final int PART = 50;
    private static final long NOTHING = -1;
    private static final long PATIENCE_NANOS = 500_000_000;

    private final Map<String, RemoteSeat> seats = new LinkedHashMap<>();
    private final Map<String, RemoteSeat> pending = new LinkedHashMap<>();
    private final LongSupplier nanoTime;
    private boolean isComing;
    /** Whether something was missed, and the whole list that was asked for has not come. */
    private boolean isIncomplete;
    private long heard = NOTHING;
    private Optional<Long> askedAt = Optional.empty();

    /** @param nanoTime what time it is, as {@link System#nanoTime} */
    RemoteSeats(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** How a message stands to those before it. */
    enum Order { NEXT, OLD, GAP }

    /**
     * Takes note of a message's number.
     *
     * @param begins whether it begins a whole list, after which nothing before it is missed
     * @param repeats whether it only repeats the number of the message before it
     */
    synchronized Order take(long number, boolean begins, boolean repeats) {
        if (begins && (number == 0 || number > heard)) {
            heard = Math.max(number, heard);
            askedAt = Optional.empty();
            return Order.NEXT;
        }
        if (number == 0) {
            return Order.NEXT;
        }
        if (number <= heard) {
            return repeats ? order() : Order.OLD;
        }
        if (repeats || number > heard + 1) {
            isIncomplete = true;
            isComing = false;
        }
        heard = number;
        return order();
    }

    /** The list may be lost on its way as well: it is asked for until it comes. */
    private Order order() {
        return isIncomplete && isTimeToAsk() ? Order.GAP : Order.NEXT;
    }

    private boolean isTimeToAsk() {
        long now = nanoTime.getAsLong();
        if (askedAt.filter(asked -> now - asked < PATIENCE_NANOS).isPresent()) {
            return false;
        }
        askedAt = Optional.of(now);
        return true;
    }

    synchronized boolean isPeopled() {
        return !seats.isEmpty();
    }

    synchronized List<RemoteSeat> all() {
        return List.copyOf(seats.values());
    }

    /**
     * A part of the whole list, which holds from its end on.
     *
     * @return what those who stay are aware of that they were not before, with null for what ended
     */
    synchronized Map<String, Map<String, Value>> here(NeighbourMessage.Here part) {
        if (part.first()) {
            pending.clear();
            isComing = true;
        }
        if (!isComing) {
            return Map.of();                                // its beginning was lost
        }
        part.seats().forEach(seat -> pending.put(seat.participant().participantId(), seat));
        if (!part.last()) {
            return Map.of();
        }
        isComing = false;
        isIncomplete = false;
        var aware = new HashMap<String, Map<String, Value>>();
        pending.forEach((id, seat) -> {
            RemoteSeat before = seats.get(id);
            if (before != null && !before.awareness().equals(seat.awareness())) {
                var news = new HashMap<>(seat.awareness());
                before.awareness().keySet().forEach(key -> news.putIfAbsent(key, Value.Null.NULL));
                aware.put(id, news);
            }
        });
        seats.clear();
        seats.putAll(pending);
        pending.clear();
        return aware;
    }

    synchronized void presence(NeighbourMessage.Presence news) {
        news.left().forEach(seats::remove);
        news.joined().forEach(seat -> seats.put(seat.participant().participantId(), seat));
        news.updated().forEach(participant -> seats.computeIfPresent(participant.participantId(), (id, seat) -> seat.with(participant)));
    }

    synchronized void aware(Map<String, Map<String, Value>> states) {
        states.forEach((id, news) -> seats.computeIfPresent(id, (same, seat) -> seat.with(merged(seat.awareness(), news))));
    }

    /** Nobody is at the seats now. */
    synchronized void sendAway() {
        seats.replaceAll((id, seat) -> seat.with(seat.participant().with(Participant.Status.OFFLINE)));
    }

    /** What somebody is aware of after news, in which null ends a key. */
    static Map<String, Value> merged(Map<String, Value> before, Map<String, Value> news) {
        var merged = new HashMap<>(before);
        news.forEach((key, value) -> {
            if (value == Value.Null.NULL) {
                merged.remove(key);
            } else {
                merged.put(key, value);
            }
        });
        return merged;
    }
}
