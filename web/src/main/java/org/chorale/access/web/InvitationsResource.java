package org.chorale.access.web;

import static org.chorale.problem.ProblemType.UNAUTHENTICATED;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.chorale.access.Role;
import org.chorale.access.SessionAccess;
import org.chorale.access.service.Credentials;
import org.chorale.access.service.Entrance;
import org.chorale.access.service.InvitationService;
import org.chorale.access.service.User;
import org.chorale.access.web.AccessBodies.InvitationBody;
import org.chorale.access.web.AccessBodies.InvitationList;
import org.chorale.document.codec.Fields;
import org.chorale.platform.web.Requests;
import org.chorale.realtime.web.Rooms;
import org.chorale.session.SessionId;
import org.chorale.session.web.Callers;
import org.chorale.session.web.OwnerKey;
import org.chorale.session.web.SessionIdParam;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Links by which people become members. */
@Path("/sessions/{sessionId}/invitations")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "access")
public class InvitationsResource {
    @EJB
    private InvitationService invitations;
    @Inject
    private Entrance entrance;
    @Inject
    private Callers callers;
    @Inject
    private Rooms rooms;
    @Inject
    @ConfigProperty(name = "chorale.public-url")
    private Optional<String> publicUrl;
    @Context
    private UriInfo request;
    @Context
    private HttpServletRequest servlet;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "invite", summary = "Make an invitation", description = "Its token and address are told only here.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "for one, a day long",
            value = "{\"role\": \"COLLABORATOR\", \"expiresInSeconds\": 86400, \"uses\": 1}")))
    @APIResponse(responseCode = "201", description = "Made.", content = @Content(schema = @Schema(implementation = InvitationBody.class)))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "410", ref = "Closed")
    @APIResponse(responseCode = "413", ref = "TooLarge")
    public Response invite(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(ref = "OwnerKey") @HeaderParam(OwnerKey.HEADER) String ownerKey,
            @Parameter(ref = "Caller") @HeaderParam(Callers.GUEST_HEADER) String guest, String body) {
        Fields fields = Requests.body(body, "guest", "role", "expiresInSeconds", "uses");
        Credentials caller = callers.credentials(ownerKey, guest, fields);
        Optional<Duration> lifetime = fields.optionalInteger("expiresInSeconds").map(seconds -> Duration.ofSeconds(clamped(seconds)));
        SessionId session = id.value();
        InvitationService.Issued issued = invitations.invite(session, caller,
            fields.optionalConstant("role", Role.class).orElse(Role.COLLABORATOR), lifetime,
                clamped(fields.optionalInteger("uses").orElse(1L)));
        String base = publicUrl.orElseGet(() -> request.getBaseUri().resolve("/").toString());
        // Behind the #, since what is behind it is sent to no server and stands in no log.
        String url = base + (base.endsWith("/") ? "" : "/") + "s/" + session + "#invitation=" + issued.token();
        return Response.created(URI.create("sessions/" + session + "/invitations/" + issued.invitation().id()))
            .entity(InvitationBody.of(issued.invitation(), issued.token(), url)).build();
    }

    private static int clamped(long number) {
        return Math.clamp(number, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    @GET
    @Operation(operationId = "listInvitations", summary = "List invitations", description = "The newest first, without their tokens.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = InvitationList.class)))
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public InvitationList list(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(ref = "OwnerKey") @HeaderParam(OwnerKey.HEADER) String ownerKey,
            @Parameter(ref = "Caller") @HeaderParam(Callers.GUEST_HEADER) String guest) {
        return new InvitationList(invitations.list(id.value(), callers.credentials(ownerKey, guest)).stream()
            .map(each -> InvitationBody.of(each, null, null)).toList());
    }

    @DELETE
    @Path("/{invitationId}")
    @Operation(operationId = "revokeInvitation", summary = "Revoke an invitation", description = "Who followed it already stays a member.")
    @APIResponse(responseCode = "204", description = "Revoked.")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public void revoke(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @PathParam("invitationId") String invitationId,
            @Parameter(ref = "OwnerKey") @HeaderParam(OwnerKey.HEADER) String ownerKey,
            @Parameter(ref = "Caller") @HeaderParam(Callers.GUEST_HEADER) String guest) {
        invitations.revoke(id.value(), callers.credentials(ownerKey, guest), invitationId);
    }

    @POST
    @OpenDoor
    @Path("/accept")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "acceptInvitation", summary = "Follow an invitation",
        description = "Who is signed in, or a guest with a secret, becomes a member. A socket does the same with hello.invitation.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "a token", value = """
            {"guest": {"name": "Ana", "color": "#336699", "secret": "kept-by-this-program-alone"}, "token": "…"}""")))
    @APIResponse(responseCode = "204", description = "A member now, or before.")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "401", ref = "Unauthenticated")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "410", description = "session-closed, or invitation-invalid: used up, expired, revoked or never made.")
    public void accept(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(ref = "Caller") @HeaderParam(Callers.GUEST_HEADER) String guest, String body) {
        Fields fields = Requests.body(body, "guest", "token");
        User who = callers.credentials(null, guest, fields).user().orElseThrow(() ->
            UNAUTHENTICATED.because("guest (expected: one with a secret, or Authorization: Bearer)"));
        SessionId session = id.value();
        var visitor = new Entrance.Visitor(who, Optional.empty(), Optional.of(fields.text("token")), servlet.getRemoteAddr());
        SessionAccess changed = entrance.admit(session, visitor);
        rooms.accessChanged(session, changed);
    }
}
