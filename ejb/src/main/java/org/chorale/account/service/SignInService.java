package org.chorale.account.service;

import static java.lang.System.Logger.Level.WARNING;
import static org.chorale.problem.ProblemType.INVALID_CREDENTIALS;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.chorale.account.Account;
import org.chorale.account.store.AccountEntity;
import org.chorale.account.store.RefreshTokenEntity;
import org.chorale.account.store.SignInEntity;
import org.chorale.session.service.Secrets;

/** Who is signed in, one transaction each. */
@Stateless
public class SignInService {
    private static final System.Logger LOGGER = System.getLogger(SignInService.class.getName());
    private static final SecureRandom RANDOM = new SecureRandom();

    @PersistenceContext
    private EntityManager entities;
    @EJB
    private AccountAuditService audit;
    @Inject
    private AccountConfig config;
    @Inject
    private Clock clock;

    /** A sign-in as its owner may see it. */
    public record Open(String id, Instant createdAt, Instant expiresAt) {}

    /** Begins a sign-in for somebody who proved who they are. */
    public SignIn open(String userId) {
        Account account = active(userId).orElseThrow(() -> INVALID_CREDENTIALS.because("login or password"));
        Instant now = now();
        var entity = new SignInEntity(Secrets.newKey(RANDOM), userId, now, now.plus(config.signInLifetime));
        entities.persist(entity);
        entities.flush();
        audit.note(userId, "account.signed-in", userId, "");
        return withToken(entity, account, now);
    }

    /** Exchanges a refresh token for the next one. One that is shown again within the leeway is taken for a lost answer, or a second tab. */
    public Refresh refresh(String token) {
        String hash = Secrets.hash(token);
        Instant now = now();
        int taken = entities.createNamedQuery("refreshToken.use").setParameter("hash", hash).setParameter("now", now).executeUpdate();
        RefreshTokenEntity known = entities.find(RefreshTokenEntity.class, hash);
        SignInEntity signIn = known == null ? null : entities.find(SignInEntity.class, known.signInId());
        if (signIn == null || !now.isBefore(signIn.expiresAt())) {
            return new Refresh.Refused();
        }
        boolean again = taken == 0 && known.usedAt().filter(used -> now.isBefore(used.plus(config.refreshLeeway))).isEmpty();
        if (again) {
            LOGGER.log(WARNING, () -> "user=%s: a refresh token came twice, its sign-in is ended".formatted(signIn.userId()));
            audit.note(signIn.userId(), "account.token-reused", signIn.userId(), "");
            end(signIn.userId(), signIn.id());
            return new Refresh.Reused(signIn.userId(), signIn.id());
        }
        return active(signIn.userId()).<Refresh>map(account -> new Refresh.Renewed(withToken(signIn, account, now)))
            .orElseGet(Refresh.Refused::new);
    }

    /** The account that a sign-in belongs to, as long as both are good. */
    public Optional<Account> find(String signInId, String userId) {
        SignInEntity signIn = entities.find(SignInEntity.class, signInId);
        boolean open = signIn != null && signIn.userId().equals(userId) && now().isBefore(signIn.expiresAt());
        return open ? active(userId) : Optional.empty();
    }

    public List<Open> list(String userId) {
        return entities.createNamedQuery("signIn.ofUser", SignInEntity.class).setParameter("user", userId).getResultStream()
            .map(signIn -> new Open(signIn.id(), signIn.createdAt(), signIn.expiresAt())).toList();
    }

    /** Ends one sign-in: all of its tokens are worth nothing from now on. */
    public void end(String userId, String signInId) {
        entities.createNamedQuery("signIn.end").setParameter("id", signInId).setParameter("user", userId).executeUpdate();
    }

    public void endAll(String userId) {
        entities.createNamedQuery("signIn.endAll").setParameter("user", userId).executeUpdate();
    }

    /** Forgets what has expired. */
    public void sweep() {
        Instant now = now();
        entities.createNamedQuery("signIn.sweep").setParameter("now", now).executeUpdate();
        entities.createNamedQuery("link.sweep").setParameter("now", now).executeUpdate();
        entities.createNamedQuery("loginAttempt.sweep").setParameter("before", now.minus(config.forgetAttempts)).executeUpdate();
    }

    private Optional<Account> active(String userId) {
        return Optional.ofNullable(entities.find(AccountEntity.class, userId)).filter(entity -> !entity.isErased())
            .map(AccountEntity::toAccount).filter(account -> !account.isDisabled());
    }

    private SignIn withToken(SignInEntity signIn, Account account, Instant now) {
        String token = Secrets.newKey(RANDOM);
        entities.persist(new RefreshTokenEntity(Secrets.hash(token), signIn.id(), now));
        return new SignIn(signIn.id(), account, token, signIn.expiresAt());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
