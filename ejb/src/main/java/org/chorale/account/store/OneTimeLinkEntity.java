package org.chorale.account.store;

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
import org.chorale.account.LinkPurpose;
import org.chorale.platform.store.InstantConverter;

/** A link that works once, as the hash of its token; its use deletes it. */
@Entity
@Table(name = "one_time_link")
@NamedQuery(name = "link.take", query = "delete from OneTimeLinkEntity l where l.tokenHash = :hash and l.expiresAt > :now")
@NamedQuery(name = "link.drop", query = "delete from OneTimeLinkEntity l where l.purpose = :purpose")
@NamedQuery(name = "link.dropOfUser", query = "delete from OneTimeLinkEntity l where l.userId = :user")
@NamedQuery(name = "link.sweep", query = "delete from OneTimeLinkEntity l where l.expiresAt < :now")
public class OneTimeLinkEntity {
    @Id
    @Column(name = "token_hash")
    private String tokenHash;
    @Enumerated(EnumType.STRING)
    private LinkPurpose purpose;
    @Column(name = "user_id")
    private String userId;
    @Column(name = "created_at")
    @Convert(converter = InstantConverter.class)
    private Instant createdAt;
    @Column(name = "expires_at")
    @Convert(converter = InstantConverter.class)
    private Instant expiresAt;

    protected OneTimeLinkEntity() {}

    public OneTimeLinkEntity(String tokenHash, LinkPurpose purpose, Optional<String> userId, Instant createdAt, Instant expiresAt) {
        this.tokenHash = tokenHash;
        this.purpose = purpose;
        this.userId = userId.orElse(null);
        this.createdAt = createdAt;
        this.expiresAt = expiresAt;
    }

    public LinkPurpose purpose() {
        return purpose;
    }

    /** Whose password it is about. */
    public Optional<String> userId() {
        return Optional.ofNullable(userId);
    }
}
