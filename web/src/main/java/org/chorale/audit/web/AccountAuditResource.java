package org.chorale.audit.web;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.chorale.account.web.Audited;
import org.chorale.account.web.RequestIdentity;
import org.chorale.audit.service.AuditService;
import org.chorale.platform.web.Requests;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What was done to accounts, for administrators. */
@Path("/users/audit")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "users")
public class AccountAuditResource {
    private static final int DEFAULT_PAGE = 50;
    private static final int MAX_PAGE = 200;

    @EJB
    private AuditService audit;
    @Inject
    private RequestIdentity caller;

    @GET
    @Audited("audit.read")
    @Operation(operationId = "readAccountAudit", summary = "Read what was done to accounts",
        description = "Registering, log-ins and failed ones, passwords, API keys, and what administrators did; the newest first. For "
            + "administrators.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = AuditLog.class)))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "401", ref = "Unauthenticated")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    public AuditLog list(@Parameter(description = "How many, 1 to 200.", example = "50") @QueryParam("limit") String limit,
            @Parameter(description = "The nextCursor of the page before.") @QueryParam("cursor") String cursor) {
        caller.require().requireAdministrator();
        int size = (int) Requests.number("limit", limit, 1, MAX_PAGE, DEFAULT_PAGE);
        long before = Requests.number("cursor", cursor, 0, Long.MAX_VALUE, Long.MAX_VALUE);
        return AuditLog.of(audit.ofAccounts(before, size + 1), size);
    }

    @GET
    @Path("/verification")
    @Audited("audit.verified")
    @Operation(operationId = "verifyAudit", summary = "Look whether the audit log is whole",
        description = "Reads the whole chain, and keeps what is to be noted waiting meanwhile. For administrators.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = AuditLog.Verification.class)))
    @APIResponse(responseCode = "401", ref = "Unauthenticated")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    public AuditLog.Verification verify() {
        caller.require().requireAdministrator();
        return new AuditLog.Verification(audit.verify().orElse(null));
    }
}
