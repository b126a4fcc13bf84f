package org.chorale.session.service;

import static org.chorale.problem.ProblemType.INVALID_REQUEST;
import static org.chorale.problem.ProblemType.SESSION_CLOSED;
import static org.chorale.problem.ProblemType.SESSION_NOT_FOUND;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import org.chorale.document.store.BranchEntity;
import org.chorale.session.ConflictPolicy;
import org.chorale.session.NewSession;
import org.chorale.session.Session;
import org.chorale.session.SessionId;
import org.chorale.session.SessionSettings;
import org.chorale.session.store.SessionEntity;
import org.chorale.session.store.SessionHold;

/** The use cases of sessions, one transaction each. */
@Stateless
public class SessionService {
    private static final SecureRandom RANDOM = new SecureRandom();

    @PersistenceContext
    private EntityManager entities;
    @EJB
    private SessionHold holds;
    @Inject
    private SessionConfig config;
    @Inject
    private Clock clock;

    /** A session just started, with the key that proves who started it. */
    public record Started(Session session, String ownerKey) {}

    /** A place in the list of public sessions, which goes from the newest to the oldest. */
    public record Cursor(Instant createdAt, String id) {
        public static final Cursor NEWEST = new Cursor(Instant.parse("9999-01-01T00:00:00Z"), "");
    }

    /** Starts a session with an empty main branch. */
    public Started start(NewSession request) {
        requireAllowed(request.maxUsers());
        ConflictPolicy.require(request.conflictPolicy(), config.policies);
        String ownerKey = Secrets.newKey(RANDOM);
        Instant now = now();
        var entity = new SessionEntity(unusedId(), request, Secrets.hash(ownerKey), now);
        entities.persist(entity);
        entities.flush();
        Session session = entity.toSession();
        entities.persist(new BranchEntity(session.id(), now));
        return new Started(session, ownerKey);
    }

    public Session find(SessionId id) {
        return require(id).toSession();
    }

    /** The session, for those who want to write to it. */
    public Session findOpen(SessionId id) {
        Session session = find(id);
        if (session.isClosed()) {
            throw SESSION_CLOSED.because("session: " + id);
        }
        return session;
    }

    /** Public sessions that are open, from the newest to the oldest, starting behind the cursor. */
    public List<Session> list(Cursor cursor, int limit) {
        return entities.createNamedQuery("session.listed", SessionEntity.class)
            .setParameter("beforeTime", cursor.createdAt())
            .setParameter("beforeId", cursor.id())
            .setMaxResults(limit)
            .getResultStream().map(SessionEntity::toSession).toList();
    }

    /** Public sessions that are archived, in the same order. */
    public List<Session> listArchived(Cursor cursor, int limit) {
        return entities.createNamedQuery("session.archive", SessionEntity.class)
            .setParameter("beforeTime", cursor.createdAt())
            .setParameter("beforeId", cursor.id())
            .setMaxResults(limit)
            .getResultStream().map(SessionEntity::toSession).toList();
    }

    /** Changes what is given of an open session's settings; who may is not asked here. */
    public Session change(SessionId id, SessionSettings settings) {
        SessionEntity entity = require(id);
        if (entity.toSession().isClosed()) {
            throw SESSION_CLOSED.because("session: " + id);
        }
        settings.maxUsers().ifPresent(this::requireAllowed);
        settings.conflictPolicy().ifPresent(given -> ConflictPolicy.require(given, config.policies));
        entity.change(settings);
        return entity.toSession();
    }

    /** Ends a session for everybody; its document stays in the database. Who may is not asked here. */
    public Session close(SessionId id) {
        SessionEntity entity = require(id);
        entity.close(now());
        return entity.toSession();
    }

    /** Puts an open session away. Who may is not asked here; tells whether it was open. */
    public boolean archive(SessionId id) {
        return held(id).archive(now());
    }

    /**
     * Brings an archived session back; to one that is open nothing happens. Who may is not asked here; tells whether it was.
     *
     * @throws org.chorale.problem.CollaborationException {@code session-closed} for one that was closed for good
     */
    public boolean bringBack(SessionId id) {
        SessionEntity entity = held(id);
        boolean archived = entity.bringBack(now());
        if (entity.toSession().isClosed()) {
            throw SESSION_CLOSED.because("session: " + id);
        }
        return archived;
    }

    /** Somebody is in these sessions, or was a moment ago. */
    public void used(Collection<SessionId> sessions) {
        if (!sessions.isEmpty()) {
            entities.createNamedQuery("session.used").setParameter("now", now())
                .setParameter("ids", sessions.stream().map(SessionId::value).toList()).executeUpdate();
        }
    }

    /** Open sessions that nobody was in for so long. One whose use was never written down is used now. */
    public List<SessionId> idle(Duration since, int limit) {
        entities.createNamedQuery("session.firstUse").setParameter("now", now()).executeUpdate();
        return entities.createNamedQuery("session.idle", SessionEntity.class).setParameter("before", now().minus(since)).setMaxResults(limit)
            .getResultStream().map(each -> each.toSession().id()).toList();
    }

    private SessionEntity held(SessionId id) {
        holds.takeTurn(id);
        SessionEntity entity = entities.find(SessionEntity.class, id.value(), LockModeType.PESSIMISTIC_WRITE);
        if (entity == null) {
            throw SESSION_NOT_FOUND.because("session: " + id);
        }
        return entity;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private void requireAllowed(int maxUsers) {
        if (maxUsers > config.maxUsers) {
            throw INVALID_REQUEST.because("maxUsers: " + maxUsers + " (expected: 1 to " + config.maxUsers + ")");
        }
    }

    private SessionId unusedId() {
        while (true) {
            SessionId id = SessionId.random(RANDOM);
            if (entities.find(SessionEntity.class, id.value()) == null) {
                return id;
            }
        }
    }

    private SessionEntity require(SessionId id) {
        SessionEntity entity = entities.find(SessionEntity.class, id.value());
        if (entity == null) {
            throw SESSION_NOT_FOUND.because("session: " + id);
        }
        return entity;
    }
}
