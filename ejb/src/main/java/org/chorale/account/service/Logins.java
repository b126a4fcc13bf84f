package org.chorale.account.service;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;
import static org.chorale.problem.ProblemType.FORBIDDEN;
import static org.chorale.problem.ProblemType.INVALID_CREDENTIALS;
import static org.chorale.problem.ProblemType.REGISTRATION_CLOSED;
import static org.chorale.problem.ProblemType.TOO_MANY_ATTEMPTS;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBException;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.chorale.account.Account;
import org.chorale.account.LinkPurpose;
import org.chorale.account.LoginName;
import org.chorale.account.LoginThrottle;
import org.chorale.account.NewAccount;
import org.chorale.account.PasswordRules;
import org.chorale.account.Profile;
import org.chorale.platform.password.PasswordHasher;
import org.chorale.problem.CollaborationException;
import org.chorale.problem.ProblemType;
import org.chorale.session.service.Secrets;

/**
 * Everything that has to do with passwords. No transaction is open while one is hashed: that takes long, and connections to the database
 * are few.
 */
@ApplicationScoped
public class Logins {
    private static final System.Logger LOGGER = System.getLogger(Logins.class.getName());
    private static final int TRIES = 4;
    /** Contained in no password. */
    private static final String NO_LOGIN = "\n";
    private static final String LOGIN_FAILED = "account.login-failed";

    @EJB
    private AccountService accounts;
    @EJB
    private SignInService signIns;
    @EJB
    private LoginAttemptService attempts;
    @EJB
    private OneTimeLinkService links;
    @EJB
    private AccountAuditService audit;
    @Inject
    private PasswordHasher hasher;
    @Inject
    private AccountConfig config;
    @Resource
    private ManagedScheduledExecutorService scheduler;
    private ScheduledFuture<?> sweep;

    @PostConstruct
    void start() {
        sweep = scheduler.scheduleWithFixedDelay(this::sweep, 1, 60, TimeUnit.MINUTES);
    }

    @PreDestroy
    void stop() {
        sweep.cancel(false);
    }

    private void sweep() {
        try {
            signIns.sweep();
        } catch (EJBException e) {
            LOGGER.log(WARNING, () -> "what has expired of sign-ins stays for another hour: " + e.getMessage());
        }
    }

    // ---- registering

    /**
     * Makes an account and signs it in.
     *
     * @param name      what others see; the login where absent
     * @param linkToken of an invitation, or of the first start
     */
    public SignIn register(LoginName login, String password, Optional<String> name, Optional<String> color, Optional<String> linkToken,
                           String address) {
        requireLocal(REGISTRATION_CLOSED);
        linkToken.ifPresentOrElse(token -> links.require(token, LinkPurpose.SETUP, LinkPurpose.INVITATION), accounts::requireOpen);
        String normal = config.passwordRules().require(password, login.value());
        var profile = new Profile(name.orElse(login.value()), color.orElseGet(() -> Profile.colorOf(login.value())), Optional.empty());
        // Each registration costs a hash: who makes many waits like who guesses much, but may still log in.
        begin(subjectOfAddress("register", address), config.perAddress());
        Account account = accounts.register(new NewAccount(login, profile, hasher.hash(normal, config.passwordIterations)), linkToken);
        LOGGER.log(INFO, () -> "user=%s registered%s".formatted(account.userId(), account.administrator() ? ", an administrator" : ""));
        return signIns.open(account.userId());
    }

    // ---- logging in

    /** Signs somebody in. Unknown login, wrong password and disabled account take the same time and are told alike. */
    public SignIn logIn(String login, String password, String address) {
        requireLocal(FORBIDDEN);
        String known = normal(login);
        String from = subjectOfAddress("login", address);
        String at = "login:" + known;
        begin(from, config.perAddress());
        begin(Secrets.hash(at), config.perAccount());
        Optional<AccountService.WithPassword> found = accounts.findByLogin(known);
        boolean right;
        try {
            right = hasher.matches(PasswordRules.normal(password), found.flatMap(AccountService.WithPassword::passwordHash),
                config.passwordIterations);
        } catch (CollaborationException e) {
            attempts.succeeded(from);                       // nobody looked, so nobody failed
            attempts.succeeded(Secrets.hash(at));
            throw e;
        }
        if (!right || found.get().account().isDisabled()) {
            String whose = found.map(each -> each.account().userId()).orElse("");      // never the login: people type passwords there
            audit.note(whose, LOGIN_FAILED, whose, "");
            throw INVALID_CREDENTIALS.because("login or password");
        }
        attempts.forget(Secrets.hash(at));
        attempts.succeeded(from);
        String userId = found.get().account().userId();
        if (hasher.isOutdated(found.get().passwordHash().orElseThrow(), config.passwordIterations)) {
            accounts.rehash(userId, hasher.hash(PasswordRules.normal(password), config.passwordIterations));
        }
        return signIns.open(userId);
    }

