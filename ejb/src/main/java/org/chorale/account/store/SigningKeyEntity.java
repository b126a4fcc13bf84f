package org.chorale.account.store;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import org.chorale.platform.store.InstantConverter;

/** A key that signs access tokens. */
@Entity
@Table(name = "signing_key")
@NamedQuery(name = "signingKey.all", query = "select k from SigningKeyEntity k order by k.createdAt, k.kid")
@NamedQuery(name = "signingKey.sweep", query = "delete from SigningKeyEntity k where k.createdAt < :before")
public class SigningKeyEntity {
    @Id
    private String kid;
    private String content;
    @Column(name = "created_at")
    @Convert(converter = InstantConverter.class)
    private Instant createdAt;

    protected SigningKeyEntity() {}

    public SigningKeyEntity(String kid, String content, Instant createdAt) {
        this.kid = kid;
        this.content = content;
        this.createdAt = createdAt;
    }

    public String kid() {
        return kid;
    }

    /** The private JWK, sealed or not. */
    public String content() {
        return content;
    }

    public Instant createdAt() {
        return createdAt;
    }
}
