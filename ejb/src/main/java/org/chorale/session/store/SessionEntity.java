package org.chorale.session.store;

import static org.chorale.problem.ProblemType.LIMIT_EXCEEDED;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.chorale.conflict.Policy;
import org.chorale.document.codec.PolicyCodec;
import org.chorale.platform.store.InstantConverter;
import org.chorale.session.ConflictPolicy;
import org.chorale.session.NewSession;
import org.chorale.session.Session;
import org.chorale.session.SessionId;
import org.chorale.session.SessionKind;
import org.chorale.session.SessionSettings;
import org.chorale.session.Visibility;

/** A session's row. */
@Entity
@Table(name = "session")
@NamedQuery(name = "session.listed", query = """
    select s from SessionEntity s
    where s.visibility = org.chorale.session.Visibility.PUBLIC and s.closedAt is null
      and (s.createdAt < :beforeTime or (s.createdAt = :beforeTime and s.id < :beforeId))
    order by s.createdAt desc, s.id desc""")
@NamedQuery(name = "session.archive", query = """
    select s from SessionEntity s
    where s.visibility = org.chorale.session.Visibility.PUBLIC and s.archivedAt is not null
      and (s.createdAt < :beforeTime or (s.createdAt = :beforeTime and s.id < :beforeId))
    order by s.createdAt desc, s.id desc""")
@NamedQuery(name = "session.firstUse", query = "update SessionEntity s set s.usedAt = :now where s.usedAt is null")
@NamedQuery(name = "session.used", query = "update SessionEntity s set s.usedAt = :now where s.id in :ids")
@NamedQuery(name = "session.idle", query = """
    select s from SessionEntity s where s.closedAt is null and s.usedAt < :before order by s.usedAt""")
@NamedQuery(name = "session.thumbnail", query = """
    update SessionEntity s set s.thumbnailVersion = s.thumbnailVersion + 1, s.thumbnailAt = :now
    where s.id = :id and s.closedAt is null and (s.thumbnailAt is null or s.thumbnailAt <= :notAfter)""")
@NamedQuery(name = "session.versions", query = """
    select s.id, s.version, a.version from SessionEntity s left join SessionAccessEntity a on a.sessionId = s.id where s.id in :ids""")
@NamedQuery(name = "session.hold", query = "update SessionEntity s set s.maxUsers = s.maxUsers where s.id = :id and s.closedAt is null")
public class SessionEntity {
    /** The column's length. */
    private static final int CONFLICT_POLICY_LENGTH = 65_536;

    @Id
    private String id;
    private String name;
    @Enumerated(EnumType.STRING)
    private SessionKind kind;
    @Enumerated(EnumType.STRING)
    private Visibility visibility;
    @Column(name = "max_users")
    private int maxUsers;
    @Column(name = "owner_key_hash")
    private String ownerKeyHash;
    @Column(name = "created_at")
    @Convert(converter = InstantConverter.class)
    private Instant createdAt;
    @Column(name = "closed_at")
    @Convert(converter = InstantConverter.class)
    private Instant closedAt;
    @Column(name = "archived_at")
    @Convert(converter = InstantConverter.class)
    private Instant archivedAt;
    @Column(name = "used_at")
    @Convert(converter = InstantConverter.class)
    private Instant usedAt;
    @Column(name = "conflict_policy")
    private String conflictPolicy;
    @Column(name = "thumbnail_version")
    private long thumbnailVersion;
    @Column(name = "thumbnail_at")
    @Convert(converter = InstantConverter.class)
    private Instant thumbnailAt;
    private long version;

    protected SessionEntity() {}

    public SessionEntity(SessionId id, NewSession session, String ownerKeyHash, Instant createdAt) {
        this.id = id.value();
        this.name = session.name();
        this.kind = session.kind();
        this.visibility = session.visibility();
        this.maxUsers = session.maxUsers();
        this.ownerKeyHash = ownerKeyHash;
        this.createdAt = createdAt;
        this.usedAt = createdAt;
        this.conflictPolicy = stored(session.conflictPolicy());
    }

    public String ownerKeyHash() {
        return ownerKeyHash;
    }

    /** Changes what is given of the settings. */
    public void change(SessionSettings settings) {
        settings.name().ifPresent(given -> name = given);
        settings.maxUsers().ifPresent(given -> maxUsers = given);
        settings.visibility().ifPresent(given -> visibility = given);
        settings.conflictPolicy().ifPresent(given -> conflictPolicy = stored(given));
        version++;
    }

    /** Closes the session for good; closing it again changes nothing. */
    public void close(Instant at) {
        if (closedAt == null) {
            closedAt = at;
        }
        archivedAt = null;
        version++;
    }

    /** Puts an open session away; tells whether it was open. */
    public boolean archive(Instant at) {
        if (closedAt != null) {
            return false;
        }
        closedAt = at;
        archivedAt = at;
        version++;
        return true;
    }

    /** Brings an archived session back; tells whether it was archived. */
    public boolean bringBack(Instant at) {
        if (archivedAt == null) {
            return false;
        }
        closedAt = null;
        archivedAt = null;
        usedAt = at;
        version++;
        return true;
    }

    public Session toSession() {
        Map<String, Policy> ofOwner = conflictPolicy == null ? Map.of() : PolicyCodec.load(conflictPolicy);
        return new Session(new SessionId(id), name, kind, visibility, maxUsers, createdAt, Optional.ofNullable(closedAt),
            archivedAt != null,
            ConflictPolicy.effective(kind, ofOwner), thumbnailVersion);
    }

    /** When the session got the picture that it has. */
    public Optional<Instant> thumbnailAt() {
        return Optional.ofNullable(thumbnailAt);
    }

    private static String stored(Map<String, Policy> policies) {
        if (policies.isEmpty()) {
            return null;
        }
        String stored = PolicyCodec.store(policies);
        if (stored.length() > CONFLICT_POLICY_LENGTH) {
            throw LIMIT_EXCEEDED.because("conflictPolicy: " + stored.length() + " characters with all fields (expected: at most "
                + CONFLICT_POLICY_LENGTH + ")");
        }
        return stored;
    }
}
