package org.chorale.limit.web;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import java.util.Set;
import org.chorale.account.Identity;
import org.chorale.account.web.RequestIdentity;

/** Counts the calls that change something, once it is known who makes them and before anything is done for them. */
@Provider
@Priority(Priorities.AUTHENTICATION + 1)
public class RateFilter implements ContainerRequestFilter {
    private static final Set<String> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    @Inject
    private Rates rates;
    @Inject
    private RequestIdentity caller;
    @Context
    private ResourceInfo resource;
    @Context
    private HttpServletRequest connection;

    @Override
    public void filter(ContainerRequestContext request) {
        if (READING.contains(request.getMethod())) {
            return;
        }
        Counted counted = resource.getResourceMethod().getAnnotation(Counted.class);
        rates.write(caller.get().map(Identity::userId), connection.getRemoteAddr(),
            Optional.ofNullable(request.getUriInfo().getPathParameters().getFirst("sessionId")),
            counted == null ? Counted.As.WRITE : counted.value());
    }
}
