package org.chorale.audit.web;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.chorale.access.service.ModerationService;
import org.chorale.audit.AuditEntry;
import org.chorale.audit.service.AuditService;
import org.chorale.platform.web.Requests;
import org.chorale.session.web.Callers;
import org.chorale.session.web.OwnerKey;
import org.chorale.session.web.SessionIdParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What was done to a session, for those who moderate it. */
@Path("/sessions/{sessionId}/audit")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "moderation")
public class AuditResource {
    private static final int DEFAULT_PAGE = 50;
    private static final int MAX_PAGE = 200;

    @EJB
    private AuditService audit;
    @EJB
    private ModerationService moderation;
    @Inject
    private Callers callers;

    @GET
    @Operation(operationId = "readAudit", summary = "Read what was done to a session",
        description = "Members, grants, invitations, moderation, settings and closing; the newest first.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = AuditLog.class)))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public AuditLog list(@Parameter(example = "7k3q9m2x4r") @PathParam("sessionId") SessionIdParam id,
            @Parameter(description = "How many, 1 to 200.", example = "50") @QueryParam("limit") String limit,
            @Parameter(description = "The nextCursor of the page before.") @QueryParam("cursor") String cursor,
            @Parameter(ref = "OwnerKey") @HeaderParam(OwnerKey.HEADER) String ownerKey,
            @Parameter(ref = "Caller") @HeaderParam(Callers.GUEST_HEADER) String guest) {
        moderation.requireModerator(id.value(), callers.credentials(ownerKey, guest));
        int size = (int) Requests.number("limit", limit, 1, MAX_PAGE, DEFAULT_PAGE);
        long before = Requests.number("cursor", cursor, 0, Long.MAX_VALUE, Long.MAX_VALUE);
        List<AuditEntry> found = audit.ofSession(id.value(), before, size + 1);
        return AuditLog.of(found, size);
    }
}
