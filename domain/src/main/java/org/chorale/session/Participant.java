package org.chorale.session;

/** One connection's seat in a session; two tabs of one user are two participants. */
public record Participant(String participantId, String userId, String name, String color, Role role, Status status) {

    /** What a participant may do. */
    public enum Role { OWNER, ADMIN, COLLABORATOR, VIEWER }

    /** What a participant is doing. */
    public enum Status { ONLINE, AWAY, EDITING, OFFLINE }

    public Participant with(Status other) {
        return new Participant(participantId, userId, name, color, role, other);
    }
}
