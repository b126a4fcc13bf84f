package org.chorale.realtime;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** An OpenID Connect issuer with one RSA key that it can change, at the address that the server under test trusts. */
final class TestIssuer implements AutoCloseable {
    static final String ISSUER = "http://localhost:19081";
    static final String AUDIENCE = "chorale-it";

    private static final int RSA_BITS = 2048;

    private final HttpServer http;
    private final AtomicInteger keyRequests = new AtomicInteger();
    private volatile RsaJsonWebKey key;

    TestIssuer() throws IOException, JoseException {
        rotate("first-" + System.nanoTime());
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 19081), 0);
        answer("/.well-known/openid-configuration", () -> "{\"issuer\":\"" + ISSUER + "\",\"jwks_uri\":\"" + ISSUER + "/keys\"}");
        answer("/keys", () -> {
            keyRequests.incrementAndGet();
            return new JsonWebKeySet(List.of(key)).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
        });
        http.start();
    }

    @FunctionalInterface
    private interface Page {
        String text();
    }

    private void answer(String path, Page page) {
        http.createContext(path, exchange -> {
            byte[] body = page.text().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            try (var out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
    }

    /** Signs with another key from now on, and publishes no other. */
    void rotate(String kid) throws JoseException {
        RsaJsonWebKey fresh = RsaJwkGenerator.generateJwk(RSA_BITS);
        fresh.setKeyId(kid);
        fresh.setUse("sig");
        key = fresh;
    }

    /** How often its keys were asked for. */
    int keyRequests() {
        return keyRequests.get();
    }

    String token(String subject, Duration lifetime) throws JoseException {
        return sign(claims(subject, lifetime), key.getPrivateKey(), key.getKeyId());
    }

    JwtClaims claims(String subject, Duration lifetime) {
        var claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setAudience(AUDIENCE);
        claims.setSubject(subject);
        claims.setStringClaim("name", "Person " + subject);
        claims.setIssuedAtToNow();
        NumericDate end = NumericDate.now();
        end.addSeconds(lifetime.toSeconds());
        claims.setExpirationTime(end);
        return claims;
    }

    String sign(JwtClaims claims) throws JoseException {
        return sign(claims, key.getPrivateKey(), key.getKeyId());
    }

    static String sign(JwtClaims claims, Key key, String kid) throws JoseException {
        var signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        signature.setKeyIdHeaderValue(kid);
        signature.setKey(key);
        return signature.getCompactSerialization();
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
