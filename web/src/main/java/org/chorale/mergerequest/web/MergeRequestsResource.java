package org.chorale.mergerequest.web;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.chorale.access.Action;
import org.chorale.document.codec.Fields;
import org.chorale.mergerequest.Contributor;
import org.chorale.mergerequest.MergeRequest;
import org.chorale.mergerequest.MergeRequestId;
import org.chorale.mergerequest.NewMergeRequest;
import org.chorale.mergerequest.Status;
import org.chorale.mergerequest.service.MergeRequestService;
import org.chorale.mergerequest.service.Merges;
import org.chorale.mergerequest.web.MergeRequestBodies.MergeRequestBody;
import org.chorale.mergerequest.web.MergeRequestBodies.MergeRequestPage;
import org.chorale.platform.web.Requests;
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

/** A session's merge requests. */
@Path("/sessions/{sessionId}/merge-requests")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "history")
public class MergeRequestsResource {
    private static final int DEFAULT_PAGE = 20;
    private static final int MAX_PAGE = 100;

    @EJB
    private SessionService sessions;
    @EJB
    private MergeRequestService requests;
    @EJB
    private Merges merges;
    @Inject
    private MergeRequestCalls calls;
    @Inject
    private Callers callers;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "openMergeRequest", summary = "Ask for a merge",
        description = "Of a branch into the one that it was forked from, or the other way round; into the source's parent where no target is given.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "a roof", value = """
            {"guest": {"name": "Ana", "color": "#336699", "secret": "kept-by-this-program-alone"}, "source": "flat roof", "target": "main", \
            "title": "A flat roof", "description": "It rains less."}""")))
    @APIResponse(responseCode = "201", description = "Asked.", content = @Content(schema = @Schema(implementation = MergeRequestBody.class)))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "401", ref = "Unauthenticated")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    @APIResponse(responseCode = "410", ref = "Closed")
    @APIResponse(responseCode = "413", ref = "TooLarge")
    public Response open(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id, String body) {
        Fields fields = Requests.body(body, "guest", "source", "target", "title", "description", "reviewers");
        Caller caller = callers.read(fields, null, "merge-requests");
        SessionId session = sessions.findOpen(id.value()).id();
        Contributor author = calls.require(session, caller, Action.EDIT);
        List<String> reviewers = MergeRequestCalls.userIds(fields, "reviewers").orElse(List.of());
        var asked = new NewMergeRequest(fields.text("source"), fields.optionalText("target"), fields.text("title"),
            fields.optionalText("description"), reviewers);
        String target = merges.pair(session, asked).target().id().name();
        MergeRequest request = requests.create(session, asked, target, author, calls.named(session, reviewers));
        return Response.status(Response.Status.CREATED).entity(calls.told(request)).build();
    }

    @GET
    @Operation(operationId = "listMergeRequests", summary = "List merge requests", description = "The newest first.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = MergeRequestPage.class)))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public MergeRequestPage list(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(description = "Only those that stand so.", schema = @Schema(enumeration = {"open", "merged", "closed"}))
            @QueryParam("status") String status,
            @Parameter(description = "How many, 1 to 100.", example = "20") @QueryParam("limit") String limit,
            @Parameter(description = "The nextCursor of the page before.") @QueryParam("cursor") String cursor) {
        int size = (int) Requests.number("limit", limit, 1, MAX_PAGE, DEFAULT_PAGE);
        SessionId session = sessions.find(id.value()).id();
        List<MergeRequest> found = requests.list(session, MergeRequestCalls.status(Optional.ofNullable(status), Status.values()),
            Optional.ofNullable(cursor).map(MergeRequestId::parse), size + 1);
        List<MergeRequest> page = found.subList(0, Math.min(size, found.size()));
        return new MergeRequestPage(page.stream().map(calls::body).toList(), found.size() > size ? page.getLast().id().toString() : null);
    }
}
