package org.chorale.account.service;

import static org.chorale.problem.ProblemType.FORBIDDEN;
import static org.chorale.problem.ProblemType.INVALID_LINK;
import static org.chorale.problem.ProblemType.LOGIN_TAKEN;
import static org.chorale.problem.ProblemType.REGISTRATION_CLOSED;
import static org.chorale.problem.ProblemType.USER_NOT_FOUND;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chorale.access.Member;
import org.chorale.access.Report;
import org.chorale.access.service.DepartureService;
import org.chorale.access.store.ReportEntity;
import org.chorale.access.store.SessionMemberEntity;
import org.chorale.account.Account;
import org.chorale.account.LinkPurpose;
import org.chorale.account.NewAccount;
import org.chorale.account.Profile;
import org.chorale.account.ProfileChange;
import org.chorale.account.Registration;
import org.chorale.account.store.AccountEntity;
import org.chorale.branch.Branch;
import org.chorale.chat.ChatMessage;
import org.chorale.chat.store.ChatMessageEntity;
import org.chorale.document.store.BranchEntity;
import org.chorale.document.store.BranchRows;
import org.chorale.mergerequest.Comment;
import org.chorale.mergerequest.MergeRequest;
import org.chorale.mergerequest.MergeRequestId;
import org.chorale.mergerequest.store.MergeCommentEntity;
import org.chorale.mergerequest.store.MergeRequestEntity;
import org.chorale.session.SessionId;
import org.chorale.version.Version;
import org.chorale.version.store.VersionEntity;

/** The use cases of accounts, one transaction each. */
@Stateless
public class AccountService {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String USER_PREFIX = "u-";

    @PersistenceContext
    private EntityManager entities;
    @EJB
    private OneTimeLinkService links;
    @EJB
    private SignInService signIns;
    @EJB
    private AccountAuditService audit;
    @EJB
    private DepartureService departures;
    @EJB
    private BranchRows branches;
    @Inject
    private AccountConfig config;
    @Inject
    private Clock clock;

    /** An account with what is kept of its password. */
    public record WithPassword(Account account, Optional<String> passwordHash) {}

    /** A message that somebody said, and where. */
    public record Said(String sessionId, ChatMessage message) {}

    /** What somebody is in a session. */
    public record Membership(String sessionId, Member member) {}

    /** What somebody said about a merge request. */
    public record Commented(MergeRequestId request, Comment comment) {}

    /** A revision that somebody named. */
    public record Named(String sessionId, Version version) {}

    /** What somebody told the moderators of a session. */
    public record Told(String sessionId, Report report) {}

    // ---- coming

    /** @throws org.chorale.problem.CollaborationException {@code registration-closed}, unless everybody may register */
    public void requireOpen() {
        if (config.registration() != Registration.OPEN) {
            throw REGISTRATION_CLOSED.because("invitation (expected: the token of a link that an administrator made)");
        }
    }

    /** Makes an account; a link makes up for a closed registration, and the one of the first start makes an administrator. */
    public Account register(NewAccount request, Optional<String> linkToken) {
        boolean administrator = linkToken.map(token -> takeLink(links.take(token))).orElse(false);
        if (linkToken.isEmpty()) {
            requireOpen();
        }
        if (byLogin(request.login().value()).isPresent()) {
            throw loginTaken();
        }
        var entity = new AccountEntity(unusedId(), request, administrator, now());
        entities.persist(entity);
        try {
            entities.flush();
        } catch (PersistenceException e) {
            throw Duplicates.isDuplicate(e) ? loginTaken() : e;
        }
        Account account = entity.toAccount();
        audit.note(account.userId(), "account.registered", account.userId(), administrator ? "administrator" : "");
        return account;
    }

    private boolean takeLink(OneTimeLinkService.Taken link) {
        switch (link.purpose()) {
            case INVITATION -> {
                if (config.registration() == Registration.CLOSED) {
                    throw REGISTRATION_CLOSED.because("an invitation (expected: while people may be invited)");
                }
                return false;
            }
            case SETUP -> {
                if (hasAdministrator()) {
                    throw INVALID_LINK.because("the setup link (expected: to be used before there is an administrator)");
                }
                links.drop(LinkPurpose.SETUP);
                return true;
            }
            case RESET -> throw INVALID_LINK.because("a link to reset a password (expected: one to register)");
        }
        throw new IllegalStateException("all purposes are above");
    }

