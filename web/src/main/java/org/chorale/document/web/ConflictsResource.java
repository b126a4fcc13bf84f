package org.chorale.document.web;

import static org.chorale.problem.ProblemType.CONFLICT_NOT_FOUND;
import static org.chorale.problem.ProblemType.INVALID_REQUEST;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.chorale.branch.web.SessionBranches;
import org.chorale.conflict.ConflictRecord;
import org.chorale.document.Change;
import org.chorale.document.codec.ConflictCodec;
import org.chorale.document.codec.Fields;
import org.chorale.document.codec.Json;
import org.chorale.document.codec.OperationCodec;
import org.chorale.document.service.BranchView;
import org.chorale.document.service.ConflictState;
import org.chorale.document.service.Submission;
import org.chorale.operation.ConflictId;
import org.chorale.operation.Operation;
import org.chorale.platform.web.Requests;
import org.chorale.realtime.web.Rooms;
import org.chorale.session.BranchId;
import org.chorale.session.Participant;
import org.chorale.session.web.Caller;
import org.chorale.session.web.Callers;
import org.chorale.session.web.KnownNames;
import org.chorale.session.web.SessionIdParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The conflicts that people have to decide, and those that they did. */
@Path("/sessions/{sessionId}/conflicts")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "document")
public class ConflictsResource {
    private static final String EXAMPLE = """
        {"id": "12-0", "element": "p1", "path": ["value"], "status": "OPEN", "current": {"value": 4, "userId": "g-a1b2c3d4e5f60718"}, \
        "candidates": [{"value": 5, "previous": 3, "revision": 12, "clientId": "c-2", "userId": "g-0f1e2d3c4b5a6978", \
        "at": "2026-01-31T12:00:00Z"}]}""";

    @Inject
    private SessionBranches sessionBranches;
    @Inject
    private BranchCalls branches;
    @Inject
    private Rooms rooms;
    @Inject
    private Callers callers;
    @Inject
    private KnownNames names;

    @GET
    @org.eclipse.microprofile.openapi.annotations.Operation(operationId = "listConflicts", summary = "List conflicts",
        description = "In the order of their opening.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "one of them", value = "{\"conflicts\": [" + EXAMPLE + "]}")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "503", ref = "Unavailable")
    public CompletionStage<String> list(
            @Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(ref = "Branch") @QueryParam("branch") String branchName,
            @Parameter(description = "Only those that stand so.", schema = @Schema(enumeration = {"OPEN", "RESOLVED", "SUPERSEDED"}))
            @QueryParam("status") String status) {
        BranchId branch = sessionBranches.find(id, branchName);
        Optional<ConflictRecord.Status> wanted = Optional.ofNullable(status).map(ConflictsResource::status);
        return branches.visit(branch, BranchView::conflicts).thenApply(all -> {
            var found = all.stream().filter(each -> wanted.isEmpty() || each.record().status() == wanted.get()).toList();
            Function<String, Optional<String>> names = namesOn(branch);
            return Json.write(json -> {
                json.writeStartObject();
                json.writeArrayFieldStart("conflicts");
                for (ConflictState each : found) {
                    write(json, each, names);
                }
                json.writeEndArray();
                json.writeEndObject();
            });
        });
    }

    @GET
    @Path("/{conflictId}")
    @org.eclipse.microprofile.openapi.annotations.Operation(operationId = "readConflict", summary = "Read a conflict")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "open", value = EXAMPLE)))
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "503", ref = "Unavailable")
    public CompletionStage<String> read(
            @Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(example = "12-0") @PathParam("conflictId") String conflictId,
            @Parameter(ref = "Branch") @QueryParam("branch") String branchName) {
        BranchId branch = sessionBranches.find(id, branchName);
        var wanted = new ConflictId(conflictId);
        return branches.visit(branch, view -> view.conflicts().stream()
                .filter(each -> each.record().id().equals(wanted)).findFirst()
                .orElseThrow(() -> CONFLICT_NOT_FOUND.because("conflict: \"" + wanted + "\" (expected: one of the document's)")))
            .thenApply(found -> Json.write(json -> write(json, found, namesOn(branch))));
    }

    @POST
    @Path("/{conflictId}/resolution")
    @Consumes(MediaType.APPLICATION_JSON)
    @org.eclipse.microprofile.openapi.annotations.Operation(operationId = "resolveConflict", summary = "Decide a conflict",
        description = "With seenRevision, the newest revision the decision knows of, it is refused where the conflict changed since.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "another value", value = """
            {"guest": {"name": "Ana", "color": "#336699", "secret": "kept-by-this-program-alone"}, "choice": "VALUE", "value": 4.5, \
            "seenRevision": 12}""")))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "decided", value = """
            {"changeId": "api-z:0", "revision": 13, "notes": []}""")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "401", ref = "Unauthenticated")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    @APIResponse(responseCode = "410", ref = "Closed")
    @APIResponse(responseCode = "423", ref = "Locked")
    @APIResponse(responseCode = "503", ref = "Unavailable")
    public CompletionStage<String> resolve(
            @Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(example = "12-0") @PathParam("conflictId") String conflictId,
            @Parameter(ref = "IdempotencyKey") @HeaderParam("Idempotency-Key") String key, String body) {
        Fields fields = Requests.body(body, "guest", "choice", "value", "seenRevision", "branch");
        Caller caller = callers.read(fields, key, "resolution " + conflictId);
        Operation resolve = resolution(fields, conflictId);
        Optional<Long> seen = fields.optionalInteger("seenRevision");
        BranchId branch = sessionBranches.findOpen(id, fields);
        branches.requireTakesPart(branch, caller.author());
        names.writes(branch.session(), caller);
        CompletionStage<Long> base = seen.<CompletionStage<Long>>map(CompletableFuture::completedStage)
            .orElseGet(() -> branches.visit(branch, BranchView::revision));
        return base.thenCompose(revision -> {
            var change = new Change(ChangeNames.of(caller).of(0), revision, revision, List.of(resolve));
            return branches.submit(branch, caller.author(), List.of(new Submission.Edit(change)));
        }).thenApply(ChangeAnswers::single);
    }

    private static Operation resolution(Fields fields, String conflictId) {
        ObjectNode operation = Json.MAPPER.createObjectNode()
            .put("op", "resolve").put("conflict", conflictId).put("choice", fields.text("choice"));
        fields.present("value").ifPresent(value -> operation.set("value", value));
        return OperationCodec.readSubmitted(operation);
    }

    private static ConflictRecord.Status status(String text) {
        return Arrays.stream(ConflictRecord.Status.values()).filter(status -> status.name().equals(text)).findFirst()
            .orElseThrow(() -> INVALID_REQUEST.because("status (expected: one of " + List.of(ConflictRecord.Status.values()) + ")"));
    }

    private static void write(JsonGenerator json, ConflictState state, Function<String, Optional<String>> names) throws IOException {
        ConflictCodec.write(json, state.record(), state.current(), state.userId(), names);
    }

    /** Those who are here are known by name. */
    private Function<String, Optional<String>> namesOn(BranchId branch) {
        List<Participant> here = rooms.participantsOn(branch);
        return userId -> here.stream().filter(each -> each.userId().equals(userId)).map(Participant::name).findFirst();
    }
}
