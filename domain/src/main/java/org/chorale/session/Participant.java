package org.chorale.session;

import org.chorale.access.Role;
import org.chorale.profile.Appearance;

/** One connection's seat in a session; two tabs of one user are two participants. */
public record Participant(String participantId, String userId, String name, String color, Appearance appearance, Role role,
                          Status status) {

    /** What a participant is doing. */
    public enum Status { ONLINE, AWAY, EDITING, OFFLINE }

    public Participant with(Status other) {
        return new Participant(participantId, userId, name, color, appearance, role, other);
    }

    public Participant with(Appearance other) {
        return new Participant(participantId, userId, name, color, other, role, status);
    }

    public Participant with(Role other) {
        return new Participant(participantId, userId, name, color, appearance, other, status);
    }
}
