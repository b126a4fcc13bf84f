package org.chorale.presence.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.chorale.profile.web.ProfileBodies.LookBody;
import org.chorale.session.Participant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What goes over the wire about those who are here. */
final class PresenceBodies {
    private PresenceBodies() {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Participant", description = "One connection's seat; two tabs of one user are two participants.")
    record ParticipantBody(
        @Schema(examples = "p-7k3q9m2x4r") String participantId, @Schema(examples = "g-a1b2c3d4e5f60718") String userId,
        @Schema(examples = "Ana") String name, @Schema(examples = "#336699") String color,
        @Schema(enumeration = {"OWNER", "ADMIN", "COLLABORATOR", "VIEWER"}) String role,
        @Schema(enumeration = {"ONLINE", "AWAY", "EDITING", "OFFLINE"}) String status,
        @Schema(description = "Absent for guests, and for those who chose none.") LookBody look,
        @Schema(examples = "/api/v1/users/u-7k3q9m2x4r/picture?v=1") String picture) {

        static ParticipantBody of(Participant participant) {
            return new ParticipantBody(participant.participantId(), participant.userId(), participant.name(), participant.color(),
                participant.role().name(), participant.status().name(),
                participant.appearance().look().map(LookBody::of).orElse(null),
                participant.appearance().picturePath(participant.userId()).orElse(null));
        }
    }

    @Schema(name = "ParticipantList")
    record ParticipantList(List<ParticipantBody> participants) {}
}
