package org.chorale.branch.web;

import static org.chorale.problem.ProblemType.BRANCH_IN_USE;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.chorale.access.service.Credentials;
import org.chorale.branch.Branch;
import org.chorale.branch.BranchChange;
import org.chorale.branch.NewBranch;
import org.chorale.branch.Protection;
import org.chorale.branch.service.BranchService;
import org.chorale.branch.web.BranchBodies.BranchBody;
import org.chorale.branch.web.BranchBodies.BranchPage;
import org.chorale.document.codec.Fields;
import org.chorale.document.service.Branches;
import org.chorale.platform.web.Requests;
import org.chorale.realtime.web.Rooms;
import org.chorale.session.BranchId;
import org.chorale.session.SessionId;
import org.chorale.session.service.SessionService;
import org.chorale.session.web.Caller;
import org.chorale.session.web.Callers;
import org.chorale.session.web.OwnerKey;
import org.chorale.session.web.SessionIdParam;
import org.chorale.version.web.Revisions;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A session's branches: where people try something out while others go on. */
@Path("/sessions/{sessionId}/branches")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "history")
public class BranchesResource {
    private static final int DEFAULT_PAGE = 50;
    private static final int MAX_PAGE = 200;
    private static final String FRAME = "branch";

    @EJB
    private SessionService sessions;
    @EJB
    private BranchService branches;
    @Inject
    private Branches open;
    @Inject
    private Revisions revisions;
    @Inject
    private Rooms rooms;
    @Inject
    private Callers callers;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "forkBranch", summary = "Fork a branch",
        description = "At a revision or version of another branch, at the newest revision of main where nothing is said. Nothing is copied, however "
            + "large the document is.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "from now", value = """
            {"guest": {"name": "Ana", "color": "#336699", "secret": "kept-by-this-program-alone"}, "name": "flat roof", \
            "description": "What if it rains less?"}""")))
    @APIResponse(responseCode = "201", description = "Forked.", content = @Content(schema = @Schema(implementation = BranchBody.class)))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "401", ref = "Unauthenticated")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    @APIResponse(responseCode = "410", ref = "Closed")
    @APIResponse(responseCode = "413", ref = "TooLarge")
    public Response fork(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id, String body) {
        Fields fields = Requests.body(body, "guest", "name", "description", "from", "revision");
        Caller caller = callers.read(fields, null, "branches");
        SessionId session = id.value();
        String from = fields.optionalText("from").orElse(BranchId.MAIN);
        Optional<Revisions.Point> point = fields.present("revision").map(JsonNode::asText)
            .map(text -> revisions.read(new BranchId(sessions.findOpen(session).id(), from), "revision", text));
        var asked = new NewBranch(fields.text("name"), fields.optionalText("description"),
            point.map(found -> found.branch().name()).orElse(from), point.map(Revisions.Point::revision));
        BranchService.Fork made = branches.fork(session, asked, new Branch.Maker(caller.userId(), caller.name()));
        BranchBody told = BranchBody.of(made.branch(), made.distance(), List.of());      // nobody can be on it yet
        rooms.tell(session, FRAME, told);
        return Response.status(Response.Status.CREATED).entity(told).build();
    }

    @GET
    @Operation(operationId = "listBranches", summary = "List branches", description = "The oldest first, which is main.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = BranchPage.class)))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public BranchPage list(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(description = "With true, those too that were put away.", example = "false") @QueryParam("archived") String archived,
            @Parameter(description = "How many, 1 to 200.", example = "50") @QueryParam("limit") String limit,
            @Parameter(description = "The nextCursor of the page before.") @QueryParam("cursor") String cursor) {
        int size = (int) Requests.number("limit", limit, 1, MAX_PAGE, DEFAULT_PAGE);
        long after = Requests.number("cursor", cursor, 0, Long.MAX_VALUE, BranchService.FIRST_PAGE);
        BranchService.Page page = branches.list(sessions.find(id.value()).id(), Boolean.parseBoolean(archived), after, size);
        return new BranchPage(page.branches().stream().map(this::body).toList(), page.next().map(String::valueOf).orElse(null));
    }

    @GET
    @Path("/{name}")
    @Operation(operationId = "readBranch", summary = "Read a branch")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = BranchBody.class)))
    @APIResponse(responseCode = "404", ref = "NotFound")
    public BranchBody read(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(example = "flat roof") @PathParam("name") String name) {
        return body(branches.find(new BranchId(sessions.find(id.value()).id(), name)));
    }

    @PATCH
    @Path("/{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "changeBranch", summary = "Describe, archive or protect a branch",
        description = "Who made it, or may change SETTINGS, describes and archives it; protection needs SETTINGS. A branch that is archived takes no "
            + "edits; one that is protected takes merges alone, from who may MERGE. protection null lifts it.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "protected", value = """
            {"guest": {"name": "Ana", "color": "#336699", "secret": "kept-by-this-program-alone"}, "protection": {"approvals": 1}}""")))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = BranchBody.class)))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "410", ref = "Closed")
    public BranchBody change(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(example = "flat roof") @PathParam("name") String name,
            @Parameter(ref = "OwnerKey") @HeaderParam(OwnerKey.HEADER) String ownerKey,
            @Parameter(ref = "Caller") @HeaderParam(Callers.GUEST_HEADER) String guest, String body) {
        Fields fields = Requests.body(body, "guest", "description", "archived", "protection");
        Credentials caller = callers.credentials(ownerKey, guest, fields);
        var change = new BranchChange(fields.optionalText("description"), fields.optionalBool("archived"), protection(fields));
        Branch changed = branches.change(new BranchId(sessions.findOpen(id.value()).id(), name), caller, change);
        open.rulesChanged(changed.id(), changed.rules());
        return told(changed);
    }

    private static Optional<Optional<Protection>> protection(Fields fields) {
        return fields.present("protection").map(given -> {
            if (given.isNull()) {
                return Optional.empty();
            }
            Fields rule = fields.object("protection");
            rule.requireOnly("approvals");
            return Optional.of(new Protection(Math.clamp(rule.integer("approvals"), -1, Integer.MAX_VALUE)));
        });
    }

    @DELETE
    @Path("/{name}")
    @Operation(operationId = "deleteBranch", summary = "Delete a branch",
        description = "For who made it, or may change SETTINGS; and only where nobody is on it, nothing was forked from it, and it has no versions.")
    @APIResponse(responseCode = "204", description = "Deleted.")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    @APIResponse(responseCode = "410", ref = "Closed")
    public void delete(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(example = "flat roof") @PathParam("name") String name,
            @Parameter(ref = "OwnerKey") @HeaderParam(OwnerKey.HEADER) String ownerKey,
            @Parameter(ref = "Caller") @HeaderParam(Callers.GUEST_HEADER) String guest) {
        Credentials caller = callers.credentials(ownerKey, guest);
        var branch = new BranchId(sessions.findOpen(id.value()).id(), name);
        if (!rooms.participantsOn(branch).isEmpty()) {
            throw BRANCH_IN_USE.because("branch: " + name + " (expected: one that nobody is on)");
        }
        BranchBody last = body(branches.find(branch));      // behind its end nothing is known of it
        branches.delete(branch, caller);
        open.deleted(branch);
        rooms.tellDeleted(branch.session(), FRAME, last);
    }

    private BranchBody told(Branch branch) {
        BranchBody body = body(branch);
        rooms.tell(branch.id().session(), FRAME, body);
        return body;
    }

    private BranchBody body(Branch branch) {
        return BranchBody.of(branch, branches.distance(branch), rooms.participantsOn(branch.id()));
    }
}
