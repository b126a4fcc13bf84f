package org.chorale.account.service;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.chorale.account.LoginThrottle;
import org.chorale.account.store.LoginAttemptEntity;

/** Counts attempts to log in, over all nodes and restarts, each in a transaction of its own. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class LoginAttemptService {
    @PersistenceContext
    private EntityManager entities;
    @Inject
    private Clock clock;

    /**
     * Begins an attempt, which counts as failed until it succeeds.
     *
     * @return how long to wait, where it may not begin
     * @throws Overtaken where it is the first one, and another first one was faster
     */
    public Optional<Duration> begin(String subject, LoginThrottle throttle) {
        Optional<LoginAttemptEntity> known = hold(subject);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Optional<Duration> wait = known.flatMap(entity -> throttle.blockedFor(entity.attempts(), now));
        if (wait.isPresent()) {
            return wait;
        }
        LoginThrottle.Attempts begun = throttle.begun(known.map(LoginAttemptEntity::attempts), now);
        known.ifPresentOrElse(entity -> entity.set(begun), () -> entities.persist(new LoginAttemptEntity(subject, begun)));
        try {
            entities.flush();
        } catch (PersistenceException e) {
            throw Duplicates.isDuplicate(e) ? new Overtaken(e) : e;
        }
        return Optional.empty();
    }

    /** One attempt did not fail. */
    public void succeeded(String subject) {
        hold(subject).ifPresent(entity -> entity.set(LoginThrottle.succeeded(entity.attempts())));
    }

    /** Nothing that failed before counts any more. */
    public void forget(String subject) {
        entities.createNamedQuery("loginAttempt.forget").setParameter("subject", subject).executeUpdate();
    }

    /** Keeps the row from others until the end of the transaction. */
    private Optional<LoginAttemptEntity> hold(String subject) {
        int held = entities.createNamedQuery("loginAttempt.hold").setParameter("subject", subject).executeUpdate();
        return held == 0 ? Optional.empty() : Optional.ofNullable(entities.find(LoginAttemptEntity.class, subject));
    }
}
