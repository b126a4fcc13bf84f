package org.chorale.account.web;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.chorale.account.service.AccountConfig;
import org.chorale.account.service.Tokens;

/** The public keys of this server's access tokens, for other services that take them. */
@WebServlet("/.well-known/jwks.json")
public class JwksPage extends HttpServlet {
    private static final long serialVersionUID = 1;
    private static final String NO_KEYS = "{\"keys\":[]}";

    @Inject
    private transient Tokens tokens;
    @Inject
    private transient AccountConfig config;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] keys = (config.local ? tokens.publicKeys() : NO_KEYS).getBytes(StandardCharsets.UTF_8);
        response.setContentType("application/jwk-set+json");
        response.setHeader("Cache-Control", "public, max-age=300");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentLength(keys.length);
        response.getOutputStream().write(keys);
    }
}
