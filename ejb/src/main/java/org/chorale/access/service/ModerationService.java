package org.chorale.access.service;

import static org.chorale.problem.ProblemType.INVALID_REQUEST;
import static org.chorale.problem.ProblemType.LIMIT_EXCEEDED;
import static org.chorale.problem.ProblemType.NOT_FOUND;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.chorale.access.Action;
import org.chorale.access.Actor;
import org.chorale.access.MemberRules;
import org.chorale.access.Report;
import org.chorale.access.Role;
import org.chorale.access.Sanction;
import org.chorale.access.SessionAccess;
import org.chorale.access.store.ReportEntity;
import org.chorale.access.store.SanctionEntity;
import org.chorale.session.SessionId;
import org.chorale.session.service.SessionService;

/** The use cases of moderation, one transaction each, with their audit entries. */
@Stateless
public class ModerationService {
    private static final int LONGEST_REASON = 200;

    @PersistenceContext
    private EntityManager entities;
    @EJB
    private AccessRows rows;
    @EJB
    private SessionService sessions;
    @Inject
    private ModerationConfig config;

    /** Whom to ban or mute, how long and why; what is empty is not meant, or has no end. */
    public record Order(Optional<String> userId, List<String> addresses, Optional<Duration> lasting, String reason) {
        public Order {
            addresses = List.copyOf(addresses);
        }
    }

    /** Whether somebody may do something to a user, who then is sent away; nothing is written but the audit entry. */
    public void kick(SessionId session, Credentials credentials, String userId) {
        Actor actor = requireAbove(session, credentials, Optional.of(userId));
        rows.audit(session, actor, "moderation.kick", userId, "");
    }

    /** Keeps a user, addresses, or both out. */
    public SessionAccess ban(SessionId session, Credentials credentials, Order order) {
        if (order.userId().isEmpty() && order.addresses().isEmpty()) {
            throw INVALID_REQUEST.because("ban (expected: userId or address)");
        }
        return sanction(session, credentials, Sanction.Kind.BAN, order);
    }

    public SessionAccess mute(SessionId session, Credentials credentials, Order order) {
        return sanction(session, credentials, Sanction.Kind.MUTE, order);
    }

    private SessionAccess sanction(SessionId session, Credentials credentials, Sanction.Kind kind, Order order) {
        Actor actor = requireAbove(session, credentials, order.userId());
        requireSound(order);
        rows.hold(session);
        Instant now = rows.now();
        entities.createNamedQuery("sanction.over").setParameter("session", session.value()).setParameter("now", now).executeUpdate();
        long present = entities.createNamedQuery("sanction.count", Long.class).setParameter("session", session.value()).getSingleResult();
        if (present + 1 + order.addresses().size() > config.bans) {
            throw LIMIT_EXCEEDED.because("bans and mutes: " + (present + 1) + " (expected: at most " + config.bans + ")");
        }
        Optional<Instant> until = order.lasting().map(now::plus);
        order.userId().ifPresent(user -> {
            lift("sanction.lift", "user", session, kind, user);
            entities.persist(new SanctionEntity(session, new Sanction(0, kind, Optional.of(user), Optional.empty(), until, order.reason(),
                now)));
        });
        for (String address : order.addresses()) {
            lift("sanction.liftAddress", "address", session, kind, address);
            // With the user, if it is one's: who may come again may do so from there.
            entities.persist(new SanctionEntity(session, new Sanction(0, kind, order.userId(), Optional.of(address), until,
                order.reason(), now)));
        }
        rows.audit(session, actor, "moderation." + kind.name().toLowerCase(Locale.ROOT), order.userId().orElse(""),
            (order.addresses().isEmpty() ? "" : order.addresses().size() + " addresses, ") + until.map(end -> "until " + end)
                .orElse("without end"));
        return rows.changed(session);
    }

    private static void requireSound(Order order) {
        if (order.reason().length() > LONGEST_REASON) {
            throw INVALID_REQUEST.because("reason of length " + order.reason().length() + " (expected: at most " + LONGEST_REASON
                + " characters)");
        }
        if (order.lasting().filter(time -> time.compareTo(Duration.ofSeconds(1)) < 0).isPresent()) {
            throw INVALID_REQUEST.because("seconds (expected: 1 or more)");
        }
        if (order.userId().filter(user -> user.isEmpty() || user.length() > 64).isPresent()
                || order.addresses().stream().anyMatch(address -> address.isEmpty() || address.length() > 64)) {
            throw INVALID_REQUEST.because("userId and address (expected: 1 to 64 characters)");
        }
    }

