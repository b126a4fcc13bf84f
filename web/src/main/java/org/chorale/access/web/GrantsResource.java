package org.chorale.access.web;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.chorale.access.Grant;
import org.chorale.access.service.AccessService;
import org.chorale.access.service.Credentials;
import org.chorale.document.codec.Fields;
import org.chorale.document.codec.Json;
import org.chorale.platform.web.Requests;
import org.chorale.realtime.web.Rooms;
import org.chorale.session.SessionId;
import org.chorale.session.web.Callers;
import org.chorale.session.web.OwnerKey;
import org.chorale.session.web.SessionIdParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Rights of users and roles in parts of the document. */
@Path("/sessions/{sessionId}/grants")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "access")
public class GrantsResource {
    private static final String EXAMPLE = """
        {"grants": [{"role": "COLLABORATOR", "element": "roof", "actions": ["EDIT", "DELETE"], "allow": false}, \
        {"user": "g-a1b2c3d4e5f60718", "property": "box.color", "actions": ["EDIT"], "allow": true}]}""";

    @EJB
    private AccessService access;
    @Inject
    private Callers callers;
    @Inject
    private Rooms rooms;

    @GET
    @Operation(operationId = "listGrants", summary = "List grants",
        description = "In the order in which they were given, which means nothing.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "a roof for one", value = EXAMPLE)))
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public String list(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(ref = "OwnerKey") @HeaderParam(OwnerKey.HEADER) String ownerKey,
            @Parameter(ref = "Caller") @HeaderParam(Callers.GUEST_HEADER) String guest) {
        return body(access.grants(id.value(), callers.credentials(ownerKey, guest)));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "putGrants", summary = "Put grants in place of those that are there",
        description = "Without element a grant is about the whole document, without property about whatever is done, without actions about all "
            + "that can be done to a document. Of several the most specific one counts (docs/permissions.md).")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "a roof for one", value = EXAMPLE)))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "as put", value = EXAMPLE)))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "410", ref = "Closed")
    @APIResponse(responseCode = "413", ref = "TooLarge")
    public String put(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(ref = "OwnerKey") @HeaderParam(OwnerKey.HEADER) String ownerKey,
            @Parameter(ref = "Caller") @HeaderParam(Callers.GUEST_HEADER) String guest, String body) {
        Fields fields = Requests.body(body, "guest", "grants");
        Credentials caller = callers.credentials(ownerKey, guest, fields);
        List<Grant> grants = fields.items("grants", GrantJson::read);
        SessionId session = id.value();
        rooms.accessChanged(session, access.putGrants(session, caller, grants));
        return body(grants);
    }

    private static String body(List<Grant> grants) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeFieldName("grants");
            GrantJson.write(json, grants);
            json.writeEndObject();
        });
    }
}
