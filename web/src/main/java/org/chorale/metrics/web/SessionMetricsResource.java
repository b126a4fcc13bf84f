package org.chorale.metrics.web;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.chorale.access.service.AccessService;
import org.chorale.conflict.ConflictRecord;
import org.chorale.document.service.BranchView;
import org.chorale.document.service.ConflictState;
import org.chorale.document.web.BranchCalls;
import org.chorale.metrics.web.SessionMetricsBodies.ConflictNumbers;
import org.chorale.metrics.web.SessionMetricsBodies.SessionMetrics;
import org.chorale.realtime.web.Rooms;
import org.chorale.session.BranchId;
import org.chorale.session.Session;
import org.chorale.session.service.SessionMetricsService;
import org.chorale.session.web.Callers;
import org.chorale.session.web.OwnerKey;
import org.chorale.session.web.SessionIdParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How large and how busy a session is, for its owner. */
@Path("/sessions/{sessionId}/metrics")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "sessions")
public class SessionMetricsResource {
    @EJB
    private AccessService access;
    @EJB
    private SessionMetricsService metrics;
    @Inject
    private BranchCalls branches;
    @Inject
    private Callers callers;
    @Inject
    private Rooms rooms;

    @GET
    @Operation(operationId = "readSessionMetrics", summary = "Read a session's numbers", description = "For its owner; counted when asked.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = SessionMetrics.class)))
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "503", ref = "Unavailable")
    public CompletionStage<SessionMetrics> read(
            @Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(description = "The ownerKey given when the session was created.") @HeaderParam(OwnerKey.HEADER) String ownerKey,
            @Parameter(ref = "Caller") @HeaderParam(Callers.GUEST_HEADER) String guest) {
        Session session = access.findManaged(id.value(), callers.credentials(ownerKey, guest));
        SessionMetricsService.Stored stored = metrics.stored(session.id());
        int participants = rooms.participants(session.id());
        return branches.visit(BranchId.main(session.id()), view -> metrics(session, stored, participants, view));
    }

    private static SessionMetrics metrics(Session session, SessionMetricsService.Stored stored, int participants, BranchView view) {
        List<ConflictRecord.Status> conflicts = view.conflicts().stream().map(ConflictState::record).map(ConflictRecord::status).toList();
        var numbers = new ConflictNumbers(count(conflicts, ConflictRecord.Status.OPEN), count(conflicts, ConflictRecord.Status.RESOLVED),
            count(conflicts, ConflictRecord.Status.SUPERSEDED));
        return new SessionMetrics(view.revision(), view.liveElements(), numbers, view.locks().size(), participants,
            stored.changes(), stored.logCharacters(), stored.chatMessages(), stored.assets(), stored.assetBytes(), session.createdAt());
    }

    private static int count(List<ConflictRecord.Status> all, ConflictRecord.Status status) {
        return (int) all.stream().filter(status::equals).count();
    }
}
