package org.chorale.platform.web;

import static org.chorale.problem.ProblemType.PAYLOAD_TOO_LARGE;

import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.chorale.document.service.LimitsConfig;
import org.chorale.problem.CollaborationException;

/** Refuses request bodies over the limit: by their announced length, or as soon as more has arrived. */
@Provider
public class BodyLimit implements ContainerRequestFilter {
    @Inject
    private LimitsConfig limits;
    @Context
    private ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) {
        var method = resource.getResourceMethod();
        if (method.isAnnotationPresent(StreamedBody.class)) {
            return;
        }
        int limit = method.isAnnotationPresent(FrameSizedBody.class) ? limits.frameBytes : limits.bodyBytes;
        if (request.getLength() > limit) {
            throw tooLarge(limit);
        }
        request.setEntityStream(new LimitedStream(request.getEntityStream(), limit));
    }

    private static CollaborationException tooLarge(int limit) {
        return PAYLOAD_TOO_LARGE.because("request body (expected: at most " + limit + " bytes)");
    }

    private static final class LimitedStream extends FilterInputStream {
        private final int limit;
        private long count;

        LimitedStream(InputStream body, int limit) {
            super(body);
            this.limit = limit;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            return read < 0 ? read : counted(1, read);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            return read < 0 ? read : counted(read, read);
        }

        private int counted(int bytes, int result) {
            count += bytes;
            if (count > limit) {
                throw tooLarge(limit);
            }
            return result;
        }
    }
}
