package org.chorale.session.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;
import org.chorale.session.SessionId;

/** What somebody called themselves in a session the last time. */
@Entity
@IdClass(UserNameEntity.Key.class)
@Table(name = "user_name")
@NamedQuery(name = "userName.ofSession", query = "select n from UserNameEntity n where n.sessionId = :session and n.userId in :users")
@NamedQuery(name = "userName.ofUser", query = "select n from UserNameEntity n where n.userId = :user order by n.sessionId")
@NamedQuery(name = "userName.forget", query = "update UserNameEntity n set n.name = :name where n.userId = :user")
public class UserNameEntity {
    @Id
    @Column(name = "session_id")
    private String sessionId;
    @Id
    @Column(name = "user_id")
    private String userId;
    private String name;

    protected UserNameEntity() {}

    public UserNameEntity(SessionId session, String userId, String name) {
        this.sessionId = session.value();
        this.userId = userId;
        this.name = name;
    }

    /** They call themselves something else now. */
    public void rename(String to) {
        this.name = to;
    }

    public String sessionId() {
        return sessionId;
    }

    public String userId() {
        return userId;
    }

    public String name() {
        return name;
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
