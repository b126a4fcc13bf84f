package org.chorale.version.store;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.chorale.platform.store.InstantConverter;
import org.chorale.session.SessionId;
import org.chorale.version.Version;
import org.chorale.version.VersionId;

/** A version's row; written once. */
@Entity
@Table(name = "document_version")
@NamedQuery(name = "version.before",
    query = "select v from VersionEntity v where v.sessionId = :session and v.id < :before order by v.id desc")
@NamedQuery(name = "version.one", query = "select v from VersionEntity v where v.sessionId = :session and v.id = :id")
@NamedQuery(name = "version.named", query = "select count(v) from VersionEntity v where v.sessionId = :session and v.name = :name")
@NamedQuery(name = "version.count", query = "select count(v) from VersionEntity v where v.sessionId = :session")
@NamedQuery(name = "version.countOfBranch", query = "select count(v) from VersionEntity v where v.branchId = :branch")
@NamedQuery(name = "version.revisions", query = "select distinct v.revision from VersionEntity v where v.branchId = :branch")
@NamedQuery(name = "version.ofUser", query = "select v from VersionEntity v where v.authorId = :user order by v.id")
@NamedQuery(name = "version.forgetName", query = "update VersionEntity v set v.authorName = :name where v.authorId = :user")
public class VersionEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;
    @Column(name = "branch_id")
    private long branchId;
    @Column(name = "session_id")
    private String sessionId;
    private long revision;
    private String name;
    private String description;
    @Column(name = "author_id")
    private String authorId;
    @Column(name = "author_name")
    private String authorName;
    @Column(name = "named_at")
    @Convert(converter = InstantConverter.class)
    private Instant namedAt;

    protected VersionEntity() {}

    /** @param version its id is not looked at: the database gives one */
    public VersionEntity(SessionId session, long branchId, Version version) {
        this.sessionId = session.value();
        this.branchId = branchId;
        this.revision = version.revision();
        this.name = version.name();
        this.description = version.description().orElse(null);
        this.authorId = version.authorId();
        this.authorName = version.authorName();
        this.namedAt = version.at();
    }

    public String sessionId() {
        return sessionId;
    }

    /** The branch that the revision is of. */
    public long branchKey() {
        return branchId;
    }

    /**
     * Once it is stored: before, it has no id.
     *
     * @param branch the name of the branch with the {@link #branchKey}
     */
    public Version toVersion(String branch) {
        return new Version(new VersionId(id), branch, revision, name, Optional.ofNullable(description), authorId, authorName, namedAt);
    }
}
