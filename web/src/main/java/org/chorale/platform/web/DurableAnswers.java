package org.chorale.platform.web;

import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import org.chorale.platform.store.StorageWatch;
import org.chorale.problem.CollaborationException;

/** Answers no call as done whose transaction may not be on disk: the answer then is {@code storage-unavailable}. */
@Provider
public class DurableAnswers implements ContainerRequestFilter, ContainerResponseFilter {
    private static final String MARK = DurableAnswers.class.getName();

    @Inject
    private StorageWatch storage;

    @Override
    public void filter(ContainerRequestContext request) {
        request.setProperty(MARK, storage.mark());
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        boolean done = response.getStatusInfo().getFamily() == Response.Status.Family.SUCCESSFUL;
        if (!done || !(request.getProperty(MARK) instanceof Long mark)) {
            return;
        }
        try {
            storage.confirm(mark);
        } catch (CollaborationException e) {
            response.setStatus(e.problem().type().status());
            response.getHeaders().putSingle("Content-Type", ProblemJson.MEDIA_TYPE);
            response.setEntity(ProblemJson.text(e.problem()));
        }
    }
}
