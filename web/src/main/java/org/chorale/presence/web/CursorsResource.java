package org.chorale.presence.web;

import com.fasterxml.jackson.core.JsonGenerator;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.Map;
import org.chorale.branch.web.SessionBranches;
import org.chorale.document.codec.Json;
import org.chorale.document.codec.ValueCodec;
import org.chorale.realtime.web.Rooms;
import org.chorale.session.BranchId;
import org.chorale.session.Participant;
import org.chorale.session.web.SessionIdParam;
import org.chorale.value.Value;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where those who are in a session point, look and drag at this moment. */
@Path("/sessions/{sessionId}/cursors")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "presence")
public class CursorsResource {
    @Inject
    private SessionBranches sessionBranches;
    @Inject
    private Rooms rooms;

    @GET
    @Operation(operationId = "listCursors", summary = "List what people point at",
        description = "The awareness of each participant at this moment; those who told nothing have an empty state.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "one pointer", value = """
            {"cursors": [{"participantId": "p-7k3q9m2x4r", "name": "Ana", "color": "#336699", "status": "ONLINE", \
            "state": {"pointer": {"position": [0, 1, 0]}}}]}""")))
    @APIResponse(responseCode = "404", ref = "NotFound")
    public String list(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(ref = "Branch") @QueryParam("branch") String branchName) {
        BranchId branch = sessionBranches.find(id, branchName);
        Map<String, Map<String, Value>> states = rooms.awarenessOn(branch);
        return Json.write(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("cursors");
            for (Participant participant : rooms.participantsOn(branch)) {
                write(json, participant, states.getOrDefault(participant.participantId(), Map.of()));
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, Participant participant, Map<String, Value> state) throws IOException {
        json.writeStartObject();
        json.writeStringField("participantId", participant.participantId());
        json.writeStringField("name", participant.name());
        json.writeStringField("color", participant.color());
        json.writeStringField("status", participant.status().name());
        json.writeFieldName("state");
        ValueCodec.write(json, new Value.Struct(state));
        json.writeEndObject();
    }
}
