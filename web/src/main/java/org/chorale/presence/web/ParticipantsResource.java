package org.chorale.presence.web;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.chorale.presence.web.PresenceBodies.ParticipantBody;
import org.chorale.presence.web.PresenceBodies.ParticipantList;
import org.chorale.realtime.web.Rooms;
import org.chorale.session.SessionId;
import org.chorale.session.service.SessionService;
import org.chorale.session.web.SessionIdParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Who is in a session. */
@Path("/sessions/{sessionId}/participants")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "presence", description = "Who is here, and what they are looking at.")
public class ParticipantsResource {
    @EJB
    private SessionService sessions;
    @Inject
    private Rooms rooms;

    @GET
    @Operation(operationId = "listParticipants", summary = "List who is here", description = "In the order in which they came.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ParticipantList.class)))
    @APIResponse(responseCode = "404", ref = "NotFound")
    public ParticipantList list(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id) {
        SessionId session = sessions.find(id.value()).id();
        return new ParticipantList(rooms.participantsOf(session).stream().map(ParticipantBody::of).toList());
    }
}
