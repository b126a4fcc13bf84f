package org.chorale.access.web;

import static org.chorale.problem.ProblemType.INVALID_REQUEST;
import static org.chorale.problem.ProblemType.UNAUTHENTICATED;

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
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.chorale.access.Report;
import org.chorale.access.service.Credentials;
import org.chorale.access.service.ModerationService;
import org.chorale.access.service.User;
import org.chorale.access.web.AccessBodies.ReportBody;
import org.chorale.access.web.AccessBodies.ReportList;
import org.chorale.document.codec.Fields;
import org.chorale.platform.web.Requests;
import org.chorale.session.web.Callers;
import org.chorale.session.web.OwnerKey;
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

/** What people tell the moderators. */
@Path("/sessions/{sessionId}/reports")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "moderation")
public class ReportsResource {
    private static final int DEFAULT_PAGE = 50;
    private static final int MAX_PAGE = 200;

    @EJB
    private ModerationService moderation;
    @Inject
    private Callers callers;
    @Inject
    private Clock clock;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "report", summary = "Report somebody or something", description = "A user, an element or a chat message.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "a message", value = """
            {"guest": {"name": "Ana", "color": "#336699", "secret": "kept-by-this-program-alone"}, "messageId": "42", "reason": "Insulting"}""")))
    @APIResponse(responseCode = "201", description = "Stored.", content = @Content(schema = @Schema(implementation = ReportBody.class)))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "401", ref = "Unauthenticated")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "410", ref = "Closed")
    @APIResponse(responseCode = "413", ref = "TooLarge")
    public Response report(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(ref = "Caller") @HeaderParam(Callers.GUEST_HEADER) String guest, String body) {
        Fields fields = Requests.body(body, "guest", "userId", "element", "messageId", "reason");
        Credentials caller = callers.credentials(null, guest, fields);
        User who = caller.user().orElseThrow(() -> UNAUTHENTICATED.because("guest (expected: who reports, or Authorization: Bearer)"));
        var report = new Report(0, who.userId(), fields.optionalText("userId"), fields.optionalText("element"),
            fields.optionalText("messageId").map(ReportsResource::number), fields.text("reason"), clock.instant()
                .truncatedTo(ChronoUnit.MILLIS));
        return Response.status(Response.Status.CREATED).entity(ReportBody.of(moderation.report(id.value(), caller, report))).build();
    }

    private static Long number(String messageId) {
        if (messageId.length() > 18 || messageId.isEmpty() || !messageId.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw INVALID_REQUEST.because("messageId (expected: a chat message's id)");
        }
        return Long.valueOf(messageId);
    }

    @GET
    @Operation(operationId = "listReports", summary = "List reports", description = "For moderators; the newest first.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ReportList.class)))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public ReportList list(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(description = "How many, 1 to 200.", example = "50") @QueryParam("limit") String limit,
            @Parameter(description = "The nextCursor of the page before.") @QueryParam("cursor") String cursor,
            @Parameter(ref = "OwnerKey") @HeaderParam(OwnerKey.HEADER) String ownerKey,
            @Parameter(ref = "Caller") @HeaderParam(Callers.GUEST_HEADER) String guest) {
        int size = (int) Requests.number("limit", limit, 1, MAX_PAGE, DEFAULT_PAGE);
        long before = Requests.number("cursor", cursor, 0, Long.MAX_VALUE, Long.MAX_VALUE);
        List<Report> found = moderation.reports(id.value(), callers.credentials(ownerKey, guest), before, size + 1);
        List<Report> page = found.subList(0, Math.min(size, found.size()));
        Optional<String> next = found.size() > size ? Optional.of(Long.toString(page.getLast().id())) : Optional.empty();
        return new ReportList(page.stream().map(ReportBody::of).toList(), next.orElse(null));
    }
}
