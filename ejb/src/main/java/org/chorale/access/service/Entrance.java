package org.chorale.access.service;

import static org.chorale.problem.ProblemType.FORBIDDEN;
import static org.chorale.problem.ProblemType.PASSWORD_REQUIRED;
import static org.chorale.problem.ProblemType.UNAUTHENTICATED;
import static org.chorale.problem.ProblemType.WRONG_PASSWORD;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.chorale.access.SessionAccess;
import org.chorale.platform.password.PasswordHasher;
import org.chorale.problem.CollaborationException;
import org.chorale.session.SessionId;

/** The door of a session: lets in whoever may take part, and makes members of those who show an invitation or the password. */
@ApplicationScoped
public class Entrance {
    @Inject
    private AccessDirectory directory;
    @EJB
    private AccessService access;
    @EJB
    private InvitationService invitations;
    @Inject
    private PasswordGuard guard;
    @Inject
    private UnwantedWords words;
    @Inject
    private AccessConfig config;
    @Inject
    private PasswordHasher hasher;
    @Inject
    private Clock clock;

    /**
     * What somebody shows who comes.
     *
     * @param address where from; empty where nobody knows
     */
    public record Visitor(User who, Optional<String> password, Optional<String> invitation, String address) {
        /** Never tells what is secret. */
        @Override
        public String toString() {
            return "Visitor[" + who.userId() + "]";
        }
    }

    /**
     * Lets somebody in; returns who may do what now.
     *
     * @throws CollaborationException {@code forbidden}, {@code unauthenticated}, {@code password-required},
     *     {@code wrong-password}, {@code too-many-requests}, {@code invitation-invalid}, {@code unsuitable-words}, {@code limit-exceeded}
     */
    public SessionAccess admit(SessionId session, Visitor visitor) {
        User who = visitor.who();
        words.requireName(who.name());
        SessionAccess present = directory.of(session);
        requireNotBanned(present, who.userId(), visitor.address());
        if (visitor.invitation().isPresent()) {
            requireKnown(who);
            return invitations.accept(session, who, visitor.invitation().get());
        }
        if (present.writtenRoleOf(who.userId()).isPresent()) {
            return present;
        }
        String hash = access.passwordHash(session)
            .orElseThrow(() -> FORBIDDEN.because("user (expected: a member of the session, or an invitation)"));
        return byPassword(session, visitor, hash);
    }

    private SessionAccess byPassword(SessionId session, Visitor visitor, String hash) {
        String password = visitor.password().orElseThrow(() -> PASSWORD_REQUIRED.because("password (expected: the session's)"));
        requireKnown(visitor.who());
        guard.begin(session, visitor.address());
        if (!isRight(session, visitor.address(), password, hash)) {
            throw WRONG_PASSWORD.because("password of length " + password.length() + " (expected: the session's)");
        }
        guard.right(session, visitor.address());
        return access.join(session, visitor.who());
    }

    private boolean isRight(SessionId session, String address, String password, String hash) {
        try {
            return hasher.matches(password, Optional.of(hash), config.passwordIterations);
        } catch (CollaborationException e) {
            guard.takeBack(session, address);               // nobody looked, so nobody failed
            throw e;
        }
    }

    /** @throws CollaborationException {@code forbidden}, with the time that is left where the ban has an end */
    public void requireNotBanned(SessionAccess access, String userId, String address) {
        Instant now = clock.instant();
        if (access.isKeptOut(userId, address, now)) {
            String why = "user (expected: one who is not banned)";
            throw access.keptOutUntil(userId, address, now).map(end -> FORBIDDEN.because(why, Duration.between(now, end)))
                .orElseGet(() -> FORBIDDEN.because(why));
        }
    }

    /** Nobody can be a member who is another user the next time. */
    private static void requireKnown(User who) {
        if (!who.known()) {
            throw UNAUTHENTICATED.because("guest.secret (expected: one, to become a member of the session)");
        }
    }
}
