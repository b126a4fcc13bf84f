package org.chorale.document.web;

import jakarta.ejb.EJB;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.chorale.branch.web.SessionBranches;
import org.chorale.document.ChangeId;
import org.chorale.document.codec.Fields;
import org.chorale.document.service.BranchView;
import org.chorale.document.service.History;
import org.chorale.document.service.LimitsConfig;
import org.chorale.document.service.Outcome;
import org.chorale.document.service.Submission;
import org.chorale.operation.ElementId;
import org.chorale.platform.web.FrameSizedBody;
import org.chorale.platform.web.Requests;
import org.chorale.session.BranchId;
import org.chorale.session.web.Caller;
import org.chorale.session.web.Callers;
import org.chorale.session.web.KnownNames;
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

/** The changes that make the document: read, make and undo them. */
@Path("/sessions/{sessionId}/changes")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "document")
public class ChangesResource {
    private static final int DEFAULT_PAGE = 100;
    private static final int MAX_PAGE = 1_000;

    @Inject
    private SessionBranches sessionBranches;
    @EJB
    private History history;
    @Inject
    private BranchCalls branches;
    @Inject
    private LimitsConfig limits;
    @Inject
    private Callers callers;
    @Inject
    private KnownNames names;

    @GET
    @Operation(operationId = "listChanges", summary = "Read changes",
        description = "In the order of their revisions, as the socket's changes frames carry them. A page with few changes, or none, "
            + "may have a nextCursor nevertheless: a call looks at a bounded number of changes.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "one change", value = """
            {"changes": [{"revision": 1, "changeId": "c-1:0", "userId": "g-a1b2c3d4e5f60718", "participantId": "api", \
            "at": "2026-01-31T12:00:00Z", "kind": "edit", "operations": [{"op": "create", "id": "a", "elementType": "box", "parent": null, \
            "order": "V"}], "notes": []}], "nextCursor": "1"}""")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public String list(
            @Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(ref = "Branch") @QueryParam("branch") String branchName,
            @Parameter(description = "The first revision, 1 where absent.", example = "1") @QueryParam("from") String from,
            @Parameter(description = "The last revision, the newest where absent.") @QueryParam("to") String to,
            @Parameter(description = "Only this user's.") @QueryParam("user") String user,
            @Parameter(description = "Only those that touch this element.") @QueryParam("element") String element,
            @Parameter(description = "How many, 1 to 1000.", example = "100") @QueryParam("limit") String limit,
            @Parameter(description = "The nextCursor of the page before; from is ignored then.") @QueryParam("cursor") String cursor) {
        BranchId branch = sessionBranches.find(id, branchName);
        long after = Requests.number("from", from, 1, Long.MAX_VALUE, 1) - 1;
        long start = Requests.number("cursor", cursor, 0, Long.MAX_VALUE, after);
        long end = Requests.number("to", to, 0, Long.MAX_VALUE, Long.MAX_VALUE);
        int size = (int) Requests.number("limit", limit, 1, MAX_PAGE, DEFAULT_PAGE);
        var filter = new History.Filter(Optional.ofNullable(user), Optional.ofNullable(element).map(ElementId::of));
        History.Page page = history.changes(branch, start, end, filter, size);
        return ChangeAnswers.page(page.changes(), isMore(branch, page.lookedUpTo(), end) ? Long.toString(page.lookedUpTo()) : null);
    }

    private boolean isMore(BranchId branch, long lookedUpTo, long end) {
        return lookedUpTo < end && !history.changes(branch, lookedUpTo, lookedUpTo + 1, History.Filter.ALL, 1).changes().isEmpty();
    }

    @POST
    @FrameSizedBody
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "submitChanges", summary = "Change the document",
        description = "Changes are decided in their order, each of them whole or not at all; the first refusal ends the call. A single "
            + "change that is refused is answered by its problem; of several, each has its result. Everybody in the session sees them at "
            + "once. Without baseRevision a change builds on the newest revision.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "a box", value = """
            {"guest": {"name": "Importer", "color": "#336699", "secret": "kept-by-this-program-alone"}, "changes": [{"operations": \
            [{"op": "create", "id": "a", "elementType": "box", "parent": null, "props": {"position": [0, 1, 0]}}]}]}""")))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "accepted", value = """
            {"results": [{"changeId": "api-x:0", "revision": 3, "notes": []}]}""")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "401", ref = "Unauthenticated")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    @APIResponse(responseCode = "410", ref = "Closed")
    @APIResponse(responseCode = "413", ref = "TooLarge")
    @APIResponse(responseCode = "423", ref = "Locked")
    @APIResponse(responseCode = "503", ref = "Unavailable")
    public CompletionStage<String> submit(
            @Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(ref = "IdempotencyKey") @HeaderParam("Idempotency-Key") String key, String body) {
        Fields fields = Requests.body(body, "guest", "changes", "branch");
        Caller caller = callers.read(fields, key, "changes");
        var requests = new ChangeRequests(limits);
        var items = requests.items(fields);
        BranchId branch = sessionBranches.findOpen(id, fields);
        branches.requireTakesPart(branch, caller.author());
        names.writes(branch.session(), caller);
        CompletionStage<Long> head = ChangeRequests.needHead(items)
            ? branches.visit(branch, BranchView::revision) : CompletableFuture.completedStage(0L);
        return head.thenApply(revision -> requests.read(items, ChangeNames.of(caller), revision))
            .thenCompose(readable -> submit(branch, caller, readable))
            .thenApply(outcomes -> items.size() == 1 ? alone(outcomes) : ChangeAnswers.results(outcomes));
    }

    @POST
    @Path("/{changeId}/undo")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "undoChange", summary = "Undo a change of one's own",
        description = "Brings back what the change replaced, where nobody wrote since; what stays is told in notes. "
            + "To undo an undo is a redo.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "undo", value = """
            {"guest": {"name": "Importer", "color": "#336699", "secret": "kept-by-this-program-alone"}}""")))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "undone", value = """
            {"changeId": "api-y:0", "revision": 4, "notes": []}""")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "401", ref = "Unauthenticated")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "410", ref = "Closed")
    @APIResponse(responseCode = "423", ref = "Locked")
    @APIResponse(responseCode = "503", ref = "Unavailable")
    public CompletionStage<String> undo(
            @Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(example = "c-1:0") @PathParam("changeId") String changeId,
            @Parameter(ref = "IdempotencyKey") @HeaderParam("Idempotency-Key") String key, String body) {
        Fields fields = Requests.body(body, "guest", "branch");
        Caller caller = callers.read(fields, key, "undo " + changeId);
        var undo = new Submission.Undo(ChangeNames.of(caller).of(0), ChangeId.parse(changeId));
        BranchId branch = sessionBranches.findOpen(id, fields);
        branches.requireTakesPart(branch, caller.author());
        names.writes(branch.session(), caller);
        return branches.submit(branch, caller.author(), List.of(undo)).thenApply(ChangeAnswers::single);
    }

    private CompletionStage<List<Outcome>> submit(BranchId branch, Caller caller, ChangeRequests.Readable readable) {
        CompletionStage<List<Outcome>> decided = readable.edits().isEmpty()
            ? CompletableFuture.completedStage(List.of()) : branches.submit(branch, caller.author(), readable.edits());
        return decided.thenApply(outcomes -> {
            var all = new ArrayList<>(outcomes);
            if (outcomes.stream().allMatch(Outcome.Accepted.class::isInstance)) {
                readable.unread().ifPresent(all::add);
            }
            return all;
        });
    }

    private static String alone(List<Outcome> outcomes) {
        ChangeAnswers.single(outcomes);             // a refusal is the answer itself
        return ChangeAnswers.results(outcomes);
    }
}
