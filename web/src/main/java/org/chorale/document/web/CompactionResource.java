package org.chorale.document.web;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.chorale.account.Identity;
import org.chorale.account.service.AccountAuditService;
import org.chorale.account.web.RequestIdentity;
import org.chorale.document.codec.Fields;
import org.chorale.document.service.Compaction;
import org.chorale.platform.web.Requests;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What an operator does about the space that history takes. */
@Path("/admin/compaction")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "administration", description = "The server itself, for its administrators.")
public class CompactionResource {
    @Inject
    private Compaction compaction;
    @Inject
    private RequestIdentity caller;
    @EJB
    private AccountAuditService audit;

    /** What became, or would become, of a branch. */
    @Schema(name = "CompactedBranch")
    public record BranchBody(String sessionId, String branch, long changes, long bytesBefore, long bytesAfter) {
        static BranchBody of(Compaction.Moved moved) {
            return new BranchBody(moved.branch().session().value(), moved.branch().name(), moved.changes(), moved.bytesBefore(),
                moved.bytesAfter());
        }
    }

    /** What a run did, or would do. */
    @Schema(name = "Compaction", description = "Bytes are those of the changes, without what the database itself adds.")
    public record CompactionBody(boolean dryRun, long changes, long bytesBefore, long bytesAfter,
        @Schema(description = "Another call finds more to do.") boolean more, List<BranchBody> branches) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "compact", summary = "Compact what is long ago",
        description = "What the server does by itself now and then, at once: changes beyond chorale.history.hot-changes that are older than "
            + "chorale.history.hot-age are kept compressed. Everything stays readable. With dryRun it only tells what would be done. A call "
            + "does so much and tells whether there is more. For administrators.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT),
        examples = @ExampleObject(name = "tell only", value = "{\"dryRun\": true}")))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CompactionBody.class)))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "401", ref = "Unauthenticated")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "503", ref = "Unavailable")
    public CompactionBody compact(String body) {
        Identity administrator = caller.require();
        administrator.requireAdministrator();
        Fields fields = Requests.body(body, "dryRun");
        boolean dryRun = fields.bool("dryRun");
        if (!dryRun) {
            audit.note(administrator.userId(), "history.compacted", "", "");
        }
        Compaction.Report report = compaction.run(compaction.rules(dryRun ? 0 : 1), dryRun);
        List<BranchBody> branches = report.branches().stream().map(BranchBody::of).toList();
        return new CompactionBody(dryRun, branches.stream().mapToLong(BranchBody::changes).sum(),
            branches.stream().mapToLong(BranchBody::bytesBefore).sum(), branches.stream().mapToLong(BranchBody::bytesAfter).sum(),
            report.hasMore(), branches);
    }
}
