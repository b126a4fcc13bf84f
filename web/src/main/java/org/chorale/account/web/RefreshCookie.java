package org.chorale.account.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Where browsers keep a refresh token: no script can read it, no other site can make them send it, and they send it to one address only.
 */
@ApplicationScoped
public class RefreshCookie {
    public static final String NAME = "chorale_refresh";

    @Inject
    @ConfigProperty(name = "chorale.public-url")
    private Optional<String> publicUrl;
    @Inject
    private Clock clock;

    /** The header's value that keeps a token until the sign-in ends. */
    String keep(String token, Instant expiresAt, UriInfo request) {
        Duration left = Duration.between(clock.instant(), expiresAt);
        return write(token, Math.max(0, left.toSeconds()), request);
    }

    /** The header's value that removes it. */
    String remove(UriInfo request) {
        return write("", 0, request);
    }

    private String write(String token, long maxAge, UriInfo request) {
        boolean tls = publicUrl.map(url -> url.startsWith("https:")).orElseGet(() -> "https".equals(request.getBaseUri().getScheme()));
        return NAME + "=" + token + "; Path=" + request.getBaseUri().getRawPath() + "auth/refresh; Max-Age=" + maxAge
            + "; HttpOnly; SameSite=Strict" + (tls ? "; Secure" : "");
    }
}
