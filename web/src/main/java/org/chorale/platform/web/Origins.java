package org.chorale.platform.web;

import static org.chorale.problem.ProblemType.FORBIDDEN;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.chorale.problem.Problem;

/**
 * Lets no page of a strange site open a socket or change anything: neither by a call that browsers make without asking, nor by one that they
 * ask for. Who is no browser sends no origin and is nobody's page.
 */
public class Origins extends HttpFilter {
    private static final long serialVersionUID = 1;
    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final String HEADERS = "Authorization, Content-Type, Idempotency-Key, If-None-Match, Chorale-Guest, Chorale-Owner-Key";
    private static final String TOLD = "ETag, Location, Retry-After";
    private static final String PREFLIGHT_SECONDS = "600";

    @Inject
    private OriginConfig config;
    private transient AllowedOrigins origins;

    @Override
    public void init(FilterConfig filter) throws ServletException {
        super.init(filter);
        origins = new AllowedOrigins(config.allowed.orElse(List.of()), config.publicUrl);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException, ServletException {
        response.addHeader("Vary", "Origin");
        List<String> sent = Collections.list(request.getHeaders("Origin"));
        boolean allowed = sent.size() == 1 && origins.allow(sent.getFirst(), request.getHeader("Host"));
        if (allowed) {
            response.setHeader("Access-Control-Allow-Origin", sent.getFirst());
            response.setHeader("Access-Control-Expose-Headers", TOLD);
        }
        boolean asks = request.getMethod().equals("OPTIONS") && request.getHeader("Access-Control-Request-Method") != null;
        boolean acts = !READING.contains(request.getMethod()) || request.getHeader("Upgrade") != null;
        if (!sent.isEmpty() && !allowed && acts) {
            refuse(response, FORBIDDEN.with("Origin (expected: this server's own, or one of chorale.allowed-origins)"));
        } else if (allowed && asks) {
            response.setHeader("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE");
            response.setHeader("Access-Control-Allow-Headers", HEADERS);
            response.setHeader("Access-Control-Max-Age", PREFLIGHT_SECONDS);
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static void refuse(HttpServletResponse response, Problem problem) throws IOException {
        response.setStatus(problem.type().status());
        response.setContentType(ProblemJson.MEDIA_TYPE);
        response.getOutputStream().write(ProblemJson.text(problem).getBytes(StandardCharsets.UTF_8));
    }
}
