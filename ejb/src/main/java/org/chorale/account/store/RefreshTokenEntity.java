package org.chorale.account.store;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.chorale.platform.store.InstantConverter;

/** A refresh token, as its hash. */
@Entity
@Table(name = "refresh_token")
@NamedQuery(name = "refreshToken.use",
    query = "update RefreshTokenEntity t set t.usedAt = :now where t.tokenHash = :hash and t.usedAt is null")
public class RefreshTokenEntity {
    @Id
    @Column(name = "token_hash")
    private String tokenHash;
    @Column(name = "sign_in_id")
    private String signInId;
    @Column(name = "created_at")
    @Convert(converter = InstantConverter.class)
    private Instant createdAt;
    @Column(name = "used_at")
    @Convert(converter = InstantConverter.class)
    private Instant usedAt;

    protected RefreshTokenEntity() {}

    public RefreshTokenEntity(String tokenHash, String signInId, Instant createdAt) {
        this.tokenHash = tokenHash;
        this.signInId = signInId;
        this.createdAt = createdAt;
    }

    public String signInId() {
        return signInId;
    }

    /** When it was taken; empty while it is still good. */
    public Optional<Instant> usedAt() {
        return Optional.ofNullable(usedAt);
    }
}
