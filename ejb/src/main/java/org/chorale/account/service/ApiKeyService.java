package org.chorale.account.service;

import static org.chorale.problem.ProblemType.INVALID_REQUEST;
import static org.chorale.problem.ProblemType.LIMIT_EXCEEDED;
import static org.chorale.problem.ProblemType.NOT_FOUND;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.chorale.account.Account;
import org.chorale.account.ApiKey;
import org.chorale.account.Scope;
import org.chorale.account.store.AccountEntity;
import org.chorale.account.store.ApiKeyEntity;
import org.chorale.session.SessionId;
import org.chorale.session.service.Secrets;

/** The keys of programs. */
@Stateless
public class ApiKeyService {
    private static final SecureRandom RANDOM = new SecureRandom();
    /** A write for each use would cost more than the use. */
    private static final Duration USE_IS_NOTED_EVERY = Duration.ofMinutes(1);

    @PersistenceContext
    private EntityManager entities;
    @EJB
    private AccountAuditService audit;
    @Inject
    private AccountConfig config;
    @Inject
    private Clock clock;

    /** A new key, with the secret that is shown only now. */
    public record Made(ApiKey key, String secret) {
        @Override
        public String toString() {
            return "Made[" + key.id() + "]";
        }
    }

    /** A key that was shown, and whose it is. */
    public record Shown(ApiKey key, Account owner) {}

    public Made make(String userId, String name, Set<Scope> scopes, Optional<Instant> expiresAt) {
        Instant now = now();
        if (expiresAt.filter(end -> !end.isAfter(now)).isPresent()) {
            throw INVALID_REQUEST.because("expiresAt: " + expiresAt.get() + " (expected: later than now)");
        }
        long keys = entities.createNamedQuery("apiKey.count", Long.class).setParameter("user", userId).getSingleResult();
        if (keys >= config.apiKeys) {
            throw LIMIT_EXCEEDED.because("API keys: " + keys + " (expected: fewer than " + config.apiKeys + " before one more)");
        }
        String secret = ApiKey.PREFIX + Secrets.newKey(RANDOM);
        String id = SessionId.random(RANDOM).value() + SessionId.random(RANDOM).value();
        var key = new ApiKey(id, name, scopes, now, expiresAt.map(end -> end.truncatedTo(ChronoUnit.MILLIS)), Optional.empty());
        entities.persist(new ApiKeyEntity(Secrets.hash(secret), userId, key));
        audit.note(userId, "api-key.made", id, scopes.stream().sorted().map(Enum::name).collect(Collectors.joining(", ")));
        return new Made(key, secret);
    }

    public List<ApiKey> list(String userId) {
        return entities.createNamedQuery("apiKey.ofUser", ApiKeyEntity.class).setParameter("user", userId).getResultStream()
            .map(ApiKeyEntity::toApiKey).toList();
    }

    /** A key of one's own is worth nothing from now on. */
    public void revoke(String userId, String id) {
        int deleted = entities.createNamedQuery("apiKey.delete").setParameter("id", id).setParameter("user", userId).executeUpdate();
        if (deleted == 0) {
            throw NOT_FOUND.because("API key (expected: the id of one of one's own)");
        }
        audit.note(userId, "api-key.revoked", id, "");
    }

    /** The key that somebody shows; empty unless it is good, and its owner too. */
    public Optional<Shown> use(String secret) {
        Instant now = now();
        return entities.createNamedQuery("apiKey.byHash", ApiKeyEntity.class).setParameter("hash", Secrets.hash(secret)).getResultStream()
            .findFirst().flatMap(entity -> {
                ApiKey key = entity.toApiKey();
                Optional<Account> owner = Optional.ofNullable(entities.find(AccountEntity.class, entity.userId()))
                    .filter(account -> !account.isErased()).map(AccountEntity::toAccount).filter(account -> !account.isDisabled());
                if (key.isExpired(now) || owner.isEmpty()) {
                    return Optional.empty();
                }
                noteUse(key, now);
                return Optional.of(new Shown(key, owner.get()));
            });
    }

    private void noteUse(ApiKey key, Instant now) {
        Instant before = now.minus(USE_IS_NOTED_EVERY);
        if (key.lastUsedAt().filter(last -> !last.isBefore(before)).isEmpty()) {
            entities.createNamedQuery("apiKey.used").setParameter("id", key.id()).setParameter("now", now).setParameter("before", before)
                .executeUpdate();
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
