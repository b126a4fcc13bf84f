package org.chorale.account.store;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import org.chorale.platform.store.InstantConverter;

/** One log-in, and all tokens that came of it; its refresh tokens go with it. */
@Entity
@Table(name = "sign_in")
@NamedQuery(name = "signIn.end", query = "delete from SignInEntity s where s.id = :id and s.userId = :user")
@NamedQuery(name = "signIn.endAll", query = "delete from SignInEntity s where s.userId = :user")
@NamedQuery(name = "signIn.sweep", query = "delete from SignInEntity s where s.expiresAt < :now")
@NamedQuery(name = "signIn.ofUser", query = "select s from SignInEntity s where s.userId = :user order by s.createdAt")
public class SignInEntity {
    @Id
    private String id;
    @Column(name = "user_id")
    private String userId;
    @Column(name = "created_at")
    @Convert(converter = InstantConverter.class)
    private Instant createdAt;
    @Column(name = "expires_at")
    @Convert(converter = InstantConverter.class)
    private Instant expiresAt;

    protected SignInEntity() {}

    public SignInEntity(String id, String userId, Instant createdAt, Instant expiresAt) {
        this.id = id;
        this.userId = userId;
        this.createdAt = createdAt;
        this.expiresAt = expiresAt;
    }

    public String id() {
        return id;
    }

    public String userId() {
        return userId;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant expiresAt() {
        return expiresAt;
    }
}
