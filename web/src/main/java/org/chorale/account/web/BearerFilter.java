package org.chorale.account.web;

import static org.chorale.problem.ProblemType.UNAUTHENTICATED;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chorale.account.Identity;
import org.chorale.account.Scope;
import org.chorale.session.service.GuestConfig;

/** Finds out who calls. A token that is not good is refused, also where none is needed: its bearer believes to be somebody. */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class BearerFilter implements ContainerRequestFilter, ContainerResponseFilter {
    private static final String SCHEME = "Bearer ";
    private static final Set<String> LOOKING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final String SESSIONS = "sessions";
    private static final String PUBLIC = "public";

    @Inject
    private Identities identities;
    @Inject
    private RequestIdentity present;
    @Inject
    private GuestConfig guests;

    @Override
    public void filter(ContainerRequestContext request) {
        Optional<String> token = token(request.getHeaders().getOrDefault(HttpHeaders.AUTHORIZATION, List.of()));
        if (token.isPresent()) {
            Identity identity = identities.identify(token.get());
            identity.require(LOOKING.contains(request.getMethod()) ? Scope.READ : Scope.WRITE);
            present.set(identity);
        } else if (!guests.allowed && isAboutSessions(request.getUriInfo().getPath())) {
            throw UNAUTHENTICATED.because("Authorization (expected: Bearer with an access token; there are no guests on this server)");
        }
    }

    /** Where not everybody may see what is in sessions, no shared cache may keep it for everybody. */
    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (!guests.allowed && response.getHeaders().getFirst(HttpHeaders.CACHE_CONTROL) instanceof String caching && caching.startsWith(PUBLIC)) {
            response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "private" + caching.substring(PUBLIC.length()));
        }
    }

    /** Other schemes are somebody else's, a proxy's for example. */
    private static Optional<String> token(List<String> headers) {
        List<String> bearers = headers.stream().filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())).toList();
        if (bearers.size() > 1) {
            throw UNAUTHENTICATED.because("Authorization (expected: once)");
        }
        return bearers.stream().findFirst().map(header -> header.substring(SCHEME.length()).strip());
    }

    private static boolean isAboutSessions(String path) {
        String relative = path.startsWith("/") ? path.substring(1) : path;
        return relative.equals(SESSIONS) || relative.startsWith(SESSIONS + "/");
    }
}
