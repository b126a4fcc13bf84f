package org.chorale.presence.web;

import java.util.List;
import org.chorale.session.Participant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What goes over the wire about those who are here. */
final class PresenceBodies {
    private PresenceBodies() {}

    @Schema(name = "Participant", description = "One connection's seat; two tabs of one user are two participants.")
    record ParticipantBody(
        @Schema(examples = "p-7k3q9m2x4r") String participantId, @Schema(examples = "g-a1b2c3d4e5f60718") String userId,
        @Schema(examples = "Ana") String name, @Schema(examples = "#336699") String color,
        @Schema(enumeration = {"OWNER", "ADMIN", "COLLABORATOR", "VIEWER"}) String role,
        @Schema(enumeration = {"ONLINE", "AWAY", "EDITING", "OFFLINE"}) String status) {

        static ParticipantBody of(Participant participant) {
            return new ParticipantBody(participant.participantId(), participant.userId(), participant.name(), participant.color(),
                participant.role().name(), participant.status().name());
        }
    }

    @Schema(name = "ParticipantList")
    record ParticipantList(List<ParticipantBody> participants) {}
}
