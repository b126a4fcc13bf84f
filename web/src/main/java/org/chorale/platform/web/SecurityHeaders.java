package org.chorale.platform.web;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What browsers may do with what comes from here: pages run this server's scripts only, and nothing else is a page. */
public class SecurityHeaders extends HttpFilter {
    private static final long serialVersionUID = 1;
    /** Images of scenes come from files that somebody just chose, and the textures inside of models: blobs, which are read again. */
    private static final String PAGES = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; font-src 'self'; "
        + "img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self' blob:; worker-src 'self'; manifest-src 'self'; "
        + "base-uri 'none'; form-action 'self'; frame-ancestors ";
    private static final String DATA = "default-src 'none'; frame-ancestors 'none'";
    private static final String DEVICES = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), serial=(), usb=(), bluetooth=(), hid=()";

    @Inject
    private OriginConfig config;
    private transient String pages;
    private transient String hsts;
    private boolean tlsInFront;

    @Override
    public void init(FilterConfig filter) throws ServletException {
        super.init(filter);
        pages = PAGES + config.frameAncestors;
        hsts = "max-age=" + config.hsts.toSeconds();
        tlsInFront = config.publicUrl.filter(url -> url.startsWith("https:")).isPresent();
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException, ServletException {
        String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        boolean data = path.startsWith("/api") || path.startsWith("/ws") || path.startsWith("/.well-known");
        response.setHeader("Content-Security-Policy", data ? DATA : pages);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", data ? "no-referrer" : "same-origin");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Permissions-Policy", DEVICES);
        if (!config.hsts.isZero() && (request.isSecure() || tlsInFront)) {
            response.setHeader("Strict-Transport-Security", hsts);
        }
        chain.doFilter(request, response);
    }
}
