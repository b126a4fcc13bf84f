package org.chorale.account.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.chorale.document.service.MovableClock;
import org.chorale.problem.CollaborationException;
import org.chorale.problem.ProblemType;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("[ACC-12] tokens of another issuer")
class IssuerTokensTest {
    private static final String ISSUER = "https://issuer.example";

    private final MovableClock clock = new MovableClock();
    private PublicJsonWebKey key;
    private String published;
    private int fetches;
    private boolean down;
    private IssuerTokens tokens;

    @BeforeEach
    void publish() throws JoseException {
        rotate("one");
        var keys = new IssuerKeys(this::fetch, Duration.ofSeconds(30), Duration.ofHours(1), clock);
        tokens = new IssuerTokens(new IssuerTokens.Trust(ISSUER, "chorale", "name", "realm.roles", "boss", Duration.ofSeconds(30)), keys, clock);
    }

    private void rotate(String kid) throws JoseException {
        key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        key.setKeyId(kid);
        published = new JsonWebKeySet(List.of(key)).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    }

    private String fetch() throws IOException {
        fetches++;
        if (down) {
            throw new IOException("down");
        }
        return published;
    }

    private JwtClaims claims() {
        var claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setAudience("something", "chorale");
        claims.setSubject("4711");
        claims.setExpirationTime(NumericDate.fromMilliseconds(clock.millis() + 300_000));
        return claims;
    }

    private String sign(JwtClaims claims) throws JoseException {
        var signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setKey(key.getPrivateKey());
        return signature.getCompactSerialization();
    }

    private void requireRefused(String token) {
        assertThatThrownBy(() -> tokens.verify(token)).isInstanceOfSatisfying(CollaborationException.class,
            e -> assertThat(e.problem().type()).isEqualTo(ProblemType.UNAUTHENTICATED));
    }

    @Test
    void given_a_token_then_its_claims_are_mapped() throws JoseException {
        JwtClaims claims = claims();
        claims.setStringClaim("name", "  Ada  Lovelace ");
        claims.setClaim("realm", Map.of("roles", List.of("x", "boss")));
        IssuerTokens.Person person = tokens.verify(sign(claims));
        assertThat(person.subject()).isEqualTo("4711");
        assertThat(person.profile().name()).isEqualTo("Ada  Lovelace");
        assertThat(person.administrator()).isTrue();
    }

    @Test
    void given_claims_of_odd_kinds_then_the_person_comes_in_under_a_plain_name() throws JoseException {
        for (Object name : new Object[] {List.of("a"), Map.of(), 7, "", " \u0000\u0007 ", "\u202Eabc", true}) {
            JwtClaims claims = claims();
            claims.setClaim("name", name);
            claims.setClaim("realm", "boss");
            IssuerTokens.Person person = tokens.verify(sign(claims));
            assertThat(person.profile().name()).isIn("User", "abc");
            assertThat(person.administrator()).isFalse();
        }
        JwtClaims claims = claims();
        claims.setStringClaim("name", "n".repeat(5_000));
        assertThat(tokens.verify(sign(claims)).profile().name()).hasSizeLessThanOrEqualTo(64);
    }

    @Test
    void given_an_unknown_key_then_the_keys_are_fetched_once_more_and_not_again_before_the_pause_is_over() throws JoseException {
        tokens.verify(sign(claims()));
        tokens.verify(sign(claims()));
        assertThat(fetches).isEqualTo(1);
        rotate("two");
        clock.move(Duration.ofSeconds(31));
        tokens.verify(sign(claims()));
        assertThat(fetches).isEqualTo(2);
        PublicJsonWebKey real = key;
        String realKeys = published;
        for (int i = 0; i < 50; i++) {
            rotate("made-up-" + i);
            published = realKeys;
            requireRefused(sign(claims()));
        }
        assertThat(fetches).isEqualTo(2);
        clock.move(Duration.ofSeconds(31));
        requireRefused(sign(claims()));
        assertThat(fetches).isEqualTo(3);
        key = real;
        tokens.verify(sign(claims()));
    }

    @Test
    void given_an_issuer_that_is_down_then_known_keys_go_on_and_it_is_not_asked_again_and_again() throws JoseException {
        tokens.verify(sign(claims()));
        down = true;
        clock.move(Duration.ofHours(2));
        for (int i = 0; i < 10; i++) {
            tokens.verify(sign(claims()));
        }
        assertThat(fetches).isEqualTo(2);
    }

    @Test
    void given_keys_that_the_issuer_took_back_then_their_tokens_are_refused_once_the_keys_are_old() throws JoseException {
        tokens.verify(sign(claims()));
        PublicJsonWebKey stolen = key;
        rotate("two");
        key = stolen;
        clock.move(Duration.ofHours(1));
        requireRefused(sign(claims()));
    }

    @Test
    void given_a_symmetric_signature_or_none_then_it_is_refused() throws JoseException {
        tokens.verify(sign(claims()));
        var mac = new JsonWebSignature();
        mac.setPayload(claims().toJson());
        mac.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        mac.setKeyIdHeaderValue("one");
        mac.setKey(new HmacKey(key.getPublicKey().getEncoded()));
        mac.setDoKeyValidation(false);
        requireRefused(mac.getCompactSerialization());
        var none = new JsonWebSignature();
        none.setPayload(claims().toJson());
        none.setAlgorithmHeaderValue(AlgorithmIdentifiers.NONE);
        none.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        requireRefused(none.getCompactSerialization());
    }

    @Test
    void given_a_subject_that_is_too_long_then_it_is_refused() throws JoseException {
        JwtClaims claims = claims();
        claims.setSubject("s".repeat(256));
        requireRefused(sign(claims));
    }
}
