package org.chorale.mergerequest.store;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.chorale.mergerequest.Contributor;
import org.chorale.mergerequest.Review;
import org.chorale.mergerequest.Verdict;
import org.chorale.platform.store.InstantConverter;

/** Who is asked to look at a merge request, and what they found. */
@Entity
@Table(name = "merge_review")
@NamedQuery(name = "mergeReview.all", query = "select r from MergeReviewEntity r where r.requestId = :request order by r.id")
@NamedQuery(name = "mergeReview.forgetName", query = "update MergeReviewEntity r set r.reviewerName = :name where r.reviewerId = :user")
public class MergeReviewEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;
    @Column(name = "request_id")
    private long requestId;
    @Column(name = "reviewer_id")
    private String reviewerId;
    @Column(name = "reviewer_name")
    private String reviewerName;
    @Enumerated(EnumType.STRING)
    private Verdict verdict;
    @Column(name = "source_revision")
    private Long sourceRevision;
    @Column(name = "reviewed_at")
    @Convert(converter = InstantConverter.class)
    private Instant reviewedAt;

    protected MergeReviewEntity() {}

    public MergeReviewEntity(long requestId, Review review) {
        this.requestId = requestId;
        this.reviewerId = review.reviewer().userId();
        become(review);
    }

    public String reviewerId() {
        return reviewerId;
    }

    /** Takes over what the same reviewer is called and found now. */
    public final void become(Review review) {
        reviewerName = review.reviewer().name();
        verdict = review.finding().map(Review.Finding::verdict).orElse(null);
        sourceRevision = review.finding().map(Review.Finding::sourceRevision).orElse(null);
        reviewedAt = review.finding().map(Review.Finding::at).orElse(null);
    }

    public Review toReview() {
        return new Review(new Contributor(reviewerId, reviewerName),
            Optional.ofNullable(verdict).map(found -> new Review.Finding(found, sourceRevision, reviewedAt)));
    }
}