    // ---- other passwords

    /** Changes one's own password and ends every sign-in of before; returns a new one. */
    public SignIn changePassword(String userId, String present, String wanted) {
        AccountService.WithPassword known = accounts.withPassword(userId);
        String login = known.account().login()
            .orElseThrow(() -> FORBIDDEN.because("password (expected: to be changed where one signs in)"));
        String normal = config.passwordRules().require(wanted, login);
        String at = Secrets.hash("login:" + login);
        begin(at, config.perAccount());
        if (!hasher.matches(PasswordRules.normal(present), known.passwordHash(), config.passwordIterations)) {
            audit.note(userId, LOGIN_FAILED, userId, "currentPassword");
            throw INVALID_CREDENTIALS.because("currentPassword");
        }
        attempts.forget(at);
        accounts.setPassword(userId, hasher.hash(normal, config.passwordIterations));
        LOGGER.log(INFO, () -> "user=%s changed the password".formatted(userId));
        return signIns.open(userId);
    }

    /** Sets a password by a link; returns whose. */
    public String resetPassword(String linkToken, String wanted, String address) {
        requireLocal(FORBIDDEN);
        String from = subjectOfAddress("link", address);
        begin(from, config.perAddress());
        links.require(linkToken, LinkPurpose.RESET);
        String hash = hasher.hash(config.passwordRules().require(wanted, NO_LOGIN), config.passwordIterations);
        String userId = accounts.resetPassword(linkToken, hash);
        LOGGER.log(INFO, () -> "user=%s got another password by a link".formatted(userId));
        attempts.succeeded(from);
        accounts.find(userId).login().ifPresent(login -> attempts.forget(Secrets.hash("login:" + login)));
        return userId;
    }

    /**
     * A link by which somebody may choose a new password, for the operator to pass on; empty where nobody has that login, which the
     * caller must not be told.
     */
    public Optional<OneTimeLinkService.Made> requestReset(String login, String address) {
        requireLocal(FORBIDDEN);
        String known = normal(login);
        begin(subjectOfAddress("reset", address), config.perAddress());
        begin(Secrets.hash("reset:" + known), config.perAccount());
        return accounts.findByLogin(known).filter(found -> !found.account().isDisabled())
            .map(found -> links.make(LinkPurpose.RESET, Optional.of(found.account().userId())));
    }

    /**
     * A link for an administrator to hand over.
     *
     * @param actor the administrator
     */
    public OneTimeLinkService.Made makeResetLink(String actor, String userId) {
        if (accounts.find(userId).login().isEmpty()) {
            throw FORBIDDEN.because("password (expected: to be reset where they sign in)");
        }
        audit.note(actor, "account.reset-link", userId, "");
        return links.make(LinkPurpose.RESET, Optional.of(userId));
    }

    // ---- what all of them need

    private void requireLocal(ProblemType problem) {
        if (!config.local) {
            throw problem.because("passwords (expected: to sign in where this server is told to trust)");
        }
    }

    private static String normal(String login) {
        try {
            return new LoginName(login).value();
        } catch (CollaborationException e) {
            return "\n" + login;                            // nobody's, and counted like any other
        }
    }

    private static String subjectOfAddress(String what, String address) {
        return Secrets.hash(what + " from:" + ClientAddresses.block(address));
    }

    private void begin(String subject, LoginThrottle throttle) {
        Optional<Duration> wait = tryToBegin(subject, throttle);
        if (wait.isPresent()) {
            throw TOO_MANY_ATTEMPTS.because("attempts (expected: none for " + (wait.get().toSeconds() + 1) + " s)", wait.get());
        }
    }

    /** Two first attempts at once want to write the same row: the later one finds it there. */
    private Optional<Duration> tryToBegin(String subject, LoginThrottle throttle) {
        for (int left = TRIES; ; left--) {
            try {
                return attempts.begin(subject, throttle);
            } catch (Overtaken e) {
                if (left == 1) {
                    throw e;
                }
            }
        }
    }
}
