package org.chorale.account.service;

import static org.chorale.problem.ProblemType.UNAUTHENTICATED;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import org.chorale.account.Account;
import org.chorale.account.Identity;
import org.chorale.account.Scope;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;

/** This server's own tokens, as everybody else uses them. */
@ApplicationScoped
public class Tokens {
    /** For looking at a token before it is known whose it is; nothing that it says is believed. */
    private static final JwtConsumer UNVERIFIED = new JwtConsumerBuilder().setSkipAllValidators().setDisableRequireSignature()
        .setSkipSignatureVerification().build();

    @Inject
    private TokenConfig config;
    @Inject
    private Clock clock;
    @Inject
    private SigningKeyStore store;
    @EJB
    private SignInService signIns;

    private SigningKeys keys;
    private AccessTokens tokens;

    /** A token for whoever signed in. */
    public record Access(String token, long expiresInSeconds) {
        @Override
        public String toString() {
            return "Access[" + expiresInSeconds + " s]";
        }
    }

    @PostConstruct
    void prepare() {
        keys = new SigningKeys(store, config.keySchedule(), config.keySecret, clock);
        tokens = new AccessTokens(keys, config.issuer, config.audience, config.lifetime(), clock);
    }

    /** @throws org.chorale.problem.CollaborationException {@code unauthenticated} for what is too long to be looked at */
    public void requireShort(String token) {
        if (token.length() > config.maxLength) {
            throw UNAUTHENTICATED.because("token of length " + token.length() + " (expected: at most " + config.maxLength + ")");
        }
    }

    /** Whom a token names as its issuer, true or not. */
    public static Optional<String> claimedIssuer(String token) {
        try {
            return Optional.ofNullable(UNVERIFIED.processToClaims(token).getIssuer());
        } catch (InvalidJwtException | MalformedClaimException e) {
            return Optional.empty();
        }
    }

    public Access issue(SignIn signIn) {
        AccessTokens.Issued issued = tokens.issue(signIn.account(), signIn.id());
        return new Access(issued.token(), Math.max(1, issued.expiresAt().getEpochSecond() - clock.instant().getEpochSecond()));
    }

    /**
     * Who shows a token. Its sign-in is looked up, so that one that was ended counts at once.
     *
     * @throws org.chorale.problem.CollaborationException {@code unauthenticated}, {@code token-expired}
     */
    public Identity verify(String token) {
        AccessTokens.Claims claims = tokens.verify(token);
        Account account = signIns.find(claims.signInId(), claims.userId())
            .orElseThrow(() -> UNAUTHENTICATED.because("token (expected: one whose sign-in was not ended)"));
        return identity(account, account.administrator(), claims.expiresAt(), Optional.of(claims.signInId()));
    }

    /** Somebody who has signed in, here or elsewhere. */
    public static Identity identity(Account account, boolean administrator, Instant expiresAt, Optional<String> signInId) {
        return new Identity(account.userId(), account.profile().name(), account.profile().color(), administrator,
            EnumSet.allOf(Scope.class), expiresAt, signInId, Optional.empty());
    }

    /** The keys by which others can verify these tokens, as a JWK Set. */
    public String publicKeys() {
        return keys.published();
    }
}
