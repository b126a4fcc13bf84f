package org.chorale.access.service;

import static org.chorale.problem.ProblemType.FORBIDDEN;
import static org.chorale.problem.ProblemType.INVALID_REQUEST;
import static org.chorale.problem.ProblemType.INVITATION_INVALID;
import static org.chorale.problem.ProblemType.LIMIT_EXCEEDED;
import static org.chorale.problem.ProblemType.NOT_FOUND;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.chorale.access.Action;
import org.chorale.access.Actor;
import org.chorale.access.Invitation;
import org.chorale.access.Member;
import org.chorale.access.MemberRules;
import org.chorale.access.Role;
import org.chorale.access.SessionAccess;
import org.chorale.access.store.InvitationEntity;
import org.chorale.access.store.SessionMemberEntity;
import org.chorale.session.SessionId;
import org.chorale.session.service.Secrets;

/** The use cases of invitations, one transaction each. */
@Stateless
public class InvitationService {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int MOST_USES = 10_000;

    @PersistenceContext
    private EntityManager entities;
    @EJB
    private AccessRows rows;
    @Inject
    private AccessConfig config;

    /** An invitation just made, with the token that only this answer tells. */
    public record Issued(Invitation invitation, String token) {}

    /** Invites to a role below the caller's own; the OWNER may invite to every one but OWNER. */
    public Issued invite(SessionId session, Credentials credentials, Role role, Optional<Duration> lifetime, int uses) {
        Actor actor = rows.require(session, credentials, Action.MEMBERS);
        if (role == Role.OWNER) {
            throw INVALID_REQUEST.because("role: OWNER (expected: ADMIN, COLLABORATOR or VIEWER)");
        }
        MemberRules.requireAbove(actor, role);
        Duration valid = lifetime.orElse(config.invitationLifetime);
        if (valid.compareTo(Duration.ofSeconds(1)) < 0 || valid.compareTo(config.longestInvitation) > 0) {
            throw INVALID_REQUEST.because("expiresIn: " + valid.toSeconds() + " (expected: 1 to " + config.longestInvitation.toSeconds()
                + " seconds)");
        }
        if (uses < 1 || uses > MOST_USES) {
            throw INVALID_REQUEST.because("uses: " + uses + " (expected: 1 to " + MOST_USES + ")");
        }
        rows.hold(session);
        Instant now = rows.now();
        entities.createNamedQuery("invitation.over").setParameter("session", session.value()).setParameter("now", now).executeUpdate();
        long open = entities.createNamedQuery("invitation.count", Long.class).setParameter("session", session.value()).getSingleResult();
        if (open >= config.invitations) {
            throw LIMIT_EXCEEDED.because("invitations: " + (open + 1) + " (expected: at most " + config.invitations + ")");
        }
        String token = Secrets.newKey(RANDOM);
        var invitation = new Invitation(SessionId.random(RANDOM).value(), role, now, now.plus(valid), uses, 0);
        entities.persist(new InvitationEntity(session, invitation, Secrets.hash(token)));
        rows.audit(session, actor, "invitation.made", invitation.id(), role + ", " + uses + " uses, until " + invitation.expiresAt());
        return new Issued(invitation, token);
    }

    /** Those that there are, used up and expired ones until the next one is made; the newest first. */
    public List<Invitation> list(SessionId session, Credentials credentials) {
        rows.require(session, credentials, Action.MEMBERS);
        return entities.createNamedQuery("invitation.all", InvitationEntity.class).setParameter("session", session.value())
            .getResultStream().map(InvitationEntity::toInvitation).toList();
    }

    /** Nobody may follow it any more; who did stays. */
    public void revoke(SessionId session, Credentials credentials, String id) {
        Actor actor = rows.require(session, credentials, Action.MEMBERS);
        int removed = entities.createNamedQuery("invitation.remove")
            .setParameter("session", session.value()).setParameter("id", id).executeUpdate();
        if (removed == 0) {
            throw NOT_FOUND.because("invitation (expected: one of the session's)");
        }
        rows.audit(session, actor, "invitation.revoked", id, "");
    }

    /**
     * Makes somebody a member. Whoever is one already, of this role or a higher one, stays so, and the invitation is not used.
     *
     * @throws org.chorale.problem.CollaborationException {@code invitation-invalid} for who is no member, where it is unknown, used up,
     *     expired or revoked, or {@code forbidden} for those who are banned
     */
    public SessionAccess accept(SessionId session, User who, String token) {
        rows.hold(session);
        Instant now = rows.now();
        SessionAccess before = rows.load(session);
        if (before.isBanned(who.userId(), now)) {
            throw FORBIDDEN.because("user (expected: one who is not banned)");
        }
        Optional<Role> present = Optional.ofNullable(before.written().members().get(who.userId()));
        Optional<Invitation> wanted = entities.createNamedQuery("invitation.found", InvitationEntity.class)
            .setParameter("session", session.value()).setParameter("token", Secrets.hash(token))
            .getResultStream().findFirst().map(InvitationEntity::toInvitation)
            .filter(invitation -> present.isEmpty() || invitation.role().outranks(present.get()));
        if (wanted.isPresent() && use(wanted.get(), now)) {
            Invitation invitation = wanted.get();
            become(session, who, invitation.role(), before.written().members().size());
            rows.audit(session, new Actor(who.userId(), invitation.role()), "member.joined", who.userId(), "by invitation "
                + invitation.id());
            return rows.changed(session);
        }
        if (present.isEmpty()) {
            throw INVITATION_INVALID.because("invitation (expected: one that was made here, and is neither used up, expired nor revoked)");
        }
        return before;                                      // who is in already may follow an old link again
    }

    private void become(SessionId session, User who, Role role, int members) {
        SessionMemberEntity present = entities.find(SessionMemberEntity.class, new SessionMemberEntity.Key(session, who.userId()));
        if (present != null) {
            present.become(role);
            return;
        }
        if (members >= config.members) {
            throw LIMIT_EXCEEDED.because("members: " + (members + 1) + " (expected: at most " + config.members + ")");
        }
        entities.persist(new SessionMemberEntity(session, new Member(who.userId(), role, who.name(), rows.now())));
    }

    private boolean use(Invitation invitation, Instant now) {
        return entities.createNamedQuery("invitation.use").setParameter("id", invitation.id()).setParameter("now", now)
            .executeUpdate() == 1;
    }
}
