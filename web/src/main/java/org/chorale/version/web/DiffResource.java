package org.chorale.version.web;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.chorale.branch.web.SessionBranches;
import org.chorale.document.Document;
import org.chorale.merge.Diff;
import org.chorale.merge.Difference;
import org.chorale.platform.web.Requests;
import org.chorale.session.BranchId;
import org.chorale.session.service.UserNames;
import org.chorale.session.web.SessionIdParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What differs between two revisions. */
@Path("/sessions/{sessionId}/diff")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "history")
public class DiffResource {
    private static final int DEFAULT_PAGE = 1_000;
    private static final int MAX_PAGE = 10_000;

    @EJB
    private UserNames names;
    @Inject
    private SessionBranches sessionBranches;
    @Inject
    private Revisions revisions;

    @GET
    @Operation(operationId = "readDiff", summary = "Compare two revisions",
        description = "Cell by cell, by element, and who wrote what is there at the second one.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "a colour", value = """
            {"from": 2, "to": 3, "differences": [{"element": "a", "elementType": "box", "cell": "property", "name": "color", \
            "before": "#336699", "after": "#cc3333", "by": {"userId": "g-a1b2c3d4e5f60718", "name": "Ana", "revision": 3, "at": "2026-01-31T12:00:00Z"}}]}""")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    public String read(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(ref = "Branch") @QueryParam("branch") String branchName,
            @Parameter(description = "A revision, a version's id, a branch, or name@revision; 0 is the empty document.", example = "2") @QueryParam("from") String from,
            @Parameter(description = "As from; the newest revision where absent.", example = "3") @QueryParam("to") String to,
            @Parameter(description = "How many, 1 to 10000.", example = "1000") @QueryParam("limit") String limit,
            @Parameter(description = "The nextCursor of the page before.") @QueryParam("cursor") String cursor) {
        int size = (int) Requests.number("limit", limit, 1, MAX_PAGE, DEFAULT_PAGE);
        int start = (int) Requests.number("cursor", cursor, 0, Integer.MAX_VALUE, 0);
        BranchId branch = sessionBranches.find(id, branchName);
        Document before = revisions.at(revisions.read(branch, "from", from));
        Document after = revisions.at(revisions.read(branch, "to", to));
        List<Difference> all = Diff.between(before, after);
        List<Difference> page = all.subList(Math.min(start, all.size()), (int) Math.min((long) start + size, all.size()));
        boolean hasMore = (long) start + size < all.size();
        return DiffAnswers.page(before, after, page, names.of(branch.session(), DiffAnswers.authors(after, page)), hasMore ? Integer.toString(start + size) : null);
    }
}
