package org.chorale.audit.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.chorale.access.service.ModerationService;
import org.chorale.access.web.Callers;
import org.chorale.audit.AuditEntry;
import org.chorale.audit.service.AuditService;
import org.chorale.platform.web.Requests;
import org.chorale.session.web.Caller;
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

    @Schema(name = "AuditEntry", description = "One thing that was done to the session.")
    record AuditEntryBody(
        @Schema(description = "Its place in the server's one chain: not contiguous within a session.") long number, Instant at,
        @Schema(description = "A user id, or owner-key.") String actor, @Schema(examples = "member.role") String action,
        String subject, String detail, @Schema(description = "SHA-256 over this entry and the hash of the one before it.") String hash) {

        static AuditEntryBody of(AuditEntry entry) {
            return new AuditEntryBody(entry.number(), entry.event().at(), entry.event().actor(), entry.event().action(), entry.event()
                .subject(),
                entry.event().detail(), entry.hash());
        }
    }

    @Schema(name = "AuditLog")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AuditLog(List<AuditEntryBody> entries,
        @Schema(description = "Where the next page starts; absent on the last one.") String nextCursor) {}

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
            @Parameter(ref = "Caller") @HeaderParam(Caller.GUEST_HEADER) String guest) {
        moderation.requireModerator(id.value(), Callers.read(ownerKey, guest));
        int size = (int) Requests.number("limit", limit, 1, MAX_PAGE, DEFAULT_PAGE);
        long before = Requests.number("cursor", cursor, 0, Long.MAX_VALUE, Long.MAX_VALUE);
        List<AuditEntry> found = audit.ofSession(id.value(), before, size + 1);
        List<AuditEntry> page = found.subList(0, Math.min(size, found.size()));
        return new AuditLog(page.stream().map(AuditEntryBody::of).toList(),
            found.size() > size ? Long.toString(page.getLast().number()) : null);
    }
}
