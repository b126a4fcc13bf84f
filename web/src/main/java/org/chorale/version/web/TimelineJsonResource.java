package org.chorale.version.web;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.chorale.branch.web.SessionBranches;
import org.chorale.document.service.Timeline;
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

/** A branch's past as one file for programs. */
@Path("/sessions/{sessionId}/timeline.json")
@RequestScoped
@Tag(name = "history")
public class TimelineJsonResource {
    @Inject
    private SessionBranches sessionBranches;
    @Inject
    private Timeline timeline;
    @Inject
    private TimelineStreams streams;

    @GET
    @Produces("application/json")
    @Operation(operationId = "exportTimelineJson", summary = "Take the past along as JSON",
        description = "An array with an entry for each change, in their order; sent while it is read. One that ends without its closing "
            + "bracket is not whole.")
    @APIResponse(responseCode = "200", content = @Content(mediaType = "application/json", schema = @Schema(type = SchemaType.ARRAY),
        examples = @ExampleObject(name = "one change", value = """
            [{"revision": 1, "at": "2026-01-31T12:00:00Z", "kind": "edit", "changeId": "c-1:0", "userId": "g-a1b2c3d4e5f60718", "name": "Ana", \
            "operations": [{"op": "create", "id": "a", "elementType": "box", "parent": null, "order": "V"}]}]""")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "503", ref = "Unavailable")
    public Response read(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(description = "Of this branch; main where absent.") @QueryParam("branch") String branchName,
            @Parameter(description = "The first revision, 1 where absent.", example = "1") @QueryParam("from") String from,
            @Parameter(description = "The last revision, the newest where absent.") @QueryParam("to") String to,
            @Parameter(description = "How many changes at most; all where absent.") @QueryParam("limit") String limit) {
        BranchId branch = sessionBranches.find(id, branchName);
        Timeline.Range asked = TimelineResource.range(timeline, branch, from, to);
        long most = Requests.number("limit", limit, 1, Long.MAX_VALUE, Long.MAX_VALUE);
        Timeline.Range range = asked.first(most);
        return Response.ok(streams.json(branch, range)).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }
}
