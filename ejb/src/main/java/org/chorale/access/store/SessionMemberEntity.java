package org.chorale.access.store;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import org.chorale.access.Member;
import org.chorale.access.Role;
import org.chorale.platform.store.InstantConverter;
import org.chorale.session.SessionId;

/** A member's row. */
@Entity
@IdClass(SessionMemberEntity.Key.class)
@Table(name = "session_member")
@NamedQuery(name = "member.all", query = "select m from SessionMemberEntity m where m.sessionId = :session order by m.sinceAt, m.userId")
@NamedQuery(name = "member.ofUser", query = "select m from SessionMemberEntity m where m.userId = :user order by m.sinceAt, m.sessionId")
public class SessionMemberEntity {
    @Id
    @Column(name = "session_id")
    private String sessionId;
    @Id
    @Column(name = "user_id")
    private String userId;
    @Column(name = "member_role")
    @Enumerated(EnumType.STRING)
    private Role role;
    private String name;
    @Column(name = "since_at")
    @Convert(converter = InstantConverter.class)
    private Instant sinceAt;

    protected SessionMemberEntity() {}

    public SessionMemberEntity(SessionId session, Member member) {
        this.sessionId = session.value();
        this.userId = member.userId();
        this.role = member.role();
        this.name = member.name();
        this.sinceAt = member.since();
    }

    public String sessionId() {
        return sessionId;
    }

    public void become(Role other) {
        role = other;
    }

    public Member toMember() {
        return new Member(userId, role, name, sinceAt);
    }

    /** The primary key; JPA 3.1 takes no record here. */
    public static class Key implements Serializable {
        private static final long serialVersionUID = 1;

        private String sessionId;
        private String userId;

        public Key() {}

        public Key(SessionId session, String userId) {
            this.sessionId = session.value();
            this.userId = userId;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.sessionId.equals(sessionId) && key.userId.equals(userId);
        }

        @Override
        public int hashCode() {
            return Objects.hash(sessionId, userId);
        }
    }
}
