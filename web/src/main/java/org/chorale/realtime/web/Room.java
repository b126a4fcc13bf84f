package org.chorale.realtime.web;

import jakarta.websocket.CloseReason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.chorale.document.StoredChange;
import org.chorale.document.service.BranchSubscriber;
import org.chorale.document.service.BranchView;
import org.chorale.document.service.LimitsConfig;
import org.chorale.problem.ProblemType;
import org.chorale.session.Participant;
import org.chorale.session.Session;
import org.chorale.value.Value;

/**
 * Those who are in one session on this node: who they are, what they are aware of, and how each is told what the branch committed.
 * Its lock is held only to change these facts and to queue frames; nothing in here waits.
 */
final class Room implements BranchSubscriber {
    private final LimitsConfig limits;
    private final long heartbeatSeconds;
    private final Map<String, Seat> seats = new LinkedHashMap<>();
    private final Map<String, Map<String, Value>> moved = new HashMap<>();
    private int expected;
    private Optional<Farewell> closed = Optional.empty();
    private final AtomicLong revision = new AtomicLong();

    /** How everybody is sent away. */
    record Farewell(String bye, CloseReason reason) {}

    /** A participant, the connection they sit at, and their awareness. */
    private record Seat(Participant participant, String clientId, Connection connection, Map<String, Value> awareness) {}

    Room(LimitsConfig limits, long heartbeatSeconds) {
        this.limits = limits;
        this.heartbeatSeconds = heartbeatSeconds;
    }

    /** The newest committed revision that anybody here was told of. */
    long revision() {
        return revision.get();
    }

    /** Somebody here was told of a revision: its author before everybody else. */
    void reached(long committed) {
        revision.accumulateAndGet(committed, Math::max);
    }

    // ---- coming and going

    /** Somebody is on the way in: the room must not be given up meanwhile. */
    synchronized void expect() {
        expected++;
    }

    /** Whoever was on the way in does not come. */
    synchronized void expectNoMore() {
        expected--;
    }

    synchronized boolean isEmpty() {
        return seats.isEmpty() && expected == 0;
    }

    synchronized int size() {
        return seats.size();
    }

    /** Takes somebody in who was expected, on the mailbox's thread: they get the document as it is now, and every commit after it. */
    synchronized void admit(Session session, Participant newcomer, String clientId, Connection connection, Optional<Long> resumeFrom,
                           BranchView branch) {
        expected--;
        if (closed.isPresent()) {
            connection.close(closed.get().bye(), closed.get().reason());
            return;
        }
        replace(newcomer.userId(), clientId);
        if (seats.size() >= session.maxUsers()) {
            connection.close(ServerFrames.error(ProblemType.SESSION_FULL.with("participants (expected: at most " + session.maxUsers() + ")")),
                SessionEndpoint.REFUSED);
            return;
        }
        if (seats.isEmpty()) {
            branch.subscribe(this);
        }
        reached(branch.revision());
        List<Connection> others = connections();
        Map<String, Map<String, Value>> aware = awarenessOfAll();
        seats.put(newcomer.participantId(), new Seat(newcomer, clientId, connection, new HashMap<>()));
        var welcome = new ServerFrames.Welcome(session, newcomer, participants(), branch.revision(), limits, heartbeatSeconds);
        Optional<List<StoredChange>> missed = resumeFrom.flatMap(branch::changesAfter);
        if (missed.isPresent()) {
            connection.send(ServerFrames.welcome(welcome, Optional.empty(), resumeFrom.get()));
            sendChanges(connection, missed.get());
        } else {
            connection.send(ServerFrames.welcome(welcome, Optional.of(branch.snapshot()), 0));
        }
        if (!aware.isEmpty()) {
            connection.send(new Outbound.Awareness(aware));
        }
        String joined = ServerFrames.presence(List.of(newcomer), List.of());
        others.forEach(other -> other.send(joined));
    }

