package org.chorale.version.web;

import static org.chorale.problem.ProblemType.LIMIT_EXCEEDED;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.chorale.access.Action;
import org.chorale.access.service.AccessDirectory;
import org.chorale.branch.web.SessionBranches;
import org.chorale.document.codec.Fields;
import org.chorale.document.service.LimitsConfig;
import org.chorale.document.service.Submission;
import org.chorale.document.web.BranchCalls;
import org.chorale.document.web.ChangeAnswers;
import org.chorale.document.web.ChangeNames;
import org.chorale.operation.ElementId;
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

/** Going back, by one more change: nothing of what came after is lost. */
@Path("/sessions/{sessionId}/revert")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "history")
public class RevertResource {
    @Inject
    private Clock clock;
    @Inject
    private SessionBranches sessionBranches;
    @Inject
    private BranchCalls branches;
    @Inject
    private Revisions revisions;
    @Inject
    private LimitsConfig limits;
    @Inject
    private Callers callers;
    @Inject
    private KnownNames names;
    @Inject
    private AccessDirectory access;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "revert", summary = "Make the document what it was",
        description = "As one ordinary change on the newest revision, which can be undone, and for which one needs the right to do all that it "
            + "does. With elements these alone. Where everything is so already the answer is the newest revision, and there is no change.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "to a version", value = """
            {"guest": {"name": "Ana", "color": "#336699", "secret": "kept-by-this-program-alone"}, "to": "v42"}""")))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "reverted", value = """
            {"changeId": "api-x:0", "revision": 118, "notes": []}""")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "401", ref = "Unauthenticated")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    @APIResponse(responseCode = "410", ref = "Closed")
    @APIResponse(responseCode = "413", ref = "TooLarge")
    @APIResponse(responseCode = "423", ref = "Locked")
    @APIResponse(responseCode = "503", ref = "Unavailable")
    public CompletionStage<String> revert(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(ref = "IdempotencyKey") @HeaderParam("Idempotency-Key") String key, String body) {
        Fields fields = Requests.body(body, "guest", "to", "elements", "branch");
        Caller caller = callers.read(fields, key, "revert");
        Set<ElementId> elements = elements(fields);
        BranchId branch = sessionBranches.findOpen(id, fields);
        access.of(branch.session()).require(caller.userId(), Action.EDIT, clock.instant());
        names.writes(branch.session(), caller);
        Revisions.Point past = revisions.read(branch, "to", fields.required("to").asText());
        var revert = new Submission.Revert(ChangeNames.of(caller).of(0), revisions.at(past), elements);
        return branches.submit(branch, caller.author(), List.of(revert)).thenApply(ChangeAnswers::single);
    }

    private Set<ElementId> elements(Fields fields) {
        if (fields.optional("elements").isEmpty()) {
            return Set.of();
        }
        List<JsonNode> items = fields.items("elements", item -> item);
        if (items.isEmpty() || !items.stream().allMatch(JsonNode::isTextual)) {
            throw fields.expected("elements", "at least one element's id");
        }
        List<ElementId> named = items.stream().map(item -> ElementId.of(item.textValue())).toList();
        if (named.size() > limits.operationsPerChange) {
            throw LIMIT_EXCEEDED.because("elements: " + named.size() + " (expected: at most " + limits.operationsPerChange + ")");
        }
        return named.stream().collect(Collectors.toSet());
    }
}
