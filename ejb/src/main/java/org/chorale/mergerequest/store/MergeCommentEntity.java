package org.chorale.mergerequest.store;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import org.chorale.mergerequest.Comment;
import org.chorale.mergerequest.Contributor;
import org.chorale.mergerequest.MergeRequestId;
import org.chorale.platform.store.InstantConverter;

/** A comment's row; written once. */
@Entity
@Table(name = "merge_comment")
@NamedQuery(name = "mergeComment.after",
    query = "select c from MergeCommentEntity c where c.requestId = :request and c.id > :after order by c.id")
@NamedQuery(name = "mergeComment.count", query = "select count(c) from MergeCommentEntity c where c.requestId = :request")
@NamedQuery(name = "mergeComment.ofUser", query = "select c from MergeCommentEntity c where c.authorId = :user order by c.id")
@NamedQuery(name = "mergeComment.forgetName", query = "update MergeCommentEntity c set c.authorName = :name where c.authorId = :user")
public class MergeCommentEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;
    @Column(name = "request_id")
    private long requestId;
    @Column(name = "author_id")
    private String authorId;
    @Column(name = "author_name")
    private String authorName;
    private String text;
    @Column(name = "written_at")
    @Convert(converter = InstantConverter.class)
    private Instant writtenAt;

    protected MergeCommentEntity() {}

    public MergeCommentEntity(long requestId, Contributor author, String text, Instant at) {
        this.requestId = requestId;
        this.authorId = author.userId();
        this.authorName = author.name();
        this.text = text;
        this.writtenAt = at;
    }

    public MergeRequestId request() {
        return new MergeRequestId(requestId);
    }

    public Comment toComment() {
        return new Comment(id, new Contributor(authorId, authorName), text, writtenAt);
    }
}
