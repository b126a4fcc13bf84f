package org.chorale.version.web;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.chorale.document.codec.Fields;
import org.chorale.platform.web.Requests;
import org.chorale.realtime.web.Rooms;
import org.chorale.session.BranchId;
import org.chorale.session.service.SessionService;
import org.chorale.session.web.Caller;
import org.chorale.session.web.Callers;
import org.chorale.session.web.SessionIdParam;
import org.chorale.version.NewVersion;
import org.chorale.version.Version;
import org.chorale.version.VersionId;
import org.chorale.version.service.VersionService;
import org.chorale.version.web.VersionBodies.VersionBody;
import org.chorale.version.web.VersionBodies.VersionPage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The revisions that people gave a name. */
@Path("/sessions/{sessionId}/versions")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "history", description = "Versions, what differs between revisions, and going back.")
public class VersionsResource {
    private static final int DEFAULT_PAGE = 50;
    private static final int MAX_PAGE = 200;

    @EJB
    private SessionService sessions;
    @EJB
    private VersionService versions;
    @Inject
    private Callers callers;
    @Inject
    private Rooms rooms;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createVersion", summary = "Name a revision",
        description = "The newest one where none is given. Nothing is copied; a version stays as long as its session.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "as it is now", value = """
            {"guest": {"name": "Ana", "color": "#336699", "secret": "kept-by-this-program-alone"}, "name": "Approved by the fire brigade", \
            "description": "With the second stair."}""")))
    @APIResponse(responseCode = "201", description = "Named.", content = @Content(schema = @Schema(implementation = VersionBody.class)))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "401", ref = "Unauthenticated")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    @APIResponse(responseCode = "410", ref = "Closed")
    @APIResponse(responseCode = "413", ref = "TooLarge")
    public Response create(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id, String body) {
        Fields fields = Requests.body(body, "guest", "name", "description", "revision", "branch");
        Caller caller = callers.read(fields, null, "versions");
        var asked = new NewVersion(fields.text("name"), fields.optionalText("description"), fields.optionalInteger("revision"));
        var branch = new BranchId(id.value(), fields.optionalText("branch").orElse(BranchId.MAIN));
        Version version = versions.create(branch, caller.userId(), caller.name(), asked);
        VersionBody named = VersionBody.of(version);
        rooms.tell(branch.session(), "version", named);
        return Response.status(Response.Status.CREATED).entity(named).build();
    }

    @GET
    @Operation(operationId = "listVersions", summary = "List versions", description = "The newest first.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = VersionPage.class)))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public VersionPage list(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(description = "How many, 1 to 200.", example = "50") @QueryParam("limit") String limit,
            @Parameter(description = "The nextCursor of the page before.") @QueryParam("cursor") String cursor) {
        int size = (int) Requests.number("limit", limit, 1, MAX_PAGE, DEFAULT_PAGE);
        List<Version> found = versions.list(sessions.find(id.value()).id(), Optional.ofNullable(cursor).map(VersionId::parse), size + 1);
        List<Version> page = found.subList(0, Math.min(size, found.size()));
        return new VersionPage(page.stream().map(VersionBody::of).toList(), found.size() > size ? page.getLast().id().toString() : null);
    }

    @GET
    @Path("/{versionId}")
    @Operation(operationId = "readVersion", summary = "Read a version",
        description = "What it looks like, GET document?revision= answers with its revision.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = VersionBody.class)))
    @APIResponse(responseCode = "404", ref = "NotFound")
    public VersionBody read(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(example = "v42") @PathParam("versionId") String versionId) {
        return VersionBody.of(versions.find(sessions.find(id.value()).id(), VersionId.parse(versionId)));
    }
}
