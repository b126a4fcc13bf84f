package org.chorale.lock.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.chorale.branch.web.SessionBranches;
import org.chorale.document.codec.Fields;
import org.chorale.document.service.BranchView;
import org.chorale.document.web.BranchCalls;
import org.chorale.lock.web.LockBodies.LockBody;
import org.chorale.lock.web.LockBodies.LockList;
import org.chorale.operation.ElementId;
import org.chorale.platform.web.Requests;
import org.chorale.session.BranchId;
import org.chorale.session.web.Caller;
import org.chorale.session.web.Callers;
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

/** Leases on elements, by which people keep others from editing what they are working on. */
@Path("/sessions/{sessionId}/locks")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "locks", description = "Leases on elements, by which people keep others from editing what they are working on.")
public class LocksResource {
    /** A day and more is refused as too long in any case; kept far from what a duration cannot hold. */
    private static final long MAX_LEASE_SECONDS = 1L << 32;

    @Inject
    private SessionBranches sessionBranches;
    @Inject
    private BranchCalls branches;
    @Inject
    private Callers callers;

    @GET
    @Operation(operationId = "listLocks", summary = "List locks", description = "Those that hold now, the oldest first.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = LockList.class)))
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "503", ref = "Unavailable")
    public CompletionStage<LockList> list(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(ref = "Branch") @QueryParam("branch") String branchName) {
        return branches.visit(sessionBranches.find(id, branchName), BranchView::locks)
            .thenApply(locks -> new LockList(locks.stream().map(LockBody::of).toList()));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "lockElement", summary = "Lock an element",
        description = "And all below it, for a time. To lock again what one holds prolongs the lease, so a repeated call does no harm: an "
            + "Idempotency-Key is accepted and not needed.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "a minute", value = """
            {"guest": {"name": "Importer", "color": "#336699", "secret": "kept-by-this-program-alone"}, "element": "a", \
            "leaseSeconds": 60}""")))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = LockBody.class)))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "401", ref = "Unauthenticated")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "410", ref = "Closed")
    @APIResponse(responseCode = "413", ref = "TooLarge")
    @APIResponse(responseCode = "423", ref = "Locked")
    @APIResponse(responseCode = "503", ref = "Unavailable")
    public CompletionStage<LockBody> lock(
            @Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(ref = "IdempotencyKey") @HeaderParam("Idempotency-Key") String key, String body) {
        Fields fields = Requests.body(body, "guest", "element", "leaseSeconds", "branch");
        Caller caller = callers.read(fields, key, "locks");
        ElementId element = ElementId.of(fields.text("element"));
        Optional<Duration> lease = fields.optionalInteger("leaseSeconds")
            .map(seconds -> Duration.ofSeconds(Math.clamp(seconds, -MAX_LEASE_SECONDS, MAX_LEASE_SECONDS)));
        BranchId branch = sessionBranches.findOpen(id, fields);
        return branches.visit(branch, view -> LockBody.of(view.lock(element, caller.lockHolder(), lease)));
    }

    @POST
    @Path("/{element}/release")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "releaseElement", summary = "Give an element free", description = "What nobody holds is free already.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "release", value = """
            {"guest": {"name": "Importer", "color": "#336699", "secret": "kept-by-this-program-alone"}}""")))
    @APIResponse(responseCode = "204", description = "Free.")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "401", ref = "Unauthenticated")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "410", ref = "Closed")
    @APIResponse(responseCode = "503", ref = "Unavailable")
    public CompletionStage<Response> release(
            @Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(example = "a") @PathParam("element") String element,
            @Parameter(ref = "IdempotencyKey") @HeaderParam("Idempotency-Key") String key, String body) {
        Fields fields = Requests.body(body, "guest", "branch");
        Caller caller = callers.read(fields, key, "release " + element);
        ElementId freed = ElementId.of(element);
        BranchId branch = sessionBranches.findOpen(id, fields);
        return branches.visit(branch, view -> {
            view.unlock(freed, caller.userId());
            return Response.noContent().build();
        });
    }
}
