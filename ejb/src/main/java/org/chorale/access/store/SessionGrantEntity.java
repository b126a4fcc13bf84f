package org.chorale.access.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;
import org.chorale.access.Grant;
import org.chorale.access.PropertyPattern;
import org.chorale.access.Role;
import org.chorale.access.Subject;
import org.chorale.operation.ElementId;
import org.chorale.session.SessionId;

/** A grant's row; {@code place} keeps them in the order in which they were given. */
@Entity
@IdClass(SessionGrantEntity.Key.class)
@Table(name = "session_grant")
@NamedQuery(name = "grant.all", query = "select g from SessionGrantEntity g where g.sessionId = :session order by g.place")
@NamedQuery(name = "grant.removeAll", query = "delete from SessionGrantEntity g where g.sessionId = :session")
public class SessionGrantEntity {
    @Id
    @Column(name = "session_id")
    private String sessionId;
    @Id
    private int place;
    @Column(name = "user_id")
    private String userId;
    @Column(name = "member_role")
    @Enumerated(EnumType.STRING)
    private Role role;
    @Column(name = "element_id")
    private String elementId;
    private String property;
    private String actions;
    private boolean allowed;

    protected SessionGrantEntity() {}

    public SessionGrantEntity(SessionId session, int place, Grant grant) {
        this.sessionId = session.value();
        this.place = place;
        switch (grant.subject()) {
            case Subject.User(var id) -> this.userId = id;
            case Subject.Everybody(var everybody) -> this.role = everybody;
        }
        this.elementId = grant.element().map(ElementId::value).orElse(null);
        this.property = grant.property().map(PropertyPattern::toString).orElse(null);
        this.actions = Actions.text(grant.actions());
        this.allowed = grant.allowed();
    }

    public Grant toGrant() {
        return new Grant(role == null ? new Subject.User(userId) : new Subject.Everybody(role),
            Optional.ofNullable(elementId).map(ElementId::new), Optional.ofNullable(property).map(PropertyPattern::parse),
            Actions.parse(actions), allowed);
    }

    /** The primary key; JPA 3.1 takes no record here. */
    public static class Key implements Serializable {
        private static final long serialVersionUID = 1;

        private String sessionId;
        private int place;

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.sessionId.equals(sessionId) && key.place == place;
        }

        @Override
        public int hashCode() {
            return Objects.hash(sessionId, place);
        }
    }
}
