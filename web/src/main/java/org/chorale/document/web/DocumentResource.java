package org.chorale.document.web;

import static org.chorale.problem.ProblemType.INVALID_REQUEST;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.chorale.branch.web.SessionBranches;
import org.chorale.document.service.BranchView;
import org.chorale.document.service.History;
import org.chorale.platform.web.Requests;
import org.chorale.session.BranchId;
import org.chorale.session.web.SessionIdParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The document, as it is or as it was. */
@Path("/sessions/{sessionId}/document")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "document", description = "What people edit: the elements, the changes that made them, the conflicts.")
public class DocumentResource {
    @Inject
    private SessionBranches sessionBranches;
    @EJB
    private History history;
    @Inject
    private BranchCalls branches;

    @GET
    @Operation(operationId = "readDocument", summary = "Read the document",
        description = "As it is now, or as it was at a revision or at a time. Deleted elements are there, marked deleted.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "one box", value = """
            {"revision": 2, "document": {"conflicts": [], "elements": [{"elementType": "box", "id": "a", "order": "V", "parent": null, \
            "props": {"color": "#336699", "position": [0, 1, 0]}}]}, "hash": "9f86d081884c7d65"}""")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    @APIResponse(responseCode = "503", ref = "Unavailable")
    public CompletionStage<String> read(
            @Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(ref = "Branch") @QueryParam("branch") String branchName,
            @Parameter(description = "At this revision; 0 is the empty document.", example = "2") @QueryParam("revision") String revision,
            @Parameter(description = "At this time, RFC 3339 in UTC; not together with revision.", example = "2026-01-31T12:00:00Z")
            @QueryParam("at") String at) {
        BranchId branch = sessionBranches.find(id, branchName);
        if (revision != null && at != null) {
            throw INVALID_REQUEST.because("revision and at (expected: one of them)");
        }
        if (revision != null) {
            return past(branch, Requests.number("revision", revision, 0, Long.MAX_VALUE, 0));
        }
        if (at != null) {
            return past(branch, history.revisionAt(branch, Requests.instant("at", at)));
        }
        return branches.visit(branch, BranchView::snapshot);
    }

    private CompletionStage<String> past(BranchId branch, long revision) {
        return CompletableFuture.completedStage(history.documentAt(branch, revision));
    }
}
