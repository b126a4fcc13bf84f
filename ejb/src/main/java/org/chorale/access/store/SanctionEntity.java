package org.chorale.access.store;

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
import org.chorale.access.Sanction;
import org.chorale.platform.store.InstantConverter;
import org.chorale.session.SessionId;

/** A ban's or a mute's row. */
@Entity
@Table(name = "session_ban")
@NamedQuery(name = "sanction.all", query = "select b from SanctionEntity b where b.sessionId = :session order by b.id")
@NamedQuery(name = "sanction.count", query = "select count(b) from SanctionEntity b where b.sessionId = :session")
@NamedQuery(name = "sanction.over",
    query = "delete from SanctionEntity b where b.sessionId = :session and b.untilAt is not null and b.untilAt <= :now")
@NamedQuery(name = "sanction.lift",
    query = "delete from SanctionEntity b where b.sessionId = :session and b.kind = :kind and b.userId = :user")
@NamedQuery(name = "sanction.liftAddress",
    query = "delete from SanctionEntity b where b.sessionId = :session and b.kind = :kind and b.address = :address")
@NamedQuery(name = "sanction.liftOne",
    query = "delete from SanctionEntity b where b.sessionId = :session and b.kind = :kind and b.id = :sanction")
public class SanctionEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;
    @Column(name = "session_id")
    private String sessionId;
    @Enumerated(EnumType.STRING)
    private Sanction.Kind kind;
    @Column(name = "user_id")
    private String userId;
    private String address;
    @Column(name = "until_at")
    @Convert(converter = InstantConverter.class)
    private Instant untilAt;
    private String reason;
    @Column(name = "since_at")
    @Convert(converter = InstantConverter.class)
    private Instant sinceAt;

    protected SanctionEntity() {}

    /** @param sanction its id is not looked at: the database gives one */
    public SanctionEntity(SessionId session, Sanction sanction) {
        this.sessionId = session.value();
        this.kind = sanction.kind();
        this.userId = sanction.userId().orElse(null);
        this.address = sanction.address().orElse(null);
        this.untilAt = sanction.until().orElse(null);
        this.reason = sanction.reason();
        this.sinceAt = sanction.since();
    }

    public Sanction toSanction() {
        return new Sanction(id, kind, Optional.ofNullable(userId), Optional.ofNullable(address), Optional.ofNullable(untilAt), reason,
            sinceAt);
    }
}
