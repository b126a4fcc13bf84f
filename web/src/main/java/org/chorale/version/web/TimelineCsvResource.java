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
import org.chorale.session.BranchId;
import org.chorale.session.Session;
import org.chorale.session.SessionKind;
import org.chorale.session.service.SessionService;
import org.chorale.session.web.SessionIdParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A branch's past as one file for spreadsheets. */
@Path("/sessions/{sessionId}/timeline.csv")
@RequestScoped
@Tag(name = "history")
public class TimelineCsvResource {
    @EJB
    private SessionService sessions;
    @Inject
    private SessionBranches sessionBranches;
    @Inject
    private Timeline timeline;
    @Inject
    private TimelineStreams streams;

    @GET
    @Produces("text/csv; charset=utf-8")
    @Operation(operationId = "exportTimelineCsv", summary = "Take the past along as a table",
        description = "In a session of kind parameters a row for each change that moved one, with the values of all of them behind it; else "
            + "a row for each change. What people wrote and a spreadsheet would take for a formula begins with an apostrophe.")
    @APIResponse(responseCode = "200", content = @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING),
        examples = @ExampleObject(name = "two parameters", value = "revision,at,userId,name,kappa,mu\r\n"
            + "2,2026-01-31T12:00:00Z,g-a1b2c3d4e5f60718,Ana,0.5,1.25\r\n")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "503", ref = "Unavailable")
    public Response read(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(description = "Of this branch; main where absent.") @QueryParam("branch") String branchName,
            @Parameter(description = "The first revision, 1 where absent.", example = "1") @QueryParam("from") String from,
            @Parameter(description = "The last revision, the newest where absent.") @QueryParam("to") String to) {
        Session session = sessions.find(id.value());
        BranchId branch = sessionBranches.find(id, branchName);
        Timeline.Range range = TimelineResource.range(timeline, branch, from, to);
        var table = session.kind() == SessionKind.PARAMETERS ? streams.parameters(branch, range) : streams.edits(branch, range);
        return Response.ok(table).header(HttpHeaders.CACHE_CONTROL, "no-store")
            .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"chorale-" + session.id() + ".csv\"").build();
    }
}
