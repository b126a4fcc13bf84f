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
import java.util.List;
import java.util.Optional;
import org.chorale.document.BranchPoint;
import org.chorale.mergerequest.Contributor;
import org.chorale.mergerequest.MergeRequest;
import org.chorale.mergerequest.MergeRequestId;
import org.chorale.mergerequest.NewMergeRequest;
import org.chorale.mergerequest.Review;
import org.chorale.mergerequest.Status;
import org.chorale.platform.store.InstantConverter;
import org.chorale.session.SessionId;

/** A merge request's row. */
@Entity
@Table(name = "merge_request")
@NamedQuery(name = "mergeRequest.one", query = "select m from MergeRequestEntity m where m.sessionId = :session and m.id = :id")
@NamedQuery(name = "mergeRequest.before",
    query = "select m from MergeRequestEntity m where m.sessionId = :session and m.id < :before order by m.id desc")
@NamedQuery(name = "mergeRequest.beforeOfStatus",
    query = "select m from MergeRequestEntity m where m.sessionId = :session and m.status = :status and m.id < :before order by m.id desc")
@NamedQuery(name = "mergeRequest.countOpen", query = "select count(m) from MergeRequestEntity m where m.sessionId = :session "
    + "and m.status = org.chorale.mergerequest.Status.OPEN")
@NamedQuery(name = "mergeRequest.countOpenOfBranch", query = "select count(m) from MergeRequestEntity m where m.sessionId = :session "
    + "and m.status = org.chorale.mergerequest.Status.OPEN and (m.source = :name or m.target = :name)")
@NamedQuery(name = "mergeRequest.hold", query = "update MergeRequestEntity m set m.status = m.status where m.id = :id")
@NamedQuery(name = "mergeRequest.ofUser", query = "select m from MergeRequestEntity m where m.authorId = :user order by m.id")
@NamedQuery(name = "mergeRequest.forgetAuthor", query = "update MergeRequestEntity m set m.authorName = :name where m.authorId = :user")
@NamedQuery(name = "mergeRequest.forgetMerger", query = "update MergeRequestEntity m set m.mergerName = :name where m.mergerId = :user")
public class MergeRequestEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;
    @Column(name = "session_id")
    private String sessionId;
    @Column(name = "source_name")
    private String source;
    @Column(name = "target_name")
    private String target;
    private String title;
    private String description;
    @Column(name = "author_id")
    private String authorId;
    @Column(name = "author_name")
    private String authorName;
    @Enumerated(EnumType.STRING)
    private Status status;
    @Column(name = "created_at")
    @Convert(converter = InstantConverter.class)
    private Instant createdAt;
    @Column(name = "merged_revision")
    private Long mergedRevision;
    @Column(name = "merged_source")
    private Long mergedSource;
    @Column(name = "base_name")
    private String baseName;
    @Column(name = "base_revision")
    private Long baseRevision;
    @Column(name = "merger_id")
    private String mergerId;
    @Column(name = "merger_name")
    private String mergerName;
    @Column(name = "merged_at")
    @Convert(converter = InstantConverter.class)
    private Instant mergedAt;

    protected MergeRequestEntity() {}

    public MergeRequestEntity(SessionId session, NewMergeRequest asked, String target, Contributor author, Instant at) {
        this.sessionId = session.value();
        this.source = asked.source();
        this.target = target;
        this.title = asked.title();
        this.description = asked.description().orElse(null);
        this.authorId = author.userId();
        this.authorName = author.name();
        this.status = Status.OPEN;
        this.createdAt = at;
    }

    public long key() {
        return id;
    }

    public MergeRequest toMergeRequest(List<Review> reviews) {
        return new MergeRequest(new MergeRequestId(id), new SessionId(sessionId), source, target, title, Optional.ofNullable(description),
            new Contributor(authorId, authorName), status, createdAt, reviews, merged());
    }

    private Optional<MergeRequest.Merged> merged() {
        return status != Status.MERGED ? Optional.empty() : Optional.of(new MergeRequest.Merged(mergedRevision,
            new BranchPoint(source, mergedSource), new BranchPoint(baseName, baseRevision), new Contributor(mergerId, mergerName), mergedAt));
    }

    /** Takes over what can change; reviews have rows of their own. */
    public void become(MergeRequest request) {
        title = request.title();
        description = request.description().orElse(null);
        status = request.status();
        request.merged().ifPresent(merged -> {
            mergedRevision = merged.revision();
            mergedSource = merged.source().revision();
            baseName = merged.base().branch();
            baseRevision = merged.base().revision();
            mergerId = merged.by().userId();
            mergerName = merged.by().name();
            mergedAt = merged.at();
        });
    }
}
