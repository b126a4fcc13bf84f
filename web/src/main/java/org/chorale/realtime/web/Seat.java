package org.chorale.realtime.web;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.chorale.profile.Appearance;
import org.chorale.session.Participant.Status;
import org.chorale.session.Participant;
import org.chorale.value.Value;

/**
 * A place in a room: who sits there, at which connection, and what they are aware of. Guarded by the room's lock; only what somebody did
 * last is noted without it.
 */
final class Seat {
    private static final Value AWAY_BY_CHOICE = new Value.Text("AWAY");

    private final SeatHistory history = new SeatHistory();
    private final Map<String, Value> awareness = new HashMap<>();
    private volatile Participant participant;
    private String clientId;
    private Optional<Connection> connection;
    private boolean admitted;
    private Optional<Rights> rights = Optional.empty();
    private volatile Instant lastActive;
    private volatile Instant lastEdit = Instant.EPOCH;
    private Instant emptySince = Instant.MAX;
    private Instant takenAt;

    Seat(Participant participant, String clientId, Connection connection, Instant now) {
        this.participant = participant;
        this.clientId = clientId;
        this.connection = Optional.of(connection);
        this.lastActive = now;
        this.takenAt = now;
    }

    /** As other nodes are told of it. */
    RemoteSeat on(String branch) {
        return new RemoteSeat(branch, clientId, connection.map(Connection::address).orElse(""), takenAt.toEpochMilli(), participant, awareness);
    }

    Participant participant() {
        return participant;
    }

    Optional<Connection> connection() {
        return connection;
    }

    boolean isAt(Connection other) {
        return connection.filter(mine -> mine == other).isPresent();
    }

    /** Whether its connection was welcomed, and is told what happens from then on. */
    boolean isAdmitted() {
        return admitted;
    }

    void admit() {
        admitted = true;
    }

    /** Its connection, once that was welcomed. */
    Optional<Connection> audience() {
        return admitted ? connection : Optional.empty();
    }

    /** Somebody may do something else now; tells whether their role is another one. */
    boolean become(Rights other) {
        rights = Optional.of(other);
        if (other.role() == participant.role()) {
            return false;
        }
        participant = participant.with(other.role());
        return true;
    }

    /** They look otherwise now; tells whether that is news. */
    boolean look(Appearance other) {
        if (other.equals(participant.appearance())) {
            return false;
        }
        participant = participant.with(other);
        return true;
    }

    boolean has(Rights told) {
        return rights.filter(told::equals).isPresent();
    }

    SeatHistory history() {
        return history;
    }

    /** What its participant is aware of; to be changed by the room alone. */
    Map<String, Value> awareness() {
        return awareness;
    }

    /** Who sits here, by the name that the client gave itself. */
    String clientId() {
        return clientId;
    }

    boolean isTakenBackBy(String userId, String returningClient, Optional<String> seat) {
        return participant.userId().equals(userId) && (clientId.equals(returningClient)
            || connection.isEmpty() && seat.filter(participant.participantId()::equals).isPresent());
    }

    /** Somebody sits down again, perhaps under another name. */
    void take(Participant returned, String returningClient, Connection fresh, Instant now) {
        participant = new Participant(participant.participantId(), returned.userId(), returned.name(), returned.color(),
            returned.appearance(), returned.role(),
            participant.status());
        clientId = returningClient;
        connection = Optional.of(fresh);
        admitted = false;
        emptySince = Instant.MAX;
        lastActive = now;
        takenAt = now;
    }

    /** Its connection is gone; the seat waits. */
    void leaveEmpty(Instant now) {
        connection = Optional.empty();
        admitted = false;
        emptySince = now;
    }

    boolean isEmptySince(Instant time) {
        return emptySince.isBefore(time);
    }

    void active(Instant now) {
        lastActive = now;
    }

    void edited(Instant now) {
        lastActive = now;
        lastEdit = now;
    }

    /** Brings the status up to date; tells whether it is another one now. */
    boolean refresh(Instant now, PresenceConfig config) {
        Status status = statusAt(now, config);
        if (status == participant.status()) {
            return false;
        }
        participant = participant.with(status);
        return true;
    }

    boolean isEditing() {
        return participant.status() == Status.EDITING;
    }

    boolean isAway() {
        return participant.status() == Status.AWAY;
    }

    private Status statusAt(Instant now, PresenceConfig config) {
        if (connection.isEmpty()) {
            return Status.OFFLINE;
        }
        if (AWAY_BY_CHOICE.equals(awareness.get("status")) || lastActive.plus(config.awayTimeout).isBefore(now)) {
            return Status.AWAY;
        }
        boolean editing = awareness.containsKey("editing") || awareness.containsKey("drag")
            || lastEdit.plus(config.editingTimeout).isAfter(now);
        return editing ? Status.EDITING : Status.ONLINE;
    }
}
