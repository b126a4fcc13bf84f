package org.chorale.access.web;

import static org.chorale.problem.ProblemType.UNAUTHENTICATED;

import jakarta.annotation.Priority;
import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.chorale.access.SessionAccess;
import org.chorale.access.service.AccessDirectory;
import org.chorale.access.service.AccessRows;
import org.chorale.access.service.Credentials;
import org.chorale.access.service.Entrance;
import org.chorale.access.service.User;
import org.chorale.session.SessionId;
import org.chorale.session.web.Callers;
import org.chorale.session.web.OwnerKey;

/**
 * Stands in front of every call about a session, behind whatever finds out whose token is shown: keeps the banned out, and lets nobody
 * but members read a session that is for members only. Who writes and says so in the body is looked at where the body is read: by the
 * mailbox, the chat, and the use cases of access.
 */
@Provider
@Priority(Priorities.AUTHORIZATION)
public class SessionDoor implements ContainerRequestFilter {
    private static final Set<String> READING = Set.of("GET", "HEAD");

    @Inject
    private AccessDirectory directory;
    @EJB
    private AccessRows rows;
    @Inject
    private Entrance entrance;
    @Inject
    private Callers callers;
    @Inject
    private Clock clock;
    @Context
    private ResourceInfo resource;
    @Context
    private HttpServletRequest servlet;

    @Override
    public void filter(ContainerRequestContext request) {
        String typed = request.getUriInfo().getPathParameters().getFirst("sessionId");
        if (typed == null) {
            return;
        }
        SessionId session = SessionId.parse(typed);
        SessionAccess access = directory.of(session);
        Credentials caller = callers.credentials(request.getHeaderString(OwnerKey.HEADER), request.getHeaderString(Callers.GUEST_HEADER));
        if (caller.ownerKey().isPresent()) {
            rows.actor(session, caller);                    // a wrong key is no way around a ban
        } else {
            entrance.requireNotBanned(access, caller.user().map(User::userId).orElse(""), servlet.getRemoteAddr());
        }
        Method call = resource.getResourceMethod();
        requireMember(session, access, caller, call, request.getMethod());
        if (call.isAnnotationPresent(Needs.class)) {
            requireRight(access, caller, call.getAnnotation(Needs.class));
        }
    }

    private void requireMember(SessionId session, SessionAccess access, Credentials caller, Method call, String method) {
        boolean saysWhoInBody = caller.user().isEmpty() && caller.ownerKey().isEmpty() && !READING.contains(method);
        if (!access.isForMembersOnly() || saysWhoInBody || call.isAnnotationPresent(OpenDoor.class)) {
            return;
        }
        if (caller.user().isEmpty() && caller.ownerKey().isEmpty()) {
            throw UNAUTHENTICATED.because("Authorization or " + Callers.GUEST_HEADER + " (expected: a member of the session)");
        }
        rows.actor(session, caller);
    }

    private void requireRight(SessionAccess access, Credentials caller, Needs needs) {
        Instant now = clock.instant();
        Optional<User> user = caller.user();
        if (caller.ownerKey().isEmpty() && user.isPresent()) {
            access.require(user.get().userId(), needs.value(), now);
        }
        // Without either the call itself asks for who it is.
    }
}
