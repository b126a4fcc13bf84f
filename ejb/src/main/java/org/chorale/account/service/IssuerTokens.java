package org.chorale.account.service;

import static org.chorale.problem.ProblemType.TOKEN_EXPIRED;
import static org.chorale.problem.ProblemType.UNAUTHENTICATED;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chorale.account.Profile;
import org.chorale.problem.CollaborationException;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;

/** Verifies the tokens of an OpenID Connect issuer. Asymmetric signatures only: nobody but the issuer can have made them. */
public final class IssuerTokens {
    private static final AlgorithmConstraints ASYMMETRIC = new AlgorithmConstraints(ConstraintType.PERMIT,
        AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256, AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384,
        AlgorithmIdentifiers.ECDSA_USING_P521_CURVE_AND_SHA512,
        AlgorithmIdentifiers.RSA_USING_SHA256, AlgorithmIdentifiers.RSA_USING_SHA384, AlgorithmIdentifiers.RSA_USING_SHA512,
        AlgorithmIdentifiers.RSA_PSS_USING_SHA256, AlgorithmIdentifiers.RSA_PSS_USING_SHA384, AlgorithmIdentifiers.RSA_PSS_USING_SHA512);
    private static final int MAX_SUBJECT_LENGTH = 255;
    private static final int MAX_NAME_LENGTH = 64;
    private static final String NAMELESS = "User";

    private final Trust trust;
    private final IssuerKeys keys;
    private final Clock clock;

    /**
     * Whom to believe, and what.
     *
     * @param nameClaim         where the name to show is
     * @param rolesClaim        where a role, or a list of them, is; a dot leads into an object, as in {@code realm_access.roles}
     * @param administratorRole the one that makes administrators
     */
    public record Trust(String issuer, String audience, String nameClaim, String rolesClaim, String administratorRole,
                        Duration clockSkew) {}

    /** Somebody as their issuer tells of them. */
    public record Person(String issuer, String subject, Profile profile, boolean administrator, Instant expiresAt) {}

    public IssuerTokens(Trust trust, IssuerKeys keys, Clock clock) {
        this.trust = trust;
        this.keys = keys;
        this.clock = clock;
    }

    public String issuer() {
        return trust.issuer();
    }

    /** @throws CollaborationException {@code unauthenticated}, {@code token-expired} */
    public Person verify(String token) {
        var consumer = new JwtConsumerBuilder()
            .setJwsAlgorithmConstraints(ASYMMETRIC)
            .setVerificationKeyResolver(resolver())
            .setExpectedIssuer(trust.issuer())
            .setExpectedAudience(trust.audience())
            .setRequireSubject().setRequireExpirationTime()
            .setAllowedClockSkewInSeconds((int) trust.clockSkew().toSeconds())
            .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
            .build();
        try {
            JwtClaims claims = consumer.processToClaims(token);
            if (claims.getSubject().length() > MAX_SUBJECT_LENGTH) {
                throw invalid();
            }
            return new Person(trust.issuer(), claims.getSubject(), profile(claims), isAdministrator(claims),
                Instant.ofEpochMilli(claims.getExpirationTime().getValueInMillis()));
        } catch (InvalidJwtException e) {
            throw e.hasExpired() ? TOKEN_EXPIRED.because("token (expected: a fresh one)") : invalid();
        } catch (MalformedClaimException e) {
            throw invalid();
        }
    }

    private VerificationKeyResolver resolver() {
        return (signature, nesting) -> {
            try {
                Optional<JsonWebKey> key = keys.find(signature);
                return key.orElseThrow(() -> new UnresolvableKeyException("the issuer has no such key")).getKey();
            } catch (UnresolvableKeyException e) {
                throw e;
            } catch (JoseException e) {
                throw new UnresolvableKeyException("the issuer's keys cannot be looked through", e);
            }
        };
    }

    /** What an issuer says of a name is no reason to keep somebody out: one that cannot be shown is cut, or replaced. */
    private Profile profile(JwtClaims claims) {
        String told = claims.getClaimValue(trust.nameClaim()) instanceof String text ? text : "";
        String name = told.codePoints().filter(Character::isDefined).filter(c -> !Character.isISOControl(c)).limit(MAX_NAME_LENGTH / 2)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString().strip();
        String color = Profile.colorOf(claims.getClaimValueAsString("sub"));
        try {
            return new Profile(name, color, Optional.empty());
        } catch (CollaborationException e) {
            return new Profile(NAMELESS, color, Optional.empty());
        }
    }

    private boolean isAdministrator(JwtClaims claims) {
        Object roles = claims.getClaimsMap();
        for (String step : trust.rolesClaim().split("\\.")) {
            roles = roles instanceof Map<?, ?> object ? object.get(step) : null;
        }
        return switch (roles) {
            case List<?> list -> list.contains(trust.administratorRole());
            case String single -> single.equals(trust.administratorRole());
            case null, default -> false;
        };
    }

    private static CollaborationException invalid() {
        return UNAUTHENTICATED.because("token (expected: one of the trusted issuer for this server, unchanged)");
    }
}
