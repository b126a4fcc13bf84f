package org.chorale.account.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.chorale.account.service.IssuerKeys;
import org.chorale.document.codec.Json;

/**
 * What an OpenID Connect issuer publishes: its keys, and where they are. Over TLS only, since whoever could change them on the way could
 * be anybody; to this machine itself without.
 */
final class IssuerDocuments implements IssuerKeys.Source {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MAX_BYTES = 256 * 1024;
    private static final int OK = 200;
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final String issuer;
    private final Optional<String> jwksUri;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

    /** @param jwksUri where the keys are; where absent the issuer's discovery document says it */
    IssuerDocuments(String issuer, Optional<String> jwksUri) {
        this.issuer = issuer;
        this.jwksUri = jwksUri;
    }

    @Override
    public String fetch() throws IOException {
        return get(jwksUri.isPresent() ? jwksUri.get() : discover());
    }

    private String discover() throws IOException {
        String document = get(issuer + (issuer.endsWith("/") ? "" : "/") + ".well-known/openid-configuration");
        try {
            var fields = Json.read(document);
            if (!issuer.equals(fields.path("issuer").textValue())) {
                throw new IOException("the discovery document names another issuer");
            }
            return Optional.ofNullable(fields.path("jwks_uri").textValue())
                .orElseThrow(() -> new IOException("the discovery document has no jwks_uri"));
        } catch (JsonProcessingException e) {
            throw new IOException("the discovery document is not JSON", e);
        }
    }

    private String get(String address) throws IOException {
        URI uri = requireSafe(address);
        var request = HttpRequest.newBuilder(uri).timeout(PATIENCE).header("Accept", "application/json").build();
        try {
            HttpResponse<InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                byte[] bytes = body.readNBytes(MAX_BYTES + 1);
                if (answer.statusCode() != OK || bytes.length > MAX_BYTES) {
                    throw new IOException(uri + " answered " + answer.statusCode() + " with " + bytes.length + " bytes");
                }
                return new String(bytes, StandardCharsets.UTF_8);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static URI requireSafe(String address) throws IOException {
        try {
            URI uri = URI.create(address);
            boolean safe = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme()) && THIS_MACHINE.contains(uri.getHost());
            if (safe) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // told below, together with what is no https
        }
        throw new IOException("the issuer's address (expected: https)");
    }
}
