package org.chorale.access.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.chorale.access.Invitation;
import org.chorale.access.Member;
import org.chorale.access.Report;
import org.chorale.access.Sanction;
import org.chorale.access.SessionAccess;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What goes over the wire about members, invitations and moderation. */
final class AccessBodies {
    private AccessBodies() {}

    @Schema(name = "Member", description = "Somebody whose role is written down.")
    record MemberBody(
        @Schema(examples = "g-a1b2c3d4e5f60718") String userId,
        @Schema(enumeration = {"OWNER", "ADMIN", "COLLABORATOR", "VIEWER"}) String role,
        @Schema(description = "What they were called then.", examples = "Ana") String name, Instant since) {

        static MemberBody of(Member member) {
            return new MemberBody(member.userId(), member.role().name(), member.name(), member.since());
        }
    }

    @Schema(name = "MemberList")
    record MemberList(List<MemberBody> members) {}

    @Schema(name = "Invitation", description = "A link by which somebody becomes a member.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record InvitationBody(String id,
        @Schema(enumeration = {"ADMIN", "COLLABORATOR", "VIEWER"}) String role, Instant createdAt, Instant expiresAt,
        @Schema(description = "How many may follow it.") int uses, @Schema(description = "How many did.") int used,
        @Schema(description = "What hello shows as invitation; told only when it is made.") String token,
        @Schema(description = "The address to send to somebody; told only when it is made.",
            examples = "http://localhost:9080/s/7k3q9m2x4r#invitation=…") String url) {

        static InvitationBody of(Invitation invitation, String token, String url) {
            return new InvitationBody(invitation.id(), invitation.role().name(), invitation.createdAt(), invitation.expiresAt(),
                invitation.uses(), invitation.used(), token, url);
        }
    }

    @Schema(name = "InvitationList")
    record InvitationList(List<InvitationBody> invitations) {}

    @Schema(name = "Sanction", description = "A ban or a mute; addresses are not told.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SanctionBody(long id, @Schema(enumeration = {"BAN", "MUTE"}) String kind, String userId,
        @Schema(description = "Whether it is about an address.") boolean address, Instant until, String reason, Instant since) {

        static SanctionBody of(Sanction sanction) {
            return new SanctionBody(sanction.id(), sanction.kind().name(), sanction.userId().orElse(null), sanction.address().isPresent(),
                sanction.until().orElse(null), sanction.reason(), sanction.since());
        }
    }

    @Schema(name = "ModerationState")
    record ModerationState(boolean frozen, long slowModeSeconds, List<SanctionBody> sanctions) {

        static ModerationState of(SessionAccess access) {
            return new ModerationState(access.written().frozen(), access.written().slowMode().toSeconds(),
                access.written().sanctions().stream().map(SanctionBody::of).toList());
        }
    }

    @Schema(name = "Report", description = "What somebody told the moderators.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ReportBody(long id, String reporter, String userId, String element, String messageId, String reason, Instant at) {

        static ReportBody of(Report report) {
            return new ReportBody(report.id(), report.reporter(), report.userId().orElse(null), report.element().orElse(null),
                report.message().map(String::valueOf).orElse(null), report.reason(), report.at());
        }
    }

    @Schema(name = "ReportList")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ReportList(List<ReportBody> reports,
        @Schema(description = "Where the next page starts; absent on the last one.") String nextCursor) {}

    @Schema(name = "Removal", description = "What was done to remove what a user made.")
    record RemovalBody(@Schema(description = "How many elements were deleted.") int elements,
        @Schema(description = "The changes that did it: each can be undone by the moderator.") List<String> changeIds) {

        /** Both together. */
        RemovalBody and(RemovalBody other) {
            return new RemovalBody(elements + other.elements, Stream.concat(changeIds.stream(), other.changeIds.stream()).toList());
        }
    }
}
