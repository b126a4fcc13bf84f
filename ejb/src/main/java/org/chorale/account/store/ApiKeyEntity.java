package org.chorale.account.store;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.chorale.account.ApiKey;
import org.chorale.account.Scope;
import org.chorale.platform.store.InstantConverter;

/** An API key, as its hash. */
@Entity
@Table(name = "api_key")
@NamedQuery(name = "apiKey.byHash", query = "select k from ApiKeyEntity k where k.keyHash = :hash")
@NamedQuery(name = "apiKey.ofUser", query = "select k from ApiKeyEntity k where k.userId = :user order by k.createdAt, k.id")
@NamedQuery(name = "apiKey.count", query = "select count(k) from ApiKeyEntity k where k.userId = :user")
@NamedQuery(name = "apiKey.used",
    query = "update ApiKeyEntity k set k.lastUsedAt = :now where k.id = :id and (k.lastUsedAt is null or k.lastUsedAt < :before)")
@NamedQuery(name = "apiKey.delete", query = "delete from ApiKeyEntity k where k.id = :id and k.userId = :user")
@NamedQuery(name = "apiKey.deleteAll", query = "delete from ApiKeyEntity k where k.userId = :user")
public class ApiKeyEntity {
    @Id
    private String id;
    @Column(name = "key_hash")
    private String keyHash;
    @Column(name = "user_id")
    private String userId;
    private String name;
    private String scopes;
    @Column(name = "created_at")
    @Convert(converter = InstantConverter.class)
    private Instant createdAt;
    @Column(name = "expires_at")
    @Convert(converter = InstantConverter.class)
    private Instant expiresAt;
    @Column(name = "last_used_at")
    @Convert(converter = InstantConverter.class)
    private Instant lastUsedAt;

    protected ApiKeyEntity() {}

    public ApiKeyEntity(String keyHash, String userId, ApiKey key) {
        this.id = key.id();
        this.keyHash = keyHash;
        this.userId = userId;
        this.name = key.name();
        this.scopes = key.scopes().stream().sorted().map(Scope::name).collect(Collectors.joining(","));
        this.createdAt = key.createdAt();
        this.expiresAt = key.expiresAt().orElse(null);
    }

    public String userId() {
        return userId;
    }

    public ApiKey toApiKey() {
        Set<Scope> granted = Arrays.stream(scopes.split(",")).map(Scope::valueOf)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Scope.class)));
        return new ApiKey(id, name, granted, createdAt, Optional.ofNullable(expiresAt), Optional.ofNullable(lastUsedAt));
    }
}
