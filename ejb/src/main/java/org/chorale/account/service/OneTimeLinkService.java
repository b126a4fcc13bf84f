package org.chorale.account.service;

import static org.chorale.problem.ProblemType.INVALID_LINK;

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
import org.chorale.account.LinkPurpose;
import org.chorale.account.store.OneTimeLinkEntity;
import org.chorale.session.service.Secrets;

/** Links that work once. */
@Stateless
public class OneTimeLinkService {
    private static final SecureRandom RANDOM = new SecureRandom();

    @PersistenceContext
    private EntityManager entities;
    @EJB
    private AccountAuditService audit;
    @Inject
    private AccountConfig config;
    @Inject
    private Clock clock;

    /** A link's token, which is nowhere else, and until when it works. */
    public record Made(String token, Instant expiresAt) {
        @Override
        public String toString() {
            return "Made[" + expiresAt + "]";
        }
    }

    /** What a link was for. */
    public record Taken(LinkPurpose purpose, Optional<String> userId) {}

    /** Makes a link; of links to reset one password the newest alone works. */
    public Made make(LinkPurpose purpose, Optional<String> userId) {
        userId.ifPresent(user -> entities.createNamedQuery("link.dropOfUser").setParameter("user", user).executeUpdate());
        String token = Secrets.newKey(RANDOM);
        Instant now = now();
        Instant end = now.plus(config.linkLifetime);
        entities.persist(new OneTimeLinkEntity(Secrets.hash(token), purpose, userId, now, end));
        return new Made(token, end);
    }

    /** Makes a link by which one person registers, for an administrator. */
    public Made invite(String administrator) {
        Made made = make(LinkPurpose.INVITATION, Optional.empty());
        audit.note(administrator, "account.invitation", "", "");
        return made;
    }

    /** Looks whether a link would work, before anything expensive is done for it. */
    public void require(String token, LinkPurpose... purposes) {
        OneTimeLinkEntity link = entities.find(OneTimeLinkEntity.class, Secrets.hash(token));
        if (link == null || !List.of(purposes).contains(link.purpose())) {
            throw unknown();
        }
    }

    /**
     * Uses a link up, within the transaction of what it is used for.
     *
     * @throws org.chorale.problem.CollaborationException {@code invalid-link}
     */
    public Taken take(String token) {
        String hash = Secrets.hash(token);
        OneTimeLinkEntity link = entities.find(OneTimeLinkEntity.class, hash);
        int taken = entities.createNamedQuery("link.take").setParameter("hash", hash).setParameter("now", now()).executeUpdate();
        if (link == null || taken == 0) {
            throw unknown();
        }
        return new Taken(link.purpose(), link.userId());
    }

    public void drop(LinkPurpose purpose) {
        entities.createNamedQuery("link.drop").setParameter("purpose", purpose).executeUpdate();
    }

    private static RuntimeException unknown() {
        return INVALID_LINK.because("the link's token (expected: one that was not used, for this)");
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
