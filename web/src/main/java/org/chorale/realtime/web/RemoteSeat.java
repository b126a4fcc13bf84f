package org.chorale.realtime.web;

import java.util.Map;
import org.chorale.session.Participant;
import org.chorale.value.Value;

/**
 * Somebody who sits at another node.
 *
 * @param branch    where
 * @param clientId  the client that they came with
 * @param address   where they come from, for moderators; empty while nobody is at the seat
 * @param takenAt   when they sat down, in milliseconds since 1970: of two nodes with one seat the later one has it
 * @param awareness what they are aware of
 */
record RemoteSeat(String branch, String clientId, String address, long takenAt, Participant participant, Map<String, Value> awareness) {
    RemoteSeat {
        awareness = Map.copyOf(awareness);
    }

    RemoteSeat with(Participant other) {
        return new RemoteSeat(branch, clientId, address, takenAt, other, awareness);
    }

    RemoteSeat with(Map<String, Value> other) {
        return new RemoteSeat(branch, clientId, address, takenAt, participant, other);
    }

    boolean isTakenBackBy(String userId, String returningClient) {
        return participant.userId().equals(userId) && clientId.equals(returningClient);
    }

    /** Whether somebody who names the participant that they were may have the seat, since nobody is at it. */
    boolean isGivenTo(String userId, String participantId) {
        return participant.userId().equals(userId) && participant.participantId().equals(participantId)
            && participant.status() == Participant.Status.OFFLINE;
    }
}
