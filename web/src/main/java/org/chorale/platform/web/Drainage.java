package org.chorale.platform.web;

import static org.chorale.problem.ProblemType.SERVER_BUSY;

import jakarta.inject.Inject;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.chorale.problem.Problem;

/**
 * Sends whoever comes to a server that is about to stop elsewhere, sockets too before there is one: 503 is what a balancer takes to the
 * next node. Calls that came earlier are answered.
 */
public class Drainage extends HttpFilter {
    private static final long serialVersionUID = 1;
    private static final Duration RETRY = Duration.ofSeconds(1);

    @Inject
    private Draining draining;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException, ServletException {
        if (!draining.enter()) {
            refuse(response);
            return;
        }
        boolean goesOn = false;
        try {
            chain.doFilter(request, response);
            goesOn = request.isAsyncStarted();
            if (goesOn) {
                request.getAsyncContext().addListener(new Leaving());
            }
        } finally {
            if (!goesOn) {
                draining.leave();
            }
        }
    }

    private static void refuse(HttpServletResponse response) throws IOException {
        var problem = new Problem(SERVER_BUSY, "This server is about to stop; another one, or this one soon, takes the call.", Optional.of(RETRY));
        response.setStatus(problem.type().status());
        response.setHeader("Retry-After", String.valueOf(RETRY.toSeconds()));
        response.setHeader("Connection", "close");
        response.setContentType(ProblemJson.MEDIA_TYPE);
        response.getOutputStream().write(ProblemJson.text(problem).getBytes(StandardCharsets.UTF_8));
    }

    /** Completion is told once, whatever comes before it. */
    private final class Leaving implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {
            draining.leave();
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            // Completion follows.
        }

        @Override
        public void onError(AsyncEvent event) {
            // Completion follows.
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}
