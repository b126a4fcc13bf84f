package org.chorale.access.web;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.chorale.access.Actor;
import org.chorale.access.Sanction;
import org.chorale.access.SessionAccess;
import org.chorale.access.service.Credentials;
import org.chorale.access.service.ModerationService.Order;
import org.chorale.access.service.ModerationService;
import org.chorale.access.web.AccessBodies.ModerationState;
import org.chorale.access.web.AccessBodies.RemovalBody;
import org.chorale.document.codec.Fields;
import org.chorale.platform.web.Requests;
import org.chorale.realtime.web.Rooms;
import org.chorale.session.SessionId;
import org.chorale.session.service.GuestIds;
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

/** What moderators do about people. It acts on open sockets at once. */
@Path("/sessions/{sessionId}/moderation")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "moderation", description = "For those whose role has MODERATE, about those below them.")
public class ModerationResource {
    private static final int LONGEST_SECONDS = Integer.MAX_VALUE;

    @EJB
    private ModerationService moderation;
    @Context
    private HttpServletRequest servlet;
    @Inject
    private ContentRemoval removal;
    @Inject
    private Callers callers;
    @Inject
    private Rooms rooms;

    @GET
    @Operation(operationId = "readModeration", summary = "Read what is in force")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ModerationState.class)))
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public ModerationState read(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(ref = "OwnerKey") @HeaderParam(OwnerKey.HEADER) String ownerKey,
            @Parameter(ref = "Caller") @HeaderParam(Callers.GUEST_HEADER) String guest) {
        return ModerationState.of(moderation.state(id.value(), callers.credentials(ownerKey, guest)));
    }

    @POST
    @Path("/kick")
    @Operation(operationId = "kick", summary = "Send somebody away", description = "They get bye{kicked}, and may come again.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "kick", value = "{\"userId\": \"g-a1b2c3d4e5f60718\"}")))
    @APIResponse(responseCode = "204", description = "Sent away, if they were there.")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public void kick(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(ref = "OwnerKey") @HeaderParam(OwnerKey.HEADER) String ownerKey,
            @Parameter(ref = "Caller") @HeaderParam(Callers.GUEST_HEADER) String guest, String body) {
        Fields fields = Requests.body(body, "guest", "userId");
        String userId = fields.text("userId");
        moderation.kick(id.value(), callers.credentials(ownerKey, guest, fields), userId);
        rooms.sendAway(id.value(), userId);
    }

    @POST
    @Path("/ban")
    @Operation(operationId = "ban", summary = "Keep somebody out",
        description = "A user, an address, or with withAddress a user and the addresses that they come from at this moment; for some seconds or "
            + "without end. They get bye{banned}. Where withAddress is absent a guest's addresses are banned too, since a guest can come "
            + "again as another one, unless somebody else in the session, or the caller, comes from there.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "an hour", value = """
            {"userId": "g-a1b2c3d4e5f60718", "withAddress": true, "seconds": 3600, "reason": "Spam"}""")))
    @APIResponse(responseCode = "204", description = "Banned.")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "410", ref = "Closed")
    @APIResponse(responseCode = "413", ref = "TooLarge")
    public void ban(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(ref = "OwnerKey") @HeaderParam(OwnerKey.HEADER) String ownerKey,
            @Parameter(ref = "Caller") @HeaderParam(Callers.GUEST_HEADER) String guest, String body) {
        Fields fields = Requests.body(body, "guest", "userId", "address", "withAddress", "seconds", "reason");
        SessionId session = id.value();
        Optional<String> userId = fields.optionalText("userId");
        Set<String> addresses = new LinkedHashSet<>(fields.optionalText("address").stream().toList());
        Optional<Boolean> withAddress = fields.optionalBool("withAddress");
        userId.ifPresent(user -> addresses.addAll(addresses(session, user, withAddress)));
        Order order = order(fields, userId, List.copyOf(addresses));
        rooms.accessChanged(session, moderation.ban(session, callers.credentials(ownerKey, guest, fields), order));
    }

    /**
     * Where a user comes from who is to be banned. A guest comes again under another secret, so where nothing is said their address is
     * banned too, unless others may be meant by it: those in the session, and whoever calls.
     */
    private Set<String> addresses(SessionId session, String userId, Optional<Boolean> wanted) {
        if (wanted.isPresent()) {
            return wanted.get() ? rooms.addressesOf(session, userId) : Set.of();
        }
        Set<String> addresses = new LinkedHashSet<>(GuestIds.isGuest(userId) ? rooms.addressesOfNobodyElse(session, userId) : Set.of());
        addresses.remove(servlet.getRemoteAddr());
        return addresses;
    }

    @POST
    @Path("/unban")
    @Operation(operationId = "unban", summary = "Let somebody come again",
        description = "A userId, an address, or the id of the sanction, since the address of a ban is not told.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "unban", value = "{\"userId\": \"g-a1b2c3d4e5f60718\"}")))
    @APIResponse(responseCode = "204", description = "No longer banned.")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "410", ref = "Closed")
    public void unban(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(ref = "OwnerKey") @HeaderParam(OwnerKey.HEADER) String ownerKey,
            @Parameter(ref = "Caller") @HeaderParam(Callers.GUEST_HEADER) String guest, String body) {
        lift(id.value(), Sanction.Kind.BAN, ownerKey, guest, body);
    }

    @POST
    @Path("/mute")
    @Operation(operationId = "mute", summary = "Keep somebody from chatting", description = "For some seconds or without end.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "ten minutes", value = "{\"userId\": \"g-a1b2c3d4e5f60718\", \"seconds\": 600}")))
    @APIResponse(responseCode = "204", description = "Muted.")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "410", ref = "Closed")
    @APIResponse(responseCode = "413", ref = "TooLarge")
    public void mute(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(ref = "OwnerKey") @HeaderParam(OwnerKey.HEADER) String ownerKey,
            @Parameter(ref = "Caller") @HeaderParam(Callers.GUEST_HEADER) String guest, String body) {
        Fields fields = Requests.body(body, "guest", "userId", "seconds", "reason");
        Order order = order(fields, Optional.of(fields.text("userId")), List.of());
        rooms.accessChanged(id.value(), moderation.mute(id.value(), callers.credentials(ownerKey, guest, fields), order));
    }

    @POST
    @Path("/unmute")
    @Operation(operationId = "unmute", summary = "Let somebody chat again")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "unmute", value = "{\"userId\": \"g-a1b2c3d4e5f60718\"}")))
    @APIResponse(responseCode = "204", description = "No longer muted.")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "410", ref = "Closed")
    public void unmute(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(ref = "OwnerKey") @HeaderParam(OwnerKey.HEADER) String ownerKey,
            @Parameter(ref = "Caller") @HeaderParam(Callers.GUEST_HEADER) String guest, String body) {
        lift(id.value(), Sanction.Kind.MUTE, ownerKey, guest, body);
    }

    @POST
    @Path("/freeze")
    @Operation(operationId = "freeze", summary = "Let nobody below ADMIN edit")
    @RequestBody(content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "no more to say", value = "{}")))
    @APIResponse(responseCode = "204", description = "Frozen.")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "410", ref = "Closed")
    public void freeze(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(ref = "OwnerKey") @HeaderParam(OwnerKey.HEADER) String ownerKey,
            @Parameter(ref = "Caller") @HeaderParam(Callers.GUEST_HEADER) String guest, String body) {
        freeze(id.value(), true, ownerKey, guest, body);
    }

    @POST
    @Path("/unfreeze")
    @Operation(operationId = "unfreeze", summary = "Let everybody edit again who may")
    @RequestBody(content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "no more to say", value = "{}")))
    @APIResponse(responseCode = "204", description = "No longer frozen.")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "410", ref = "Closed")
    public void unfreeze(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(ref = "OwnerKey") @HeaderParam(OwnerKey.HEADER) String ownerKey,
            @Parameter(ref = "Caller") @HeaderParam(Callers.GUEST_HEADER) String guest, String body) {
        freeze(id.value(), false, ownerKey, guest, body);
    }

    @POST
    @Path("/slow-mode")
    @Operation(operationId = "slowMode", summary = "Let each say something once in a while only",
        description = "One chat message of each user below ADMIN in so many seconds; 0 ends it.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "ten seconds", value = "{\"seconds\": 10}")))
    @APIResponse(responseCode = "204", description = "Set.")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "410", ref = "Closed")
    public void slowMode(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(ref = "OwnerKey") @HeaderParam(OwnerKey.HEADER) String ownerKey,
            @Parameter(ref = "Caller") @HeaderParam(Callers.GUEST_HEADER) String guest, String body) {
        Fields fields = Requests.body(body, "guest", "seconds");
        SessionAccess changed = moderation.slowMode(id.value(), callers.credentials(ownerKey, guest, fields), fields.integer("seconds"));
        rooms.accessChanged(id.value(), changed);
    }

    @POST
    @Path("/remove-content")
    @Operation(operationId = "removeContent", summary = "Delete what a user made",
        description = "Every live element that this user created, with all that hangs below, as changes of the calling moderator of 500 elements "
            + "each at most: each can be undone.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "all", value = "{\"userId\": \"g-a1b2c3d4e5f60718\"}")))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RemovalBody.class)))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "410", ref = "Closed")
    @APIResponse(responseCode = "423", ref = "Locked")
    @APIResponse(responseCode = "503", ref = "Unavailable")
    public CompletionStage<RemovalBody> removeContent(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(ref = "OwnerKey") @HeaderParam(OwnerKey.HEADER) String ownerKey,
            @Parameter(ref = "Caller") @HeaderParam(Callers.GUEST_HEADER) String guest, String body) {
        Fields fields = Requests.body(body, "guest", "userId");
        String userId = fields.text("userId");
        Actor actor = moderation.removal(id.value(), callers.credentials(ownerKey, guest, fields), userId);
        return removal.remove(id.value(), actor, userId);
    }

    private void freeze(SessionId session, boolean frozen, String ownerKey, String guest, String body) {
        Credentials caller = callers.credentials(ownerKey, guest, Requests.body(body == null || body.isBlank() ? "{}" : body, "guest"));
        rooms.accessChanged(session, moderation.freeze(session, caller, frozen));
    }

    private void lift(SessionId session, Sanction.Kind kind, String ownerKey, String guest, String body) {
        Fields fields = Requests.body(body, "guest", "userId", "address", "sanction");
        SessionAccess changed = moderation.lift(session, callers.credentials(ownerKey, guest, fields), kind, fields.optionalText("userId"),
            fields.optionalText("address"), fields.optionalInteger("sanction"));
        rooms.accessChanged(session, changed);
    }

    private static Order order(Fields fields, Optional<String> userId, List<String> addresses) {
        Optional<Duration> lasting = fields.optionalInteger("seconds").map(seconds ->
            Duration.ofSeconds(Math.clamp(seconds, 0, LONGEST_SECONDS)));
        return new Order(userId, addresses, lasting, fields.optionalText("reason").orElse(""));
    }
}
