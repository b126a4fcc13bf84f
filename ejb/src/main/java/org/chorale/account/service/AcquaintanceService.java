package org.chorale.account.service;

import static org.chorale.problem.ProblemType.INVALID_REQUEST;
import static org.chorale.problem.ProblemType.LIMIT_EXCEEDED;
import static org.chorale.problem.ProblemType.NOT_FOUND;
import static org.chorale.problem.ProblemType.USER_NOT_FOUND;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.chorale.account.LoginName;
import org.chorale.account.store.AccountEntity;
import org.chorale.account.store.ContactEntity;
import org.chorale.account.store.MeetingEntity;
import org.chorale.profile.Person;
import org.chorale.session.SessionId;

/** Whom somebody knows: the contacts that they chose, and those with whom they were in sessions. */
@Stateless
public class AcquaintanceService {
    /** Who comes and goes is not written down each time. */
    private static final Duration SAME_MEETING = Duration.ofMinutes(5);

    @PersistenceContext
    private EntityManager entities;
    @Inject
    private AccountConfig config;
    @Inject
    private Clock clock;

    /** Somebody among the contacts of somebody else. */
    public record Contact(Person person, Instant since) {}

    /** Somebody whom one was in a session with, and in which for the last time. */
    public record Met(Person person, String sessionId, Instant at) {}

    // ---- contacts

    /** By their names. */
    public List<Contact> contacts(String userId) {
        return entities.createNamedQuery("contact.ofUser", Object[].class).setParameter("user", userId).getResultStream()
            .map(row -> new Contact(((AccountEntity) row[1]).toAccount().person(), ((ContactEntity) row[0]).since())).toList();
    }

    /**
     * Puts somebody among the contacts, who is not asked and not told; who is there already stays.
     *
     * @throws org.chorale.problem.CollaborationException {@code user-not-found}, {@code invalid-request} for oneself,
     *     {@code limit-exceeded}
     * @throws Overtaken where another call added the same person at the same time
     */
    public Contact add(String userId, Optional<String> login, Optional<String> otherId) {
        if (login.isPresent() == otherId.isPresent()) {
            throw INVALID_REQUEST.because("body (expected: login or userId)");
        }
        AccountEntity other = login.map(this::byLogin).orElseGet(() -> byId(otherId.orElseThrow()));
        if (other.userId().equals(userId)) {
            throw INVALID_REQUEST.because("contact (expected: somebody else)");
        }
        Optional<Contact> present = contacts(userId).stream().filter(each -> each.person().userId().equals(other.userId())).findFirst();
        if (present.isPresent()) {
            return present.get();
        }
        long count = entities.createNamedQuery("contact.count", Long.class).setParameter("user", userId).getSingleResult();
        if (count >= config.contacts) {
            throw LIMIT_EXCEEDED.because("contacts: " + (count + 1) + " (expected: at most " + config.contacts + ")");
        }
        Instant now = now();
        entities.persist(new ContactEntity(userId, other.userId(), now));
        flush();
        return new Contact(other.toAccount().person(), now);
    }

    public void remove(String userId, String otherId) {
        int removed = entities.createNamedQuery("contact.remove").setParameter("user", userId).setParameter("contact", otherId)
            .executeUpdate();
        if (removed == 0) {
            throw NOT_FOUND.because("contact (expected: one of one's own)");
        }
    }

    private AccountEntity byLogin(String login) {
        return entities.createNamedQuery("account.byLogin", AccountEntity.class).setParameter("login", new LoginName(login).value())
            .getResultStream().findFirst().orElseThrow(() -> nobody("login"));
    }

    private AccountEntity byId(String userId) {
        return find(userId).orElseThrow(() -> nobody("userId"));
    }

    private Optional<AccountEntity> find(String userId) {
        return Optional.ofNullable(entities.find(AccountEntity.class, userId)).filter(account -> !account.isErased());
    }

    private static RuntimeException nobody(String field) {
        return USER_NOT_FOUND.because(field + " (expected: that of an account)");
    }

    // ---- meetings

    /** With whom somebody was in a session, the last first; guests are not among them. */
    public List<Met> recent(String userId) {
        return entities.createNamedQuery("meeting.ofUser", Object[].class).setParameter("user", userId)
            .setMaxResults(config.recentPeople).getResultStream().map(row -> {
                MeetingEntity meeting = (MeetingEntity) row[0];
                return new Met(((AccountEntity) row[1]).toAccount().person(), meeting.sessionId(), meeting.metAt());
            }).toList();
    }

    /**
     * Notes that somebody came to a session where somebody else is, for both of them.
     *
     * @throws Overtaken where another call noted the same two at the same time
     */
    public void met(SessionId session, String userId, String otherId) {
        if (Stream.of(userId, otherId).anyMatch(each -> find(each).isEmpty())) {
            return;                                         // erased at this moment
        }
        Instant now = now();
        // In the order of their ids, so that two who come at once wait for each other, and not both.
        boolean first = userId.compareTo(otherId) < 0;
        note(first ? userId : otherId, first ? otherId : userId, session, now);
        note(first ? otherId : userId, first ? userId : otherId, session, now);
        flush();
        forgetOldest(userId);
        forgetOldest(otherId);
    }

    private void note(String userId, String otherId, SessionId session, Instant now) {
        MeetingEntity present = entities.find(MeetingEntity.class, new MeetingEntity.Key(userId, otherId));
        if (present == null) {
            entities.persist(new MeetingEntity(userId, otherId, session, now));
        } else if (!present.sessionId().equals(session.value()) || present.metAt().plus(SAME_MEETING).isBefore(now)) {
            present.again(session, now);
        }
    }

    private void forgetOldest(String userId) {
        entities.createNamedQuery("meeting.newest", MeetingEntity.class).setParameter("user", userId)
            .setFirstResult(Math.max(0, config.recentPeople - 1)).setMaxResults(1).getResultStream().findFirst()
            .ifPresent(oldestKept -> entities.createNamedQuery("meeting.forgetBefore").setParameter("user", userId)
                .setParameter("before", oldestKept.metAt()).executeUpdate());
    }

    private void flush() {
        try {
            entities.flush();
        } catch (PersistenceException e) {
            throw Duplicates.isDuplicate(e) ? new Overtaken(e) : e;
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
