package org.chorale.mergerequest.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.chorale.branch.Branch;
import org.chorale.document.BranchPoint;
import org.chorale.mergerequest.Comment;
import org.chorale.mergerequest.Contributor;
import org.chorale.mergerequest.MergeRequest;
import org.chorale.mergerequest.Review;
import org.chorale.mergerequest.service.MergeRequestService;
import org.chorale.mergerequest.service.Merges;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What goes over the wire about merge requests. */
final class MergeRequestBodies {
    private MergeRequestBodies() {}

    @Schema(name = "MergeRequest", description = "Somebody asks to bring one branch into another.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record MergeRequestBody(
        @Schema(examples = "m4") String id,
        @Schema(examples = "flat roof") String source,
        @Schema(examples = "main") String target,
        @Schema(examples = "A flat roof") String title,
        String description,
        ContributorBody author,
        @Schema(examples = "open", enumeration = {"open", "merged", "closed"}) String status,
        Instant createdAt,
        @Schema(description = "The newest revisions of the two branches; absent where one is gone.") HeadBody head,
        @Schema(description = "What the source is compared with: what both had in common last.") PointBody base,
        List<ReviewerBody> reviewers,
        @Schema(description = "How many approve of the source as it is now.", examples = "1") int approvals,
        @Schema(description = "How many have to; 0 where the target is not protected.", examples = "1") int requiredApprovals,
        @Schema(description = "How many conflicts nobody decided.", examples = "2") int openConflicts,
        @Schema(description = "In how many cells the source differs from the base.", examples = "17") int differences,
        @Schema(description = "Whether nothing is in the way; who merges needs the right to besides.") boolean mergeable,
        @Schema(description = "The problems that are in the way.", examples = "[\"merge-conflicts\"]") List<String> blockers,
        MergedBody merged) {

        static MergeRequestBody of(Merges.Standing standing) {
            MergeRequest request = standing.request();
            Optional<Merges.Pair> pair = standing.pair();
            OptionalLong sourceHead = pair.stream().mapToLong(each -> each.source().head()).findFirst();
            long judged = request.merged().map(how -> how.source().revision()).orElse(sourceHead.orElse(0));
            BranchPoint base = request.merged().map(MergeRequest.Merged::base).or(() -> pair.map(Merges.Pair::base)).orElse(null);
            return new MergeRequestBody(request.id().toString(), request.source(), request.target(), request.title(),
                request.description().orElse(null), ContributorBody.of(request.author()), lower(request.status()), request.createdAt(),
                pair.map(each -> new HeadBody(each.source().head(), each.target().head())).orElse(null),
                base == null ? null : new PointBody(base.branch(), base.revision()),
                request.reviews().stream().map(review -> ReviewerBody.of(review, judged)).toList(), request.approvals(judged),
                pair.map(Merges.Pair::target).flatMap(MergeRequestBodies::required).orElse(0), standing.openConflicts(),
                standing.differences(), standing.blockers().isEmpty(),
                standing.blockers().stream().map(problem -> problem.type().slug()).toList(),
                request.merged().map(MergedBody::of).orElse(null));
        }
    }

    private static Optional<Integer> required(Branch target) {
        return MergeRequestService.target(target).requiredApprovals();
    }

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    @Schema(name = "MergeRequestHead")
    record HeadBody(long source, long target) {}

    @Schema(name = "BranchPoint", description = "A revision of a branch.")
    record PointBody(@Schema(examples = "main") String branch, @Schema(examples = "117") long revision) {}

    @Schema(name = "Contributor", description = "Somebody, and what they were called then.")
    record ContributorBody(@Schema(examples = "g-a1b2c3d4e5f60718") String userId, @Schema(examples = "Ana") String name) {
        static ContributorBody of(Contributor contributor) {
            return new ContributorBody(contributor.userId(), contributor.name());
        }
    }

    @Schema(name = "Reviewer", description = "Who is asked to look at it, or did.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ReviewerBody(String userId, String name, @Schema(enumeration = {"APPROVED", "CHANGES_REQUESTED"}) String verdict, Instant at,
                        @Schema(description = "Whether the source has changed since, so that the verdict counts no more.") Boolean stale) {
        static ReviewerBody of(Review review, long sourceHead) {
            return new ReviewerBody(review.reviewer().userId(), review.reviewer().name(), review.finding().map(found -> found.verdict().name()).orElse(null),
                review.finding().map(Review.Finding::at).orElse(null), review.finding().map(found -> found.isStale(sourceHead)).orElse(null));
        }
    }

    @Schema(name = "Merged", description = "How it was merged.")
    record MergedBody(@Schema(description = "The target's revision that has the source.", examples = "131") long revision, ContributorBody by,
                      Instant at) {
        static MergedBody of(MergeRequest.Merged how) {
            return new MergedBody(how.revision(), ContributorBody.of(how.by()), how.at());
        }
    }

    @Schema(name = "MergeRequestPage")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record MergeRequestPage(@Schema(description = "The newest first.") List<MergeRequestBody> mergeRequests,
                            @Schema(description = "To be given as cursor for the next page; absent at the end.") String nextCursor) {}

    @Schema(name = "MergeComment")
    record CommentBody(@Schema(examples = "n17") String commentId, ContributorBody author, String text, Instant at) {
        static CommentBody of(Comment comment) {
            return new CommentBody(comment.id(), ContributorBody.of(comment.author()), comment.text(), comment.at());
        }
    }

    @Schema(name = "MergeCommentPage")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record CommentPage(@Schema(description = "The oldest first.") List<CommentBody> comments,
                       @Schema(description = "To be given as cursor for the next page; absent at the end.") String nextCursor) {}

    /** What everybody in the session is told: who wants to know more asks. */
    record NewsBody(String id, String source, String target, String title, String status) {
        static NewsBody of(MergeRequest request) {
            return new NewsBody(request.id().toString(), request.source(), request.target(), request.title(), lower(request.status()));
        }
    }
}