    private static RuntimeException loginTaken() {
        return LOGIN_TAKEN.because("login (expected: one that nobody has)");
    }

    /**
     * The account of somebody whom another issuer knows, made at first sight.
     *
     * @throws Overtaken where another first sight was faster
     */
    public Account known(String issuer, String subject, Profile profile) {
        return entities.createNamedQuery("account.bySubject", AccountEntity.class)
            .setParameter("issuer", issuer).setParameter("subject", subject)
            .getResultStream().findFirst().map(AccountEntity::toAccount).orElseGet(() -> {
                var entity = new AccountEntity(unusedId(), issuer, subject, profile, now());
                entities.persist(entity);
                try {
                    entities.flush();
                } catch (PersistenceException e) {
                    throw Duplicates.isDuplicate(e) ? new Overtaken(e) : e;
                }
                Account account = entity.toAccount();
                audit.note(account.userId(), "account.registered", account.userId(), "by the issuer");
                return account;
            });
    }

    // ---- being there

    public boolean hasAdministrator() {
        return administrators() > 0;
    }

    public Account find(String userId) {
        return require(userId).toAccount();
    }

    /** Empty for a login that nobody has. */
    public Optional<WithPassword> findByLogin(String login) {
        return byLogin(login).map(entity -> new WithPassword(entity.toAccount(), entity.passwordHash()));
    }

    public WithPassword withPassword(String userId) {
        AccountEntity entity = require(userId);
        return new WithPassword(entity.toAccount(), entity.passwordHash());
    }

    /** Those behind one id, in the order of their ids. */
    public List<Account> list(String afterUserId, int limit) {
        return entities.createNamedQuery("account.listed", AccountEntity.class).setParameter("after", afterUserId).setMaxResults(limit)
            .getResultStream().map(AccountEntity::toAccount).toList();
    }

    public Account change(String userId, ProfileChange change) {
        AccountEntity entity = require(userId);
        entity.change(change);
        return entity.toAccount();
    }

    /** The same password, hashed anew. */
    public void rehash(String userId, String passwordHash) {
        require(userId).setPasswordHash(passwordHash);
    }

    /** Another password: whoever is signed in with the old one is not any more. */
    public void setPassword(String userId, String passwordHash) {
        setPassword(userId, passwordHash, "");
    }

    private void setPassword(String userId, String passwordHash, String detail) {
        AccountEntity entity = require(userId);
        audit.note(userId, "account.password", userId, detail);
        entity.setPasswordHash(passwordHash);
        signIns.endAll(userId);
    }

    /** Another password by a link; returns whose it is. */
    public String resetPassword(String linkToken, String passwordHash) {
        OneTimeLinkService.Taken link = links.take(linkToken);
        String userId = link.userId().filter(user -> link.purpose() == LinkPurpose.RESET)
            .orElseThrow(() -> INVALID_LINK.because("the link's token (expected: one to reset a password)"));
        setPassword(userId, passwordHash, "by link");
        return userId;
    }

    /**
     * What administrators set; what is absent stays. To be disabled ends every sign-in.
     *
     * @param actor the administrator who does it
     */
    public Account administer(String actor, String userId, Optional<Boolean> administrator, Optional<Boolean> disabled) {
        AccountEntity entity = require(userId);
        boolean demoted = !administrator.orElse(true) || disabled.orElse(false);
        if (demoted) {
            requireNotLastAdministrator(entity.toAccount());
        }
        audit.note(actor, "account.administered", userId, Stream.of(administrator.map(to -> "administrator " + to),
            disabled.map(to -> "disabled " + to)).flatMap(Optional::stream).collect(Collectors.joining(", ")));
        administrator.ifPresent(entity::setAdministrator);
        disabled.ifPresent(to -> entity.setDisabled(to, now()));
        if (disabled.orElse(false)) {
            signIns.endAll(userId);
        }
        return entity.toAccount();
    }

    // ---- going

    /** Everything that somebody said, the oldest first. */
    public List<Said> said(String userId) {
        return entities.createNamedQuery("chat.ofUser", ChatMessageEntity.class).setParameter("user", userId).getResultStream()
            .map(entity -> new Said(entity.sessionId(), entity.toMessage())).toList();
    }

