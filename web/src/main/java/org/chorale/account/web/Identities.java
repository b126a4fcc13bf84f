package org.chorale.account.web;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static org.chorale.problem.ProblemType.UNAUTHENTICATED;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.chorale.account.Account;
import org.chorale.account.ApiKey;
import org.chorale.account.Identity;
import org.chorale.account.service.AccountConfig;
import org.chorale.account.service.AccountService;
import org.chorale.account.service.ApiKeyService;
import org.chorale.account.service.IssuerKeys;
import org.chorale.account.service.IssuerTokens;
import org.chorale.account.service.OidcConfig;
import org.chorale.account.service.Overtaken;
import org.chorale.account.service.TokenConfig;
import org.chorale.account.service.Tokens;

/** Who shows a token: the one verifier of REST calls and sockets, for this server's tokens, a trusted issuer's, and API keys. */
@ApplicationScoped
public class Identities {
    private static final System.Logger LOGGER = System.getLogger(Identities.class.getName());

    @Inject
    private Tokens tokens;
    @EJB
    private AccountService accounts;
    @EJB
    private ApiKeyService apiKeys;
    @Inject
    private AccountConfig accountConfig;
    @Inject
    private TokenConfig tokenConfig;
    @Inject
    private OidcConfig oidc;
    @Inject
    private Clock clock;
    private Optional<IssuerTokens> trusted = Optional.empty();

    @PostConstruct
    void trust() {
        if (oidc.issuer.isEmpty()) {
            return;
        }
        if (oidc.audience.isEmpty()) {
            LOGGER.log(ERROR, "chorale.oidc.issuer is set without chorale.oidc.audience: its tokens are not taken, "
                + "since those for other applications could not be told from those for this one");
            return;
        }
        String issuer = oidc.issuer.get();
        var keys = new IssuerKeys(new IssuerDocuments(issuer, oidc.jwksUri), oidc.refetchInterval, oidc.keysLifetime, clock);
        trusted = Optional.of(new IssuerTokens(new IssuerTokens.Trust(issuer, oidc.audience.get(), oidc.nameClaim, oidc.rolesClaim,
            oidc.administratorRole, oidc.clockSkew), keys, clock));
        LOGGER.log(INFO, () -> "tokens of " + issuer + " are taken");
    }

    /** @throws org.chorale.problem.CollaborationException {@code unauthenticated}, {@code token-expired} */
    public Identity identify(String token) {
        tokens.requireShort(token);
        if (token.startsWith(ApiKey.PREFIX)) {
            return ofApiKey(token);
        }
        Optional<IssuerTokens> elsewhere = trusted
            .filter(issuer -> Tokens.claimedIssuer(token).filter(issuer.issuer()::equals).isPresent());
        if (elsewhere.isPresent()) {
            return ofIssuer(elsewhere.get().verify(token));
        }
        if (!accountConfig.local) {
            throw UNAUTHENTICATED.because("token (expected: one of the issuer that this server trusts)");
        }
        return tokens.verify(token);
    }

    private Identity ofApiKey(String secret) {
        ApiKeyService.Shown shown = apiKeys.use(secret)
            .orElseThrow(() -> UNAUTHENTICATED.because("API key (expected: one that was neither revoked nor has expired)"));
        Account owner = shown.owner();
        ApiKey key = shown.key();
        // It has no end of its own that would make a socket show it again, so it gets that of an access token.
        Instant checkAgain = clock.instant().plus(tokenConfig.lifetime());
        Instant expiresAt = key.expiresAt().filter(end -> end.isBefore(checkAgain)).orElse(checkAgain);
        return new Identity(owner.userId(), key.name(), owner.profile().color(), owner.administrator(), key.scopes(), expiresAt,
            Optional.empty(), Optional.of(key.id()));
    }

    private Identity ofIssuer(IssuerTokens.Person person) {
        Account account = known(person);
        if (account.isDisabled()) {
            throw UNAUTHENTICATED.because("account (expected: one that is not disabled)");
        }
        return Tokens.identity(account, person.administrator(), person.expiresAt(), Optional.empty());
    }

    /** Two first calls at once want to make the same account: the later one finds it there. */
    private Account known(IssuerTokens.Person person) {
        try {
            return accounts.known(person.issuer(), person.subject(), person.profile());
        } catch (Overtaken e) {
            return accounts.known(person.issuer(), person.subject(), person.profile());
        }
    }
}