    /** Ends a ban or a mute: of a user, of an address, or the one with an id, which tells an address from others without naming it. */
    public SessionAccess lift(SessionId session, Credentials credentials, Sanction.Kind kind, Optional<String> userId,
        Optional<String> address, Optional<Long> sanction) {
        Actor actor = rows.require(session, credentials, Action.MODERATE);
        if (userId.isEmpty() && address.isEmpty() && sanction.isEmpty()) {
            throw INVALID_REQUEST.because("body (expected: userId, address or sanction)");
        }
        rows.hold(session);
        int lifted = userId.map(user -> lift("sanction.lift", "user", session, kind, user)).orElse(0)
            + address.map(from -> lift("sanction.liftAddress", "address", session, kind, from)).orElse(0)
            + sanction.map(id -> lift("sanction.liftOne", "sanction", session, kind, id)).orElse(0);
        if (lifted == 0) {
            throw NOT_FOUND.because(kind + " (expected: one of the session's)");
        }
        rows.audit(session, actor, kind == Sanction.Kind.BAN ? "moderation.unban" : "moderation.unmute", userId.orElse(""), "");
        return rows.changed(session);
    }

    private int lift(String query, String parameter, SessionId session, Sanction.Kind kind, Object whom) {
        return entities.createNamedQuery(query).setParameter("session", session.value()).setParameter("kind", kind)
            .setParameter(parameter, whom).executeUpdate();
    }

    /** Keeps everybody below ADMIN from editing, or not any more. */
    public SessionAccess freeze(SessionId session, Credentials credentials, boolean frozen) {
        Actor actor = rows.require(session, credentials, Action.MODERATE);
        rows.hold(session);
        rows.row(session).freeze(frozen);
        rows.audit(session, actor, frozen ? "moderation.freeze" : "moderation.unfreeze", "", "");
        return rows.changed(session);
    }

    /** Lets each user below ADMIN say something once in a while only; 0 ends that. */
    public SessionAccess slowMode(SessionId session, Credentials credentials, long seconds) {
        Actor actor = rows.require(session, credentials, Action.MODERATE);
        if (seconds < 0 || seconds > config.longestSlowMode.toSeconds()) {
            throw INVALID_REQUEST.because("seconds: " + seconds + " (expected: 0 to " + config.longestSlowMode.toSeconds() + ")");
        }
        rows.hold(session);
        rows.row(session).slowMode((int) seconds);
        rows.audit(session, actor, "moderation.slow-mode", "", seconds + " s");
        return rows.changed(session);
    }

    /** Everything in force, for moderators. */
    public SessionAccess state(SessionId session, Credentials credentials) {
        rows.require(session, credentials, Action.MODERATE);
        return rows.load(session);
    }

    /** Who may remove what a user made: noted before it is done. */
    public Actor removal(SessionId session, Credentials credentials, String userId) {
        Actor actor = requireAbove(session, credentials, Optional.of(userId));
        sessions.findOpen(session);
        rows.audit(session, actor, "moderation.remove-content", userId, "");
        return actor;
    }

    private Actor requireAbove(SessionId session, Credentials credentials, Optional<String> userId) {
        Actor actor = rows.require(session, credentials, Action.MODERATE);
        userId.flatMap(user -> Optional.ofNullable(rows.load(session).written().members().get(user)))
            .ifPresent(role -> MemberRules.requireAbove(actor, role));
        return actor;
    }

    // ---- reports

    /** Keeps what somebody who takes part tells the moderators. */
    public Report report(SessionId session, Credentials credentials, Report report) {
        rows.actor(session, credentials);
        rows.hold(session);
        long present = entities.createNamedQuery("report.count", Long.class).setParameter("session", session.value()).getSingleResult();
        if (present >= config.reports) {
            throw LIMIT_EXCEEDED.because("reports: " + (present + 1) + " (expected: at most " + config.reports + ")");
        }
        var entity = new ReportEntity(session, report);
        entities.persist(entity);
        entities.flush();
        return entity.toReport();
    }

    /** Reports before one, or the newest; the newest first. */
    public List<Report> reports(SessionId session, Credentials credentials, long before, int limit) {
        rows.require(session, credentials, Action.MODERATE);
        return entities.createNamedQuery("report.before", ReportEntity.class)
            .setParameter("session", session.value()).setParameter("before", before).setMaxResults(limit)
            .getResultStream().map(ReportEntity::toReport).toList();
    }

    /** Whoever may hear of it: what is the same as for moderation. */
    public Role requireModerator(SessionId session, Credentials credentials) {
        return rows.require(session, credentials, Action.MODERATE).role();
    }
}