    /** A client that comes back before its old connection was found dead takes its own place, and leaves no ghost. */
    private void replace(String userId, String clientId) {
        List<Seat> old = seats.values().stream()
            .filter(seat -> seat.clientId().equals(clientId) && seat.participant().userId().equals(userId)).toList();
        for (Seat seat : old) {
            leave(seat.participant().participantId());
            seat.connection().close(ServerFrames.bye("replaced", false, Optional.empty()),
                new CloseReason(CloseReason.CloseCodes.NORMAL_CLOSURE, "replaced"));
        }
    }

    /** Tells the others that somebody is gone. */
    synchronized void leave(String participantId) {
        if (seats.remove(participantId) == null) {
            return;
        }
        moved.remove(participantId);
        String left = ServerFrames.presence(List.of(), List.of(participantId));
        connections().forEach(other -> other.send(left));
    }

    /** On the mailbox's thread: an empty room need not be told of commits. */
    synchronized void unsubscribeIfEmpty(BranchView branch) {
        if (seats.isEmpty()) {
            branch.unsubscribe(this);
        }
    }

    /** Says good-bye to everybody; nobody comes in any more. */
    synchronized void close(Farewell farewell) {
        closed = Optional.of(farewell);
        connections().forEach(connection -> connection.close(farewell.bye(), farewell.reason()));
    }

    // ---- changes

    @Override
    public synchronized void committed(List<StoredChange> changes) {
        reached(changes.getLast().revision());
        var shared = Outbound.Changes.of(changes);
        connections().forEach(connection -> connection.send(shared));
    }

    /** Brings one connection up to date, on the mailbox's thread. */
    synchronized void resync(Connection connection, long revision, BranchView branch) {
        branch.changesAfter(revision).ifPresentOrElse(
            missed -> sendChanges(connection, missed),
            () -> connection.send(ServerFrames.snapshot(branch.snapshot())));
    }

    private static void sendChanges(Connection connection, List<StoredChange> changes) {
        if (!changes.isEmpty()) {
            connection.send(Outbound.Changes.of(changes));
        }
    }

    // ---- awareness

    /**
     * Takes in what a participant is aware of now; null removes a key.
     *
     * @return whether this is the first such news since the last tick
     */
    synchronized boolean aware(String participantId, Map<String, Value> partial, ClientFrames check) {
        Seat seat = seats.get(participantId);
        if (seat == null) {
            return false;
        }
        var merged = new HashMap<>(seat.awareness());
        partial.forEach((key, value) -> {
            if (value == Value.Null.NULL) {
                merged.remove(key);
            } else {
                merged.put(key, value);
            }
        });
        check.requireSmall(new Value.Struct(merged));
        seat.awareness().clear();
        seat.awareness().putAll(merged);
        boolean first = moved.isEmpty();
        moved.computeIfAbsent(participantId, id -> new HashMap<>()).putAll(partial);
        return first;
    }

    /** One frame for all who moved since the last tick. */
    synchronized void tick() {
        if (moved.isEmpty()) {
            return;
        }
        var states = new Outbound.Awareness(Map.copyOf(moved));
        moved.clear();
        seats.forEach((participantId, seat) -> {
            if (!states.isOnlyAbout(participantId)) {
                seat.connection().send(states);
            }
        });
    }

    private Map<String, Map<String, Value>> awarenessOfAll() {
        var states = new HashMap<String, Map<String, Value>>();
        seats.forEach((participantId, seat) -> {
            if (!seat.awareness().isEmpty()) {
                states.put(participantId, Map.copyOf(seat.awareness()));
            }
        });
        return states;
    }

    private List<Participant> participants() {
        return seats.values().stream().map(Seat::participant).toList();
    }

    private List<Connection> connections() {
        var connections = new ArrayList<Connection>(seats.size());
        seats.values().forEach(seat -> connections.add(seat.connection()));
        return connections;
    }
}
