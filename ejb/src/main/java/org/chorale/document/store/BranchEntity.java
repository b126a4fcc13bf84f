package org.chorale.document.store;

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
import org.chorale.branch.Branch;
import org.chorale.branch.BranchRules;
import org.chorale.branch.Protection;
import org.chorale.document.BranchState;
import org.chorale.platform.store.InstantConverter;
import org.chorale.session.BranchId;
import org.chorale.session.SessionId;

/**
 * A branch's row: the arbiter between nodes, since whoever advances its head has the next revisions. Only queries advance the head, so an
 * entity's own is as old as the entity.
 */
@Entity
@Table(name = "branch")
@NamedQuery(name = "branch.named", query = "select b from BranchEntity b where b.sessionId = :session and b.name = :name")
@NamedQuery(name = "branch.head", query = "select b.head from BranchEntity b where b.id = :branch")
@NamedQuery(name = "branch.lines", query = "select b.id, b.sessionId, b.name, b.head from BranchEntity b where b.id > :after order by b.id")
@NamedQuery(name = "branch.standing", query = "select b.id, b.sessionId, b.name, b.forkRevision, b.head from BranchEntity b "
    + "where b.id > :after and b.deletedAt is null order by b.id")
@NamedQuery(name = "branch.hold", query = "update BranchEntity b set b.head = b.head where b.id = :branch")
@NamedQuery(name = "branch.advance",
    query = "update BranchEntity b set b.head = b.head + :count where b.id = :branch and b.head = :expected and b.locks = :locks "
        + "and b.deletedAt is null")
@NamedQuery(name = "branch.state", query = "select b.head, b.locks from BranchEntity b where b.id = :branch")
@NamedQuery(name = "branch.states", query = "select b from BranchEntity b where b.id in :branches")
@NamedQuery(name = "branch.locksChanged",
    query = "update BranchEntity b set b.locks = b.locks + 1 where b.id = :branch and b.locks = :expected")
@NamedQuery(name = "branch.list",
    query = "select b from BranchEntity b where b.sessionId = :session and b.deletedAt is null and b.id > :after order by b.id")
@NamedQuery(name = "branch.listOpen", query = "select b from BranchEntity b where b.sessionId = :session and b.deletedAt is null "
    + "and b.archivedAt is null and b.id > :after order by b.id")
@NamedQuery(name = "branch.count", query = "select count(b) from BranchEntity b where b.sessionId = :session and b.deletedAt is null")
@NamedQuery(name = "branch.forks", query = "select count(b) from BranchEntity b where b.parentId = :branch and b.deletedAt is null")
@NamedQuery(name = "branch.rename", query = "update BranchEntity b set b.name = :name, b.deletedAt = :now where b.id = :branch")
@NamedQuery(name = "branch.deleted", query = "select b.id from BranchEntity b where b.deletedAt < :time order by b.id desc")
@NamedQuery(name = "branch.remove", query = "delete from BranchEntity b where b.id = :branch")
@NamedQuery(name = "branch.ofMaker", query = "select b from BranchEntity b where b.makerId = :user and b.deletedAt is null order by b.id")
@NamedQuery(name = "branch.forgetMaker", query = "update BranchEntity b set b.makerName = :name where b.makerId = :user")
public class BranchEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;
    @Column(name = "session_id")
    private String sessionId;
    private String name;
    @Column(updatable = false)
    private long head;
    @Column(updatable = false)
    private long locks;
    @Column(name = "parent_id")
    private Long parentId;
    @Column(name = "fork_revision")
    private long forkRevision;
    private String description;
    @Column(name = "maker_id")
    private String makerId;
    @Column(name = "maker_name")
    private String makerName;
    @Column(name = "created_at")
    @Convert(converter = InstantConverter.class)
    private Instant createdAt;
    @Column(name = "archived_at")
    @Convert(converter = InstantConverter.class)
    private Instant archivedAt;
    private Integer approvals;
    @Column(name = "deleted_at")
    @Convert(converter = InstantConverter.class)
    private Instant deletedAt;

    protected BranchEntity() {}

    /** A session's main branch, without changes. */
    public BranchEntity(SessionId session, Instant now) {
        this.sessionId = session.value();
        this.name = BranchId.MAIN;
        this.createdAt = now;
    }

    /** A branch that begins at a revision of another one. */
    public BranchEntity(BranchId branch, BranchEntity parent, long forkRevision, Optional<String> description, Branch.Maker maker, Instant now) {
        this.sessionId = branch.session().value();
        this.name = branch.name();
        this.parentId = parent.id;
        this.forkRevision = forkRevision;
        this.head = forkRevision;
        this.description = description.orElse(null);
        this.makerId = maker.userId();
        this.makerName = maker.name();
        this.createdAt = now;
    }

    /** The key that its changes and snapshots are stored under. */
    public long key() {
        return id;
    }

    /** Its newest revision when it was read. */
    public long head() {
        return head;
    }

    public Optional<Long> parentKey() {
        return Optional.ofNullable(parentId);
    }

    public long forkRevision() {
        return forkRevision;
    }

    public String name() {
        return name;
    }

    public BranchId id() {
        return new BranchId(new SessionId(sessionId), name);
    }

    /** How it is as of now; what commits change is read with the entity and not kept up to date. */
    public BranchStatus status() {
        return new BranchStatus(new BranchState(head, locks), rules(), deletedAt != null);
    }

    private BranchRules rules() {
        return new BranchRules(archivedAt != null, approvals != null);
    }

    /** Whether this user made it. */
    public boolean isBy(String userId) {
        return userId.equals(makerId);
    }

    /** @param parentName of the branch with the {@link #parentKey} */
    public Branch toBranch(Optional<String> parentName) {
        return new Branch(id(), parentName, forkRevision, head, Optional.ofNullable(description),
            Optional.ofNullable(makerId).map(user -> new Branch.Maker(user, makerName)), createdAt, Optional.ofNullable(archivedAt),
            Optional.ofNullable(approvals).map(Protection::new));
    }

    public void describe(Optional<String> text) {
        description = text.orElse(null);
    }

    /** Puts it away, or brings it back where nothing is given. */
    public void archive(Optional<Instant> at) {
        archivedAt = at.orElse(null);
    }

    public void protect(Optional<Protection> protection) {
        approvals = protection.map(Protection::approvals).orElse(null);
    }
}
