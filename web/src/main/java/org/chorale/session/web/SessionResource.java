package org.chorale.session.web;

import static org.chorale.problem.ProblemType.INVALID_REQUEST;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.chorale.access.Action;
import org.chorale.access.Permissions;
import org.chorale.access.Role;
import org.chorale.access.service.AccessService;
import org.chorale.access.service.UnwantedWords;
import org.chorale.access.service.User;
import org.chorale.access.web.OpenDoor;
import org.chorale.document.codec.Fields;
import org.chorale.limit.web.Counted;
import org.chorale.platform.web.ProblemBody;
import org.chorale.platform.web.ProblemJson;
import org.chorale.platform.web.Requests;
import org.chorale.realtime.web.Rooms;
import org.chorale.session.NewSession;
import org.chorale.session.Session;
import org.chorale.session.SessionId;
import org.chorale.session.Visibility;
import org.chorale.session.service.SessionConfig;
import org.chorale.session.service.SessionService;
import org.chorale.session.web.SessionBodies.NewSessionBody;
import org.chorale.session.web.SessionBodies.PolicyBody;
import org.chorale.session.web.SessionBodies.SessionBody;
import org.chorale.session.web.SessionBodies.SessionList;
import org.chorale.session.web.SessionBodies.SessionSettingsBody;
import org.chorale.session.web.SessionBodies.StartedSession;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Start, find, list and close sessions. */
@Path("/sessions")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "sessions", description = "People editing one document together.")
public class SessionResource {
    private static final String[] SESSION_FIELDS = {"name", "kind", "maxUsers", "visibility", "conflictPolicy", "guest", "password",
        "defaultRole", "permissions"};
    private static final int DEFAULT_PAGE = 20;
    private static final int MAX_PAGE = 100;

    @EJB
    private SessionService sessions;
    @EJB
    private AccessService access;
    @Inject
    private Callers callers;
    @Inject
    private Rooms rooms;
    @Inject
    private SessionConfig config;
    @Inject
    private UnwantedWords words;
    @Inject
    @ConfigProperty(name = "chorale.public-url")
    private Optional<String> publicUrl;
    @Context
    private UriInfo request;

