package org.chorale.account.store;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import org.chorale.platform.store.InstantConverter;
import org.chorale.session.SessionId;

/** That somebody was in a session with somebody else, and when for the last time. */
@Entity
@IdClass(MeetingEntity.Key.class)
@Table(name = "account_meeting")
@NamedQuery(name = "meeting.ofUser", query = """
    select m, a from MeetingEntity m, AccountEntity a
    where m.userId = :user and a.userId = m.otherId and a.erasedAt is null order by m.metAt desc, m.otherId""")
@NamedQuery(name = "meeting.newest", query = "select m from MeetingEntity m where m.userId = :user order by m.metAt desc, m.otherId")
@NamedQuery(name = "meeting.forgetBefore", query = "delete from MeetingEntity m where m.userId = :user and m.metAt < :before")
@NamedQuery(name = "meeting.removeAll", query = "delete from MeetingEntity m where m.userId = :user or m.otherId = :user")
public class MeetingEntity {
    @Id
    @Column(name = "user_id")
    private String userId;
    @Id
    @Column(name = "other_id")
    private String otherId;
    @Column(name = "session_id")
    private String sessionId;
    @Column(name = "met_at")
    @Convert(converter = InstantConverter.class)
    private Instant metAt;

    protected MeetingEntity() {}

    public MeetingEntity(String userId, String otherId, SessionId session, Instant metAt) {
        this.userId = userId;
        this.otherId = otherId;
        again(session, metAt);
    }

    /** They met once more. */
    public final void again(SessionId session, Instant at) {
        this.sessionId = session.value();
        this.metAt = at;
    }

    public String sessionId() {
        return sessionId;
    }

    public Instant metAt() {
        return metAt;
    }

    /** The primary key; JPA 3.1 takes no record here. */
    public static class Key implements Serializable {
        private static final long serialVersionUID = 1;

        private String userId;
        private String otherId;

        public Key() {}

        public Key(String userId, String otherId) {
            this.userId = userId;
            this.otherId = otherId;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.userId.equals(userId) && key.otherId.equals(otherId);
        }

        @Override
        public int hashCode() {
            return Objects.hash(userId, otherId);
        }
    }
}
