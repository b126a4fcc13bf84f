package org.chorale.mergerequest;

import static org.chorale.problem.ProblemType.FORBIDDEN;
import static org.chorale.problem.ProblemType.INVALID_REQUEST;
import static org.chorale.problem.ProblemType.MERGE_REQUEST_CLOSED;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chorale.document.BranchPoint;
import org.chorale.session.SessionId;

/**
 * A request to bring one branch into another: it is open until it is merged, or given up; what was given up can be opened again.
 *
 * @param source  the branch whose changes are to be taken, and {@code target} the one that takes them
 * @param reviews in the order in which people were asked, or came by themselves
 * @param merged  exactly where it was merged
 */
public record MergeRequest(MergeRequestId id, SessionId session, String source, String target, String title, Optional<String> description,
                           Contributor author, Status status, Instant createdAt, List<Review> reviews, Optional<Merged> merged) {

    /**
     * How it was merged.
     *
     * @param revision the target's, from which on it has the source's changes
     * @param source   what was merged, and {@code base} what it was compared with
     */
    public record Merged(long revision, BranchPoint source, BranchPoint base, Contributor by, Instant at) {}

    public MergeRequest {
        reviews = List.copyOf(reviews);
        if (merged.isPresent() != (status == Status.MERGED)) {
            throw new IllegalArgumentException("merged: " + merged + " (expected: exactly with status MERGED, not " + status + ")");
        }
    }

    public boolean isOpen() {
        return status == Status.OPEN;
    }

    /** @throws org.chorale.problem.CollaborationException {@code merge-request-closed} */
    public void requireOpen() {
        if (!isOpen()) {
            throw MERGE_REQUEST_CLOSED.because("merge request " + id + " is " + status + " (expected: OPEN)");
        }
    }

    // ---- what can happen to it

    /** Given up; what was already stays so. */
    public MergeRequest closed() {
        requireNotMerged();
        return with(Status.CLOSED, Optional.empty());
    }

    /** Opened again; what is open stays so. */
    public MergeRequest reopened() {
        requireNotMerged();
        return with(Status.OPEN, Optional.empty());
    }

    /** Merged; once. */
    public MergeRequest merged(Merged how) {
        requireOpen();
        return with(Status.MERGED, Optional.of(how));
    }

    private void requireNotMerged() {
        if (status == Status.MERGED) {
            throw MERGE_REQUEST_CLOSED.because("merge request " + id + " is MERGED (expected: another status)");
        }
    }

    private MergeRequest with(Status other, Optional<Merged> how) {
        return new MergeRequest(id, session, source, target, title, description, author, other, createdAt, reviews, how);
    }

    /** With other words about it. */
    public MergeRequest described(String otherTitle, Optional<String> otherDescription) {
        return new MergeRequest(id, session, source, target, NewMergeRequest.requireTitle(otherTitle),
            NewMergeRequest.requireDescription(otherDescription), author, status, createdAt, reviews, merged);
    }

    /**
     * Others are asked to look at it. Whoever said already what they found is not taken out.
     *
     * @throws org.chorale.problem.CollaborationException {@code invalid-request} where its author is among them
     */
    public MergeRequest reviewedBy(List<Contributor> reviewers) {
        if (reviewers.stream().anyMatch(each -> each.userId().equals(author.userId()))) {
            throw INVALID_REQUEST.because("reviewers (expected: others than the author)");
        }
        var others = new ArrayList<Review>();
        for (Review review : reviews) {
            if (review.finding().isPresent() || reviewers.stream().anyMatch(review.reviewer()::isSameUser)) {
                others.add(review);
            }
        }
        for (Contributor reviewer : reviewers) {
            if (others.stream().noneMatch(review -> review.reviewer().isSameUser(reviewer))) {
                others.add(Review.asked(reviewer));
            }
        }
        return withReviews(others);
    }

    /**
     * Somebody said what they found; what they found before counts no more.
     *
     * @throws org.chorale.problem.CollaborationException {@code merge-request-closed}, {@code forbidden} for its author
     */
    public MergeRequest reviewed(Contributor reviewer, Review.Finding finding) {
        requireOpen();
        if (reviewer.userId().equals(author.userId())) {
            throw FORBIDDEN.because("reviewer (expected: another one than the author)");
        }
        var review = new Review(reviewer, Optional.of(finding));
        var others = new ArrayList<>(reviews);
        others.replaceAll(each -> each.reviewer().isSameUser(reviewer) ? review : each);
        if (!others.contains(review)) {
            others.add(review);
        }
        return withReviews(others);
    }

    private MergeRequest withReviews(List<Review> others) {
        return new MergeRequest(id, session, source, target, title, description, author, status, createdAt, others, merged);
    }

    /** How many approve of the source as it is now. */
    public int approvals(long sourceHead) {
        return (int) reviews.stream().filter(review -> review.says(Verdict.APPROVED, sourceHead)).count();
    }

    /** Whether somebody wants the source as it is now to be changed first. */
    public boolean wantsChanges(long sourceHead) {
        return reviews.stream().anyMatch(review -> review.says(Verdict.CHANGES_REQUESTED, sourceHead));
    }
}
