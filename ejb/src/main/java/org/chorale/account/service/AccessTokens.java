package org.chorale.account.service;

import static org.chorale.problem.ProblemType.TOKEN_EXPIRED;
import static org.chorale.problem.ProblemType.UNAUTHENTICATED;

import java.security.Key;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.chorale.account.Account;
import org.chorale.session.service.Secrets;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;

/** Makes and verifies this server's access tokens: JWTs (RFC 9068), signed with ES256 and nothing else. */
final class AccessTokens {
    private static final String TYPE = "at+jwt";
    private static final String SIGN_IN = "sid";
    private static final String ADMINISTRATOR = "administrator";
    private static final String USER = "user";
    private static final AlgorithmConstraints ES256 =
        new AlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SigningKeys keys;
    private final String issuer;
    private final String audience;
    private final Duration lifetime;
    private final Clock clock;

    /** A token, and until when it is good. */
    record Issued(String token, Instant expiresAt) {
        @Override
        public String toString() {
            return "Issued[" + expiresAt + "]";
        }
    }

    /** What a verified token says. Whether its sign-in still is, the database knows. */
    record Claims(String userId, String signInId, Instant expiresAt) {}

    AccessTokens(SigningKeys keys, String issuer, String audience, Duration lifetime, Clock clock) {
        this.keys = keys;
        this.issuer = issuer;
        this.audience = audience;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    Issued issue(Account account, String signInId) {
        Instant now = Instant.ofEpochSecond(clock.instant().getEpochSecond());
        var claims = new JwtClaims();
        claims.setIssuer(issuer);
        claims.setAudience(audience);
        claims.setSubject(account.userId());
        claims.setJwtId(Secrets.newKey(RANDOM));
        claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
        claims.setExpirationTime(NumericDate.fromSeconds(now.plus(lifetime).getEpochSecond()));
        claims.setStringClaim("name", account.profile().name());
        claims.setStringListClaim("groups", account.administrator() ? List.of(USER, ADMINISTRATOR) : List.of(USER));
        claims.setStringClaim(SIGN_IN, signInId);
        SigningKeys.SigningKey key = keys.signer();
        var signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setHeader("typ", TYPE);
        signature.setKeyIdHeaderValue(key.kid());
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
        signature.setKey(key.privateKey());
        try {
            return new Issued(signature.getCompactSerialization(), now.plus(lifetime));
        } catch (JoseException e) {
            throw new IllegalStateException("a token cannot be signed", e);
        }
    }

    /** @throws org.chorale.problem.CollaborationException {@code unauthenticated}, {@code token-expired} */
    Claims verify(String token) {
        var consumer = new JwtConsumerBuilder()
            .setJwsAlgorithmConstraints(ES256)
            .setVerificationKeyResolver(resolver())
            .setExpectedType(true, TYPE)
            .setExpectedIssuer(issuer)
            .setExpectedAudience(audience)
            .setRequireSubject().setRequireIssuedAt().setRequireExpirationTime().setRequireJwtId()
            .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
            .build();
        try {
            JwtClaims claims = consumer.processToClaims(token);
            String signInId = claims.getStringClaimValue(SIGN_IN);
            if (signInId == null) {
                throw invalid();
            }
            return new Claims(claims.getSubject(), signInId, Instant.ofEpochMilli(claims.getExpirationTime().getValueInMillis()));
        } catch (InvalidJwtException e) {
            throw e.hasExpired() ? TOKEN_EXPIRED.because("token (expected: a fresh one)") : invalid();
        } catch (MalformedClaimException e) {
            throw invalid();
        }
    }

    private VerificationKeyResolver resolver() {
        return (signature, nesting) -> {
            String kid = signature.getKeyIdHeaderValue();
            if (kid == null) {
                throw new UnresolvableKeyException("no kid");
            }
            Key key = keys.verifier(kid).orElse(null);
            if (key == null) {
                throw new UnresolvableKeyException("unknown kid");
            }
            return key;
        };
    }

    private static RuntimeException invalid() {
        return UNAUTHENTICATED.because("token (expected: one that this server issued, unchanged)");
    }
}
