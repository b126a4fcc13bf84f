package org.chorale.presence.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.chorale.branch.web.SessionBranches;
import org.chorale.presence.web.PresenceBodies.ParticipantBody;
import org.chorale.presence.web.PresenceBodies.ParticipantList;
import org.chorale.realtime.web.Rooms;
import org.chorale.session.BranchId;
import org.chorale.session.Participant;
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
    @Inject
    private SessionBranches sessionBranches;
    @Inject
    private Rooms rooms;

    @GET
    @Operation(operationId = "listParticipants", summary = "List who is here", description = "On all branches, or on one; in the order in which they came.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ParticipantList.class)))
    @APIResponse(responseCode = "404", ref = "NotFound")
    public ParticipantList list(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(description = "Only those on this branch.", example = "main") @QueryParam("branch") String branchName) {
        BranchId branch = sessionBranches.find(id, branchName);
        List<Participant> here = branchName == null ? rooms.participantsOf(branch.session()) : rooms.participantsOn(branch);
        return new ParticipantList(here.stream().map(ParticipantBody::of).toList());
    }
}
