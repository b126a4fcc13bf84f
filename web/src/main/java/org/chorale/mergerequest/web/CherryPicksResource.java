package org.chorale.mergerequest.web;

import static org.chorale.problem.ProblemType.BRANCH_PROTECTED;
import static org.chorale.problem.ProblemType.MERGE_CONFLICTS;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.chorale.access.Action;
import org.chorale.branch.service.BranchService;
import org.chorale.branch.web.SessionBranches;
import org.chorale.document.ChangeId;
import org.chorale.document.codec.Fields;
import org.chorale.document.service.Outcome;
import org.chorale.document.web.BranchCalls;
import org.chorale.document.web.ChangeAnswers;
import org.chorale.document.web.ChangeNames;
import org.chorale.merge.Resolution;
import org.chorale.mergerequest.service.Merges;
import org.chorale.platform.web.ProblemMapper;
import org.chorale.platform.web.Requests;
import org.chorale.session.BranchId;
import org.chorale.session.SessionId;
import org.chorale.session.service.SessionService;
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

/** Taking one change of another branch, and no more of it. */
@Path("/sessions/{sessionId}/cherry-picks")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "history")
public class CherryPicksResource {
    @EJB
    private SessionService sessions;
    @EJB
    private BranchService branchService;
    @EJB
    private Merges merges;
    @Inject
    private SessionBranches sessionBranches;
    @Inject
    private MergeRequestCalls calls;
    @Inject
    private BranchCalls branches;
    @Inject
    private Callers callers;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "cherryPick", summary = "Take a change of another branch",
        description = "As one change of one's own. Conflicts that no choice holds for are told in the problem, as conflicts; with choices for them "
            + "the call is made again. A protected branch takes merge requests alone.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "into main", value = """
            {"guest": {"name": "Ana", "color": "#336699", "secret": "kept-by-this-program-alone"}, "changeId": "c-7f3a:12", "from": "flat roof"}""")))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "taken", value = """
            {"changeId": "api-x:0", "revision": 131, "notes": []}""")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "401", ref = "Unauthenticated")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    @APIResponse(responseCode = "410", ref = "Closed")
    @APIResponse(responseCode = "413", ref = "TooLarge")
    @APIResponse(responseCode = "423", ref = "Locked")
    @APIResponse(responseCode = "503", ref = "Unavailable")
    public CompletionStage<Response> pick(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(ref = "IdempotencyKey") @HeaderParam("Idempotency-Key") String key, String body) {
        Fields fields = Requests.body(body, "guest", "changeId", "from", "branch", "choices");
        Caller caller = callers.read(fields, key, "cherry-pick");
        SessionId session = sessions.findOpen(id.value()).id();
        calls.require(session, caller, Action.EDIT);
        BranchId into = sessionBranches.of(session, fields.optionalText("branch"));
        if (branchService.find(into).protection().isPresent()) {
            throw BRANCH_PROTECTED.because("branch: " + into.name() + " (expected: one that is not protected; ask for a merge)");
        }
        List<Resolution> choices = fields.optional("choices").isEmpty() ? List.of()
            : calls.wishes(fields).stream().map(Merges.Wish::resolution).toList();
        var open = new AtomicReference<List<Merges.Conflict>>(List.of());
        var pick = merges.toPick(into, fields.text("from"), ChangeId.parse(fields.text("changeId")), choices, ChangeNames.of(caller).of(0), open::set);
        return branches.submit(into, caller.author(), List.of(pick)).thenApply(outcomes ->
            outcomes.getFirst() instanceof Outcome.Refused(var change, var problem) && problem.type() == MERGE_CONFLICTS
                ? ProblemMapper.answer(problem).entity(MergeConflictAnswers.problem(problem, open.get())).build()
                : Response.ok(ChangeAnswers.single(outcomes)).build());
    }
}