    @POST
    @Counted(Counted.As.SESSION)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createSession", summary = "Start a session",
        description = "Makes a session with an empty document. Send its joinUrl to colleagues; keep the ownerKey. Who has an account, or "
            + "a guest with a secret, in the body or the header, is its OWNER from then on.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON,
        schema = @Schema(implementation = NewSessionBody.class),
        examples = @ExampleObject(name = "scene", value = "{\"name\": \"Bridge review\", \"kind\": \"scene\", \"maxUsers\": 25}")))
    @APIResponse(responseCode = "201", description = "Started.", content = @Content(schema = @Schema(implementation = StartedSession.class)))
    @APIResponse(responseCode = "400", description = "invalid-request: a field is missing, unknown or out of range.",
        content = @Content(mediaType = ProblemJson.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class)))
    @APIResponse(responseCode = "413", description = "payload-too-large.",
        content = @Content(mediaType = ProblemJson.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class)))
    @APIResponse(responseCode = "415", description = "unsupported-media-type: the body is not application/json.",
        content = @Content(mediaType = ProblemJson.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class)))
    public Response create(@Parameter(ref = "Caller") @HeaderParam(Callers.GUEST_HEADER) String guest, String body) {
        Fields fields = Requests.object("body", body, SESSION_FIELDS);
        words.requireName(fields.text("name"));
        NewSession request = SessionRequests.newSession(fields, config.defaultMaxUsers);
        Optional<User> creator = callers.credentials(null, guest, fields).user();
        SessionService.Started started = access.start(request, SessionRequests.access(fields), creator.filter(User::known));
        SessionId id = started.session().id();
        var answer = new StartedSession(id.value(), joinUrl(id), started.session().createdAt(), started.ownerKey());
        return Response.created(URI.create("sessions/" + id)).entity(answer).build();
    }

    @GET
    @Operation(operationId = "listSessions", summary = "List public sessions", description = "Open public sessions, the newest first; with archived=true "
        + "those that are archived.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = SessionList.class)))
    @APIResponse(responseCode = "400", description = "invalid-request: limit or cursor.",
        content = @Content(mediaType = ProblemJson.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class)))
    public SessionList list(
            @Parameter(description = "How many, 1 to 100.", example = "20") @QueryParam("limit") String limit,
            @Parameter(description = "The nextCursor of the page before.") @QueryParam("cursor") String cursor,
            @Parameter(description = "Whether those that are archived are meant, and not those that are open.", example = "false")
            @QueryParam("archived") @DefaultValue("false") boolean archived) {
        int size = (int) Requests.number("limit", limit, 1, MAX_PAGE, DEFAULT_PAGE);
        SessionService.Cursor from = cursor == null ? SessionService.Cursor.NEWEST : readCursor(cursor);
        List<Session> found = archived ? sessions.listArchived(from, size + 1) : sessions.list(from, size + 1);
        List<Session> page = found.subList(0, Math.min(size, found.size()));
        String next = found.size() > size ? writeCursor(page.getLast()) : null;
        rooms.expect(page.stream().map(Session::id).toList());
        return new SessionList(page.stream().map(this::body).toList(), next);
    }

    @GET
    @OpenDoor
    @Path("/{sessionId}")
    @Operation(operationId = "readSession", summary = "Read a session",
        description = "A private one for its members only; one with a password for everybody, so that they can be asked for it.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = SessionBody.class)))
    @APIResponse(responseCode = "404", description = "session-not-found.",
        content = @Content(mediaType = ProblemJson.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class)))
    public SessionBody read(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(ref = "OwnerKey") @HeaderParam(OwnerKey.HEADER) String ownerKey,
            @Parameter(ref = "Caller") @HeaderParam(Callers.GUEST_HEADER) String guest) {
        Session session = sessions.find(id.value());
        if (session.visibility() == Visibility.PRIVATE) {
            access.requireMember(session.id(), callers.credentials(ownerKey, guest));
        }
        return body(session);
    }

    @PATCH
    @Path("/{sessionId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "changeSession", summary = "Change a session's settings",
        description = "Those who are in it are told at once. A new conflict policy counts for what is written from then on.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON,
        schema = @Schema(implementation = SessionSettingsBody.class),
        examples = @ExampleObject(name = "ask people", value = "{\"name\": \"Bridge review, part 2\", \"conflictPolicy\": "
            + "{\"parameters.*\": {\"strategy\": \"MANUAL\", \"windowMs\": 500}}}")))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = SessionBody.class)))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "410", ref = "Closed")
    @APIResponse(responseCode = "413", ref = "TooLarge")
    public SessionBody change(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(description = "The ownerKey given when the session was created.") @HeaderParam(OwnerKey.HEADER) String ownerKey,
            @Parameter(ref = "Caller") @HeaderParam(Callers.GUEST_HEADER) String guest, String body) {
        Fields fields = Requests.object("body", body, SESSION_FIELDS);
        fields.optionalText("name").ifPresent(words::requireName);
        AccessService.Changed changed = access.change(id.value(), callers.credentials(ownerKey, guest, fields), SessionRequests.settings(fields),
            SessionRequests.access(fields));
        rooms.settingsChanged(changed.session());
        rooms.accessChanged(id.value(), changed.access());
        return body(changed.session());
    }

    @DELETE
    @Path("/{sessionId}")
    @Operation(operationId = "closeSession", summary = "Close a session",
        description = "Ends it for everybody: open connections get bye{sessionClosed}. What was edited stays in the database.")
    @APIResponse(responseCode = "204", description = "Closed, now or before.")
    @APIResponse(responseCode = "403", description = "forbidden: the owner key is missing or wrong.",
        content = @Content(mediaType = ProblemJson.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class)))
    @APIResponse(responseCode = "404", description = "session-not-found.",
        content = @Content(mediaType = ProblemJson.MEDIA_TYPE, schema = @Schema(implementation = ProblemBody.class)))
    public void close(@PathParam("sessionId") SessionIdParam id,
            @Parameter(description = "The ownerKey given when the session was created.") @HeaderParam(OwnerKey.HEADER) String ownerKey,
            @Parameter(ref = "Caller") @HeaderParam(Callers.GUEST_HEADER) String guest) {
        access.close(id.value(), callers.credentials(ownerKey, guest));
        rooms.close(id.value());
    }

    private SessionBody body(Session session) {
        AccessService.Settings settings = access.settings(session.id());
        return new SessionBody(session.id().value(), session.name(), SessionRequests.lower(session.kind()),
            SessionRequests.lower(session.visibility()), session.maxUsers(), session.createdAt(), session.isClosed(),
            session.archived(),
            rooms.participants(session.id()), policy(session), settings.defaultRole().name(), settings.password(),
            permissions(settings.permissions()), thumbnail(session));
    }

    private static Map<String, List<String>> permissions(Permissions permissions) {
        var byRole = new LinkedHashMap<String, List<String>>();
        for (Role role : Role.values()) {
            byRole.put(role.name(), permissions.of(role).stream().map(Action::name).toList());
        }
        return byRole;
    }

    /** Null where there is none, and so absent from the body. */
    private String thumbnail(Session session) {
        return session.thumbnailVersion() == 0 ? null
            : request.getBaseUri().getRawPath() + "sessions/" + session.id() + "/thumbnail?v=" + session.thumbnailVersion();
    }

    private static Map<String, PolicyBody> policy(Session session) {
        var bodies = new TreeMap<String, PolicyBody>();
        session.conflictPolicy().forEach((name, policy) -> bodies.put(name,
            new PolicyBody(policy.strategy().name(), policy.blend().name(), policy.window().toMillis(), policy.atomic())));
        return bodies;
    }

    private String joinUrl(SessionId id) {
        String base = publicUrl.orElseGet(() -> request.getBaseUri().resolve("/").toString());
        return base + (base.endsWith("/") ? "" : "/") + "s/" + id;
    }

    private static String writeCursor(Session last) {
        String place = last.createdAt() + " " + last.id();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.US_ASCII));
    }

    private static SessionService.Cursor readCursor(String cursor) {
        try {
            String[] place = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII).split(" ");
            if (place.length == 2) {
                return new SessionService.Cursor(Instant.parse(place[0]), place[1]);
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            // told below, together with texts of another shape
        }
        throw INVALID_REQUEST.because("cursor (expected: the nextCursor of the page before)");
    }
}
