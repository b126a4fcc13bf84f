package org.chorale.account.web;

import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import org.chorale.account.service.AccountAuditService;

/** Notes who read what only administrators, or somebody about themselves, can read. What cannot be noted is not answered. */
@Provider
@Audited
public class AuditedCalls implements ContainerResponseFilter {
    @EJB
    private AccountAuditService audit;
    @Inject
    private RequestIdentity caller;
    @Context
    private ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getStatusInfo().getFamily() != Response.Status.Family.SUCCESSFUL) {
            return;
        }
        String reader = caller.require().userId();
        String subject = request.getUriInfo().getPathParameters().getFirst("userId");
        audit.note(reader, resource.getResourceMethod().getAnnotation(Audited.class).value(), subject == null ? "" : subject, "");
    }
}
