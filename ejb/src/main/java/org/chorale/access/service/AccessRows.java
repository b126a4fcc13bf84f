package org.chorale.access.service;

import static org.chorale.problem.ProblemType.FORBIDDEN;
import static org.chorale.problem.ProblemType.SESSION_NOT_FOUND;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.chorale.access.Action;
import org.chorale.access.Actor;
import org.chorale.access.Grant;
import org.chorale.access.Member;
import org.chorale.access.Permissions;
import org.chorale.access.Role;
import org.chorale.access.Sanction;
import org.chorale.access.SessionAccess;
import org.chorale.access.store.SanctionEntity;
import org.chorale.access.store.SessionAccessEntity;
import org.chorale.access.store.SessionGrantEntity;
import org.chorale.access.store.SessionMemberEntity;
import org.chorale.audit.AuditEvent;
import org.chorale.audit.service.AuditService;
import org.chorale.session.Session;
import org.chorale.session.SessionId;
import org.chorale.session.Visibility;
import org.chorale.session.service.Secrets;
import org.chorale.session.store.SessionEntity;
import org.chorale.session.store.SessionHold;

/** What all use cases about access share: who calls and may they, what is written down, and the note that something changed. */
@Stateless
public class AccessRows {
    private static final int LONGEST_DETAIL = 2_000;

    @PersistenceContext
    private EntityManager entities;
    @EJB
    private AuditService audit;
    @EJB
    private SessionHold holds;
    @Inject
    private Clock clock;

    /** Now, as exactly as it is kept. */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** The version of what is written down; 0 where nothing is. Empty for a session that there is not. */
    public OptionalLong version(SessionId session) {
        return entities.createNamedQuery("access.version", Long.class).setParameter("session", session.value())
            .getResultStream().mapToLong(Long::longValue).findFirst();
    }

    /** Everything that is written down about a session. */
    public SessionAccess load(SessionId id) {
        Session session = require(id).toSession();
        SessionAccessEntity row = entities.find(SessionAccessEntity.class, id.value());
        if (row == null) {
            return SessionAccess.OPEN;
        }
        boolean membersOnly = session.visibility() == Visibility.PRIVATE || row.passwordHash().isPresent();
        return new SessionAccess(new SessionAccess.Written(row.version(),
            members(id).stream().collect(Collectors.toMap(Member::userId, Member::role)),
            membersOnly ? Optional.empty() : Optional.of(row.defaultRole()), Permissions.of(row.permissions()), grants(id), row.isFrozen(),
            row.slowMode(), sanctions(id)));
    }

    public List<Member> members(SessionId session) {
        return entities.createNamedQuery("member.all", SessionMemberEntity.class).setParameter("session", session.value())
            .getResultStream().map(SessionMemberEntity::toMember).toList();
    }

    public List<Grant> grants(SessionId session) {
        return entities.createNamedQuery("grant.all", SessionGrantEntity.class).setParameter("session", session.value())
            .getResultStream().map(SessionGrantEntity::toGrant).toList();
    }

    public List<Sanction> sanctions(SessionId session) {
        return entities.createNamedQuery("sanction.all", SanctionEntity.class).setParameter("session", session.value())
            .getResultStream().map(SanctionEntity::toSanction).toList();
    }

    // ---- who calls

    /**
     * Who wants to do something, if they may.
     *
     * @throws org.chorale.problem.CollaborationException {@code forbidden}, {@code session-not-found}
     */
    public Actor require(SessionId session, Credentials credentials, Action action) {
        Actor actor = actor(session, credentials);
        if (!actor.userId().equals(Actor.OWNER_KEY)) {
            load(session).require(actor.userId(), action, now());
        }
        return actor;
    }

    /** Somebody who takes part in the session, or may. */
    public Actor actor(SessionId session, Credentials credentials) {
        SessionEntity entity = require(session);
        if (credentials.ownerKey().isPresent()) {
            requireOwnerKey(entity, credentials.ownerKey().get());
            return Actor.withOwnerKey();
        }
        User user = credentials.user().orElseThrow(() -> FORBIDDEN.because(
            "caller (expected: the Chorale-Owner-Key, or a guest who may)"));
        Role role = load(session).roleOf(user.userId(), now()).orElseThrow(() ->
            FORBIDDEN.because("caller (expected: a member of the session)"));
        return new Actor(user.userId(), role);
    }

    private static void requireOwnerKey(SessionEntity session, String ownerKey) {
        boolean owner = MessageDigest.isEqual(Secrets.hash(ownerKey).getBytes(StandardCharsets.US_ASCII),
            session.ownerKeyHash().getBytes(StandardCharsets.US_ASCII));
        if (!owner) {
            throw FORBIDDEN.because("owner key (expected: the one given when the session was created)");
        }
    }

    public SessionEntity require(SessionId id) {
        SessionEntity entity = entities.find(SessionEntity.class, id.value());
        if (entity == null) {
            throw SESSION_NOT_FOUND.because("session: " + id);
        }
        return entity;
    }

    // ---- changes

    /** Holds an open session's row until the transaction ends: changes of one session's access come one after the other. */
    public void hold(SessionId session) {
        holds.require(session);
    }

    /** As it is now, to be changed by whoever {@link #hold holds} the session: a new one where none was needed yet. */
    public SessionAccessEntity row(SessionId session) {
        SessionAccessEntity present = entities.find(SessionAccessEntity.class, session.value());
        if (present != null) {
            return present;
        }
        var fresh = new SessionAccessEntity(session);
        entities.persist(fresh);
        return fresh;
    }

    /** Notes that something changed; returns what is written down now. */
    public SessionAccess changed(SessionId session) {
        row(session).touch();
        entities.flush();
        return load(session);
    }

    public void audit(SessionId session, Actor actor, String action, String subject, String detail) {
        audit.append(new AuditEvent(session.value(), now(), actor.userId(), action, subject,
            detail.substring(0, Math.min(detail.length(), LONGEST_DETAIL))));
    }
}
