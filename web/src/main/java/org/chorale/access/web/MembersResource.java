package org.chorale.access.web;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.chorale.access.Role;
import org.chorale.access.SessionAccess;
import org.chorale.access.service.AccessService;
import org.chorale.access.service.Credentials;
import org.chorale.access.web.AccessBodies.MemberBody;
import org.chorale.access.web.AccessBodies.MemberList;
import org.chorale.document.codec.Fields;
import org.chorale.platform.web.Requests;
import org.chorale.realtime.web.Rooms;
import org.chorale.session.DisplayName;
import org.chorale.session.Participant;
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

/** Who takes part in a session, and as what. */
@Path("/sessions/{sessionId}/members")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "access", description = "Who may do what in a session. docs/permissions.md says who may call what.")
public class MembersResource {
    @EJB
    private AccessService access;
    @Inject
    private Callers callers;
    @Inject
    private Rooms rooms;

    @GET
    @Operation(operationId = "listMembers", summary = "List members",
        description = "Those whose role is written down; who came by a link that everybody may follow is not among them.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = MemberList.class)))
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public MemberList list(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(ref = "OwnerKey") @HeaderParam(OwnerKey.HEADER) String ownerKey,
            @Parameter(ref = "Caller") @HeaderParam(Callers.GUEST_HEADER) String guest) {
        return new MemberList(access.members(id.value(), callers.credentials(ownerKey, guest)).stream().map(MemberBody::of).toList());
    }

    @GET
    @Path("/{userId}")
    @Operation(operationId = "readMember", summary = "Read a member")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = MemberBody.class)))
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public MemberBody read(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(example = "g-a1b2c3d4e5f60718") @PathParam("userId") String userId,
            @Parameter(ref = "OwnerKey") @HeaderParam(OwnerKey.HEADER) String ownerKey,
            @Parameter(ref = "Caller") @HeaderParam(Callers.GUEST_HEADER) String guest) {
        return MemberBody.of(access.member(id.value(), callers.credentials(ownerKey, guest), userId));
    }

    @PUT
    @Path("/{userId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "putMember", summary = "Give somebody a role",
        description = "Acts on their open sockets at once. With role OWNER and transfer the calling owner becomes ADMIN by it.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "look only", value = "{\"role\": \"VIEWER\"}")))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = MemberBody.class)))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", description = "last-owner: the session needs another owner first.")
    @APIResponse(responseCode = "410", ref = "Closed")
    @APIResponse(responseCode = "413", ref = "TooLarge")
    public MemberBody put(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(example = "g-a1b2c3d4e5f60718") @PathParam("userId") String userId,
            @Parameter(ref = "OwnerKey") @HeaderParam(OwnerKey.HEADER) String ownerKey,
            @Parameter(ref = "Caller") @HeaderParam(Callers.GUEST_HEADER) String guest, String body) {
        Fields fields = Requests.body(body, "guest", "role", "name", "transfer");
        Credentials caller = callers.credentials(ownerKey, guest, fields);
        SessionId session = id.value();
        String name = fields.optionalText("name").map(given -> DisplayName.require("name", given, 64))
            .orElseGet(() -> nameOf(session, userId));
        Role role = fields.constant("role", Role.class);
        SessionAccess changed = access.putMember(session, caller, userId, role, name, fields.optionalBool("transfer").orElse(false));
        rooms.accessChanged(session, changed);
        return MemberBody.of(access.member(session, caller, userId));
    }

    /** Of somebody who is here, else their id. */
    private String nameOf(SessionId session, String userId) {
        return rooms.participantsOf(session).stream().filter(each -> each.userId().equals(userId)).map(Participant::name).findFirst()
            .orElse(userId.substring(0, Math.min(userId.length(), 64)));
    }

    @DELETE
    @Path("/{userId}")
    @Operation(operationId = "removeMember", summary = "Take somebody out",
        description = "They are then what everybody is who comes by the link, or nobody. Everybody may take themselves out.")
    @APIResponse(responseCode = "204", description = "Taken out.")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", description = "last-owner: the session needs another owner first.")
    @APIResponse(responseCode = "410", ref = "Closed")
    public void remove(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(example = "g-a1b2c3d4e5f60718") @PathParam("userId") String userId,
            @Parameter(ref = "OwnerKey") @HeaderParam(OwnerKey.HEADER) String ownerKey,
            @Parameter(ref = "Caller") @HeaderParam(Callers.GUEST_HEADER) String guest) {
        SessionId session = id.value();
        rooms.accessChanged(session, access.removeMember(session, callers.credentials(ownerKey, guest), userId));
    }
}
