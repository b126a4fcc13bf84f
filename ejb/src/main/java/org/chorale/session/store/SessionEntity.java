package org.chorale.session.store;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.chorale.platform.store.InstantConverter;
import org.chorale.session.NewSession;
import org.chorale.session.Session;
import org.chorale.session.SessionId;
import org.chorale.session.SessionKind;
import org.chorale.session.Visibility;

/** A session's row. */
@Entity
@Table(name = "session")
@NamedQuery(name = "session.listed", query = """
    select s from SessionEntity s
    where s.visibility = org.chorale.session.Visibility.PUBLIC and s.closedAt is null
      and (s.createdAt < :beforeTime or (s.createdAt = :beforeTime and s.id < :beforeId))
    order by s.createdAt desc, s.id desc""")
public class SessionEntity {
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

    protected SessionEntity() {}

    public SessionEntity(SessionId id, NewSession session, String ownerKeyHash, Instant createdAt) {
        this.id = id.value();
        this.name = session.name();
        this.kind = session.kind();
        this.visibility = session.visibility();
        this.maxUsers = session.maxUsers();
        this.ownerKeyHash = ownerKeyHash;
        this.createdAt = createdAt;
    }

    public String ownerKeyHash() {
        return ownerKeyHash;
    }

    /** Closes the session; closing it again changes nothing. */
    public void close(Instant at) {
        if (closedAt == null) {
            closedAt = at;
        }
    }

    public Session toSession() {
        return new Session(new SessionId(id), name, kind, visibility, maxUsers, createdAt, Optional.ofNullable(closedAt));
    }
}
