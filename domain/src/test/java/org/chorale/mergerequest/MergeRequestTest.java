package org.chorale.mergerequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.chorale.document.BranchPoint;
import org.chorale.mergerequest.MergeRequest.Merged;
import org.chorale.problem.CollaborationException;
import org.chorale.session.SessionId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MergeRequestTest {
    private static final Contributor ANA = new Contributor("u-ana", "Ana");
    private static final Contributor BEN = new Contributor("u-ben", "Ben");
    private static final Contributor EVE = new Contributor("u-eve", "Eve");
    private static final Merged MERGED = new Merged(7, new BranchPoint("idea", 5), new BranchPoint("main", 3), BEN, Instant.EPOCH);
    private static final Target OPEN = new Target(false, Optional.empty());
    private static final Target PROTECTED = new Target(false, Optional.of(2));

    private final MergeRequest request = new MergeRequest(new MergeRequestId(4), new SessionId("0123456789"), "idea", "main", "An idea",
        Optional.empty(), ANA, Status.OPEN, Instant.EPOCH, List.of(), Optional.empty());

    private static Review.Finding finding(Verdict verdict, long revision) {
        return new Review.Finding(verdict, revision, Instant.EPOCH);
    }

    private static List<String> blockers(MergeRequest request, long head, Target target, int conflicts) {
        return MergeRules.blockers(request, head, target, conflicts).stream().map(problem -> problem.type().slug()).toList();
    }

    private static void assertProblem(Runnable step, String slug) {
        assertThatThrownBy(step::run).isInstanceOf(CollaborationException.class).hasMessageContaining(slug);
    }

    @Test
    @DisplayName("[MRQ-2] closed and open again, as often as people like; merged once, and for ever")
    void given_a_request_then_it_is_open_until_it_is_closed_or_merged() {
        assertThat(request.closed().closed().reopened().reopened().status()).isEqualTo(Status.OPEN);
        MergeRequest merged = request.merged(MERGED);
        assertThat(merged.merged()).contains(MERGED);
        assertProblem(merged::closed, "merge-request-closed");
        assertProblem(merged::reopened, "merge-request-closed");
        assertProblem(() -> merged.merged(MERGED), "merge-request-closed");
        assertProblem(() -> request.closed().merged(MERGED), "merge-request-closed");
        assertProblem(() -> request.closed().reviewed(BEN, finding(Verdict.APPROVED, 5)), "merge-request-closed");
    }

    @Test
    @DisplayName("[MRQ-7] a verdict counts for the source that was looked at, and takes the place of the one before")
    void given_verdicts_when_the_source_changes_then_they_count_no_more() {
        MergeRequest reviewed = request.reviewed(BEN, finding(Verdict.CHANGES_REQUESTED, 4)).reviewed(BEN, finding(Verdict.APPROVED, 5))
            .reviewed(EVE, finding(Verdict.APPROVED, 4));
        assertThat(reviewed.reviews()).hasSize(2);
        assertThat(reviewed.approvals(5)).isEqualTo(1);
        assertThat(reviewed.approvals(6)).isZero();
        assertThat(reviewed.wantsChanges(5)).isFalse();
        assertProblem(() -> request.reviewed(ANA, finding(Verdict.APPROVED, 5)), "forbidden");
    }

    @Test
    @DisplayName("[MRQ-1] people are asked once; who said something already stays")
    void given_reviewers_when_others_are_asked_then_verdicts_stay() {
        MergeRequest asked = request.reviewedBy(List.of(BEN, EVE)).reviewed(EVE, finding(Verdict.APPROVED, 5));
        assertThat(asked.reviewedBy(List.of())).extracting(MergeRequest::reviews).isEqualTo(List.of(asked.reviews().get(1)));
        assertThat(asked.reviewedBy(List.of(BEN, EVE))).isEqualTo(asked);
        assertProblem(() -> request.reviewedBy(List.of(ANA)), "invalid-request");
    }

    @Test
    @DisplayName("[MRQ-9] what is in the way: reviews only where the target is protected")
    void given_a_target_then_its_rules_say_what_is_in_the_way() {
        MergeRequest approved = request.reviewed(BEN, finding(Verdict.APPROVED, 5)).reviewed(EVE, finding(Verdict.APPROVED, 5));
        MergeRequest disputed = request.reviewed(BEN, finding(Verdict.APPROVED, 5)).reviewed(EVE, finding(Verdict.CHANGES_REQUESTED, 5));
        assertThat(blockers(request, 5, OPEN, 0)).isEmpty();
        assertThat(blockers(disputed, 5, OPEN, 3)).containsExactly("merge-conflicts");
        assertThat(blockers(approved, 5, PROTECTED, 0)).isEmpty();
        assertThat(blockers(approved, 6, PROTECTED, 0)).containsExactly("approvals-missing");
        assertThat(blockers(disputed, 5, PROTECTED, 1)).containsExactly("changes-requested", "approvals-missing", "merge-conflicts");
        assertThat(blockers(disputed, 6, PROTECTED, 0)).containsExactly("approvals-missing");
        assertThat(blockers(request, 5, new Target(true, Optional.empty()), 0)).containsExactly("branch-archived");
        assertThat(blockers(request.closed(), 5, OPEN, 0)).containsExactly("merge-request-closed");
    }

    @Test
    @DisplayName("[MRQ-1] what is written is looked at")
    void given_what_cannot_be_asked_then_it_is_refused() {
        assertProblem(() -> new NewMergeRequest("idea", Optional.empty(), " ", Optional.empty(), List.of()), "invalid-request");
        assertProblem(() -> new NewMergeRequest("idea", Optional.empty(), "x".repeat(121), Optional.empty(), List.of()), "invalid-request");
        assertProblem(() -> new NewMergeRequest("idea", Optional.empty(), "a", Optional.of("\u0007"), List.of()), "invalid-request");
        assertProblem(() -> new NewMergeRequest("idea", Optional.empty(), "a", Optional.empty(), List.of("ä")), "invalid-request");
        assertThat(new NewMergeRequest("idea", Optional.empty(), " a ", Optional.of(" "), List.of("u", "u")))
            .isEqualTo(new NewMergeRequest("idea", Optional.empty(), "a", Optional.empty(), List.of("u")));
        for (String id : List.of("m", "m1x", "4", "m9999999999999999999", "M4")) {
            assertProblem(() -> MergeRequestId.parse(id), "merge-request-not-found");
        }
        assertThat(MergeRequestId.parse("m42")).hasToString("m42");
    }
}