    /** Every revision that somebody named, the oldest first. */
    public List<Named> named(String userId) {
        return entities.createNamedQuery("version.ofUser", VersionEntity.class).setParameter("user", userId).getResultStream()
            .map(entity -> new Named(entity.sessionId(), entity.toVersion(branches.of(entity.branchKey()).name()))).toList();
    }

    /** Every branch that somebody made and that is still there, the oldest first. */
    public List<Branch> forked(String userId) {
        return entities.createNamedQuery("branch.ofMaker", BranchEntity.class).setParameter("user", userId).getResultStream()
            .map(row -> row.toBranch(row.parentKey().map(key -> branches.of(key).name()))).toList();
    }

    /** Every merge that somebody asked for, the oldest first. */
    public List<MergeRequest> asked(String userId) {
        return entities.createNamedQuery("mergeRequest.ofUser", MergeRequestEntity.class).setParameter("user", userId).getResultStream()
            .map(row -> row.toMergeRequest(List.of())).toList();
    }

    /** Everything that somebody said about merge requests, the oldest first. */
    public List<Commented> commented(String userId) {
        return entities.createNamedQuery("mergeComment.ofUser", MergeCommentEntity.class).setParameter("user", userId).getResultStream()
            .map(row -> new Commented(row.request(), row.toComment())).toList();
    }

    /** As what sessions know somebody. */
    public List<Membership> memberships(String userId) {
        return entities.createNamedQuery("member.ofUser", SessionMemberEntity.class).setParameter("user", userId).getResultStream()
            .map(entity -> new Membership(entity.sessionId(), entity.toMember())).toList();
    }

    /** What somebody told moderators, the oldest first. */
    public List<Told> told(String userId) {
        return entities.createNamedQuery("report.ofUser", ReportEntity.class).setParameter("user", userId).getResultStream()
            .map(entity -> new Told(entity.sessionId(), entity.toReport())).toList();
    }

    /**
     * Forgets somebody. Their id stays in the history, as a pseudonym that leads nowhere; what they said stays under
     * {@link Account#FORMER_USER}. They are no member of any session any more.
     *
     * @param actor who does it: they themselves, or an administrator
     * @return the sessions whose members are others now
     */
    public List<DepartureService.Left> erase(String actor, String userId) {
        AccountEntity entity = require(userId);
        requireNotLastAdministrator(entity.toAccount());
        // Before anything is noted: whoever changes a session holds it first, and the log behind it.
        List<DepartureService.Left> left = departures.leaveAll(actor, userId);
        audit.note(actor, "account.erased", userId, "");
        signIns.endAll(userId);
        entities.createNamedQuery("apiKey.deleteAll").setParameter("user", userId).executeUpdate();
        entities.createNamedQuery("link.dropOfUser").setParameter("user", userId).executeUpdate();
        for (String query : List.of("picture.delete", "contact.removeAll", "meeting.removeAll")) {
            entities.createNamedQuery(query).setParameter("user", userId).executeUpdate();
        }
        for (String query : List.of("chat.forgetName", "version.forgetName", "branch.forgetMaker", "userName.forget", "mergeRequest.forgetAuthor",
                "mergeRequest.forgetMerger", "mergeReview.forgetName", "mergeChoice.forgetName", "mergeComment.forgetName")) {
            entities.createNamedQuery(query).setParameter("name", Account.FORMER_USER).setParameter("user", userId).executeUpdate();
        }
        entity.erase(now());
        return left;
    }

    private void requireNotLastAdministrator(Account account) {
        if (account.administrator() && !account.isDisabled() && account.login().isPresent() && administrators() == 1) {
            throw FORBIDDEN.because("the last administrator (expected: to make another one first)");
        }
    }

    private long administrators() {
        return entities.createNamedQuery("account.administrators", Long.class).getSingleResult();
    }

    private Optional<AccountEntity> byLogin(String login) {
        return entities.createNamedQuery("account.byLogin", AccountEntity.class).setParameter("login", login).getResultStream().findFirst();
    }

    private AccountEntity require(String userId) {
        AccountEntity entity = entities.find(AccountEntity.class, userId);
        if (entity == null || entity.isErased()) {
            throw USER_NOT_FOUND.because("user (expected: the userId of an account)");
        }
        return entity;
    }

    private String unusedId() {
        while (true) {
            String id = USER_PREFIX + SessionId.random(RANDOM).value();
            if (entities.find(AccountEntity.class, id) == null) {
                return id;
            }
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
