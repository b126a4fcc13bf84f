package org.chorale.mergerequest.web;

import static org.chorale.problem.ProblemType.MERGE_OVERTAKEN;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.chorale.access.Action;
import org.chorale.document.ChangeId;
import org.chorale.document.codec.Fields;
import org.chorale.document.service.Outcome;
import org.chorale.document.web.BranchCalls;
import org.chorale.document.web.ChangeAnswers;
import org.chorale.document.web.ChangeNames;
import org.chorale.merge.Diff;
import org.chorale.merge.Difference;
import org.chorale.mergerequest.Comment;
import org.chorale.mergerequest.Contributor;
import org.chorale.mergerequest.MergeRequest;
import org.chorale.mergerequest.MergeRequestId;
import org.chorale.mergerequest.Status;
import org.chorale.mergerequest.Verdict;
import org.chorale.mergerequest.service.MergeRequestService;
import org.chorale.mergerequest.service.Merges;
import org.chorale.mergerequest.web.MergeRequestBodies.CommentBody;
import org.chorale.mergerequest.web.MergeRequestBodies.CommentPage;
import org.chorale.mergerequest.web.MergeRequestBodies.MergeRequestBody;
import org.chorale.platform.web.Requests;
import org.chorale.session.BranchId;
import org.chorale.session.SessionId;
import org.chorale.session.service.SessionService;
import org.chorale.session.service.UserNames;
import org.chorale.session.web.Caller;
import org.chorale.session.web.Callers;
import org.chorale.session.web.SessionIdParam;
import org.chorale.version.web.DiffAnswers;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** One merge request: what it is about, what people say and choose, and the merge itself. */
@Path("/sessions/{sessionId}/merge-requests/{mergeRequestId}")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "history")
public class MergeRequestResource {
    /** HSQLDB counts from 0. */
    private static final long BEFORE_THE_FIRST = -1;
    private static final int DEFAULT_DIFF = 1_000;
    private static final int MAX_DIFF = 10_000;
    private static final int DEFAULT_COMMENTS = 50;
    private static final int MAX_COMMENTS = 200;
    /** So often a merge that another one overtook is worked out again. */
    private static final int ATTEMPTS = 5;

    @EJB
    private SessionService sessions;
    @EJB
    private MergeRequestService requests;
    @EJB
    private Merges merges;
    @EJB
    private UserNames names;
    @Inject
    private MergeRequestCalls calls;
    @Inject
    private BranchCalls branches;
    @Inject
    private Callers callers;

