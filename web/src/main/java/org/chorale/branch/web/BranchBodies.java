package org.chorale.branch.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.chorale.branch.Branch;
import org.chorale.branch.Protection;
import org.chorale.branch.service.BranchService;
import org.chorale.session.Participant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What goes over the wire about branches. */
final class BranchBodies {
    private BranchBodies() {}

    @Schema(name = "Branch", description = "A line of revisions beside others.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BranchBody(
        @Schema(examples = "flat roof") String name,
        @Schema(description = "The branch it was forked from; absent for main.", examples = "main") String parent,
        @Schema(description = "The parent's revision that it begins at.", examples = "117") long forkRevision,
        @Schema(description = "Its newest revision.", examples = "130") long head,
        String description,
        @Schema(description = "Who made it; absent for main.") MakerBody createdBy,
        Instant createdAt,
        @Schema(description = "Present where nobody edits it any more.") Instant archivedAt,
        @Schema(description = "Present where changes come by merges alone.") ProtectionBody protection,
        @Schema(description = "Who is on it at this moment.") List<PersonBody> people,
        @Schema(description = "How many changes it has that its parent has not.", examples = "13") long ahead,
        @Schema(description = "How many changes its parent has that it has not.", examples = "2") long behind) {

        static BranchBody of(Branch branch, BranchService.Distance distance, List<Participant> people) {
            return new BranchBody(branch.id().name(), branch.parent().orElse(null), branch.forkRevision(), branch.head(),
                branch.description().orElse(null), branch.maker().map(MakerBody::of).orElse(null), branch.createdAt(),
                branch.archivedAt().orElse(null), branch.protection().map(ProtectionBody::of).orElse(null),
                people.stream().map(PersonBody::of).toList(), distance.ahead(), distance.behind());
        }
    }

    @Schema(name = "BranchMaker")
    record MakerBody(@Schema(examples = "g-a1b2c3d4e5f60718") String userId,
                     @Schema(description = "What they were called then.", examples = "Ana") String name) {
        static MakerBody of(Branch.Maker maker) {
            return new MakerBody(maker.userId(), maker.name());
        }
    }

    @Schema(name = "BranchProtection")
    record ProtectionBody(@Schema(description = "How many people have to approve a merge.", examples = "1") int approvals) {
        static ProtectionBody of(Protection protection) {
            return new ProtectionBody(protection.approvals());
        }
    }

    @Schema(name = "BranchPerson")
    record PersonBody(String participantId, String userId, String name, String color) {
        static PersonBody of(Participant participant) {
            return new PersonBody(participant.participantId(), participant.userId(), participant.name(), participant.color());
        }
    }

    @Schema(name = "BranchPage")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BranchPage(@Schema(description = "The oldest first, which is main.") List<BranchBody> branches,
                      @Schema(description = "To be given as cursor for the next page; absent at the end.") String nextCursor) {}
}
