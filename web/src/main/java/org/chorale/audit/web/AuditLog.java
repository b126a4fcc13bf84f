package org.chorale.audit.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.chorale.audit.AuditEntry;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A page of the audit log as it goes over the wire. */
@Schema(name = "AuditLog")
@JsonInclude(JsonInclude.Include.NON_NULL)
record AuditLog(List<AuditEntryBody> entries,
    @Schema(description = "Where the next page starts; absent on the last one.") String nextCursor) {

    @Schema(name = "AuditEntry", description = "One thing that was done.")
    record AuditEntryBody(
        @Schema(description = "Its place in the server's one chain: not contiguous within a session.") long number, Instant at,
        @Schema(description = "A user id, or owner-key; empty where nobody knows.") String actor,
        @Schema(examples = "member.role") String action,
        String subject, String detail, @Schema(description = "SHA-256 over this entry and the hash of the one before it.") String hash) {

        static AuditEntryBody of(AuditEntry entry) {
            return new AuditEntryBody(entry.number(), entry.event().at(), entry.event().actor(), entry.event().action(),
                entry.event().subject(), entry.event().detail(), entry.hash());
        }
    }

    @Schema(name = "AuditVerification")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Verification(boolean whole, @Schema(description = "The first thing that is wrong; absent where nothing is.") String fault) {
        Verification(String fault) {
            this(fault == null, fault);
        }
    }

    /** @param found one more than the page's size where there is another page */
    static AuditLog of(List<AuditEntry> found, int size) {
        List<AuditEntry> page = found.subList(0, Math.min(size, found.size()));
        return new AuditLog(page.stream().map(AuditEntryBody::of).toList(),
            found.size() > size ? Long.toString(page.getLast().number()) : null);
    }
}