    @GET
    @Operation(operationId = "readMergeRequest", summary = "Read a merge request")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = MergeRequestBody.class)))
    @APIResponse(responseCode = "404", ref = "NotFound")
    public MergeRequestBody read(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(example = "m4") @PathParam("mergeRequestId") String request) {
        return calls.body(find(id, request));
    }

    private MergeRequest find(SessionIdParam id, String request) {
        return requests.find(sessions.find(id.value()).id(), MergeRequestId.parse(request));
    }

    @PATCH
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "changeMergeRequest", summary = "Describe, close or reopen a merge request",
        description = "For its author, or who may change SETTINGS. What is merged stays so.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "another title", value = """
            {"guest": {"name": "Ana", "color": "#336699", "secret": "kept-by-this-program-alone"}, "title": "A flat roof, after all"}""")))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = MergeRequestBody.class)))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    @APIResponse(responseCode = "410", ref = "Closed")
    public MergeRequestBody change(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(example = "m4") @PathParam("mergeRequestId") String request, String body) {
        Fields fields = Requests.body(body, "guest", "title", "description", "reviewers", "status");
        Caller caller = callers.read(fields, null, "merge-request");
        SessionId session = sessions.findOpen(id.value()).id();
        var change = new MergeRequestService.Change(fields.optionalText("title"), fields.optionalText("description"),
            MergeRequestCalls.userIds(fields, "reviewers").map(userIds -> calls.named(session, userIds)),
            MergeRequestCalls.status(fields.optionalText("status"), Status.OPEN, Status.CLOSED));
        MergeRequest before = requests.find(session, MergeRequestId.parse(request));
        if (change.status().equals(Optional.of(Status.OPEN)) && !before.isOpen()) {
            merges.pair(session, before.source(), before.target());         // the branches may be gone by now
        }
        return calls.told(requests.change(session, before.id(), MergeRequestCalls.contributor(caller), change));
    }

    @GET
    @Path("/diff")
    @Operation(operationId = "readMergeRequestDiff", summary = "Read what a merge request brings",
        description = "What the source has that the base has not, as GET diff tells it; for a merged request, what it had then.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "a colour", value = """
            {"from": 2, "to": 3, "differences": [{"element": "a", "elementType": "box", "cell": "property", "name": "color", \
            "before": "#336699", "after": "#cc3333", "by": {"userId": "g-a1b2c3d4e5f60718", "revision": 3, "at": "2026-01-31T12:00:00Z"}}]}""")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public String diff(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(example = "m4") @PathParam("mergeRequestId") String request,
            @Parameter(description = "How many, 1 to 10000.", example = "1000") @QueryParam("limit") String limit,
            @Parameter(description = "The nextCursor of the page before.") @QueryParam("cursor") String cursor) {
        int size = (int) Requests.number("limit", limit, 1, MAX_DIFF, DEFAULT_DIFF);
        int start = (int) Requests.number("cursor", cursor, 0, Integer.MAX_VALUE, 0);
        SessionId session = sessions.find(id.value()).id();
        Merges.Sides sides = merges.changes(requests.find(session, MergeRequestId.parse(request)));
        List<Difference> all = Diff.between(sides.base(), sides.theirs());
        List<Difference> page = all.subList(Math.min(start, all.size()), (int) Math.min((long) start + size, all.size()));
        boolean hasMore = (long) start + size < all.size();
        return DiffAnswers.page(sides.base(), sides.theirs(), page,
            names.of(session, DiffAnswers.authors(sides.theirs(), page)), hasMore ? Integer.toString(start + size) : null);
    }

    // ---- what people decide

    @GET
    @Path("/conflicts")
    @Operation(operationId = "listMergeConflicts", summary = "List a merge request's conflicts",
        description = "As they are now, with what was chosen: ours is the target's value, theirs the source's. A choice lapses when one of the two changes.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "a colour", value = """
            {"conflicts": [{"element": "a", "cell": "property", "name": "color", "elementType": "box", "reason": "BOTH_CHANGED", \
            "base": "#336699", "ours": "#cc3333", "theirs": "#33cc33", "choices": ["OURS", "THEIRS", "VALUE"]}]}""")))
    @APIResponse(responseCode = "404", ref = "NotFound")
    public String conflicts(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(example = "m4") @PathParam("mergeRequestId") String request) {
        return MergeConflictAnswers.all(merges.conflicts(find(id, request)));
    }

    @PUT
    @Path("/choices")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "chooseForMerge", summary = "Choose for a merge request's conflicts",
        description = "Choices for other conflicts stay. With ours or theirs a choice is refused where the conflict has other values by now.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "their colour", value = """
            {"guest": {"name": "Ana", "color": "#336699", "secret": "kept-by-this-program-alone"}, "choices": [{"element": "a", \
            "cell": "property", "name": "color", "choice": "THEIRS", "ours": "#cc3333", "theirs": "#33cc33"}]}""")))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "nothing left", value = "{\"conflicts\": []}")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "401", ref = "Unauthenticated")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    @APIResponse(responseCode = "410", ref = "Closed")
    public String choose(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(example = "m4") @PathParam("mergeRequestId") String request, String body) {
        Fields fields = Requests.body(body, "guest", "choices");
        Caller caller = callers.read(fields, null, "merge-choices");
        SessionId session = sessions.findOpen(id.value()).id();
        Contributor by = calls.require(session, caller, Action.RESOLVE);
        MergeRequest found = requests.find(session, MergeRequestId.parse(request));
        List<Merges.Conflict> conflicts = merges.choose(found, by, calls.wishes(fields));
        calls.tell(found);
        return MergeConflictAnswers.all(conflicts);
    }

    // ---- what people say

    @POST
    @Path("/comments")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "commentMergeRequest", summary = "Say something about a merge request")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "a question", value = """
            {"guest": {"name": "Ana", "color": "#336699", "secret": "kept-by-this-program-alone"}, "text": "Where does the water go?"}""")))
    @APIResponse(responseCode = "201", description = "Said.", content = @Content(schema = @Schema(implementation = CommentBody.class)))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "401", ref = "Unauthenticated")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "410", ref = "Closed")
    @APIResponse(responseCode = "413", ref = "TooLarge")
    public Response comment(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(example = "m4") @PathParam("mergeRequestId") String request, String body) {
        Fields fields = Requests.body(body, "guest", "text");
        Caller caller = callers.read(fields, null, "merge-comments");
        SessionId session = sessions.findOpen(id.value()).id();
        Contributor author = calls.require(session, caller, Action.CHAT);
        Comment comment = requests.comment(session, MergeRequestId.parse(request), author, fields.text("text"));
        calls.tell(requests.find(session, MergeRequestId.parse(request)));
        return Response.status(Response.Status.CREATED).entity(CommentBody.of(comment)).build();
    }

    @GET
    @Path("/comments")
    @Operation(operationId = "listMergeComments", summary = "List what was said about a merge request", description = "The oldest first.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CommentPage.class)))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public CommentPage comments(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(example = "m4") @PathParam("mergeRequestId") String request,
            @Parameter(description = "How many, 1 to 200.", example = "50") @QueryParam("limit") String limit,
            @Parameter(description = "The nextCursor of the page before.") @QueryParam("cursor") String cursor) {
        int size = (int) Requests.number("limit", limit, 1, MAX_COMMENTS, DEFAULT_COMMENTS);
        long after = Requests.number("cursor", cursor, 0, Long.MAX_VALUE, BEFORE_THE_FIRST);
        List<Comment> found = requests.comments(find(id, request), after, size + 1);
        List<Comment> page = found.subList(0, Math.min(size, found.size()));
        return new CommentPage(page.stream().map(CommentBody::of).toList(),
            found.size() > size ? Long.toString(page.getLast().number()) : null);
    }

    @POST
    @Path("/reviews")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "reviewMergeRequest", summary = "Approve of a merge request, or want changes",
        description = "Not its author. A verdict is about the source as it is now: once that changes, it counts no more.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "approved", value = """
            {"guest": {"name": "Ben", "color": "#993366", "secret": "kept-by-that-program-alone"}, "verdict": "APPROVED"}""")))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = MergeRequestBody.class)))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "401", ref = "Unauthenticated")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    @APIResponse(responseCode = "410", ref = "Closed")
    public MergeRequestBody review(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(example = "m4") @PathParam("mergeRequestId") String request, String body) {
        Fields fields = Requests.body(body, "guest", "verdict", "text");
        Caller caller = callers.read(fields, null, "merge-reviews");
        SessionId session = sessions.findOpen(id.value()).id();
        Contributor reviewer = calls.require(session, caller, Action.EDIT);
        Verdict verdict = fields.constant("verdict", Verdict.class);
        MergeRequest found = requests.find(session, MergeRequestId.parse(request));
        found.requireOpen();
        long head = merges.pair(session, found.source(), found.target()).source().head();
        Optional<String> text = fields.optionalText("text").filter(said -> !said.isBlank());
        MergeRequest reviewed = requests.review(session, found.id(), reviewer, verdict, head, text);
        return calls.told(reviewed);
    }

    // ---- merging

    @POST
    @Path("/merge")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "merge", summary = "Merge",
        description = "As one ordinary change on the target's newest revision, which can be undone, and for which one needs the right to do all that "
            + "it does; MERGE too where the target is protected. Where there is nothing to do there is no change, and the request is merged all the same.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "merge", value = """
            {"guest": {"name": "Ana", "color": "#336699", "secret": "kept-by-this-program-alone"}}""")))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "merged", value = """
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
    public CompletionStage<String> merge(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(example = "m4") @PathParam("mergeRequestId") String request,
            @Parameter(ref = "IdempotencyKey") @HeaderParam("Idempotency-Key") String key, String body) {
        Fields fields = Requests.body(body, "guest");
        Caller caller = callers.read(fields, key, "merge " + request);
        SessionId session = sessions.findOpen(id.value()).id();
        calls.require(session, caller, Action.EDIT);
        MergeRequest found = requests.find(session, MergeRequestId.parse(request));
        ChangeId change = ChangeNames.of(caller).of(0);
        return merges.known(found, change).map(MergeRequestResource::answered)
            .orElseGet(() -> merge(found, caller, change, ATTEMPTS)).thenApply(outcomes -> {
                String answer = ChangeAnswers.single(outcomes);
                calls.tell(requests.find(session, found.id()));
                return answer;
            });
    }

    private static CompletionStage<List<Outcome>> answered(Outcome known) {
        return CompletableFuture.completedStage(List.of(known));
    }

    private CompletionStage<List<Outcome>> merge(MergeRequest request, Caller caller, ChangeId change, int attempts) {
        var target = new BranchId(request.session(), request.target());
        return branches.submit(target, caller.author(), List.of(merges.toMerge(request, MergeRequestCalls.contributor(caller), change)))
            .thenCompose(outcomes -> {
                boolean overtaken = outcomes.getFirst() instanceof Outcome.Refused(var id, var problem) && problem.type() == MERGE_OVERTAKEN;
                return overtaken && attempts > 1
                    ? merge(requests.find(request.session(), request.id()), caller, change, attempts - 1)
                    : CompletableFuture.completedStage(outcomes);
            });
    }
}
