package org.chorale.realtime.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;

/** Tells a socket's endpoint where the handshake came from, which the WebSocket API keeps to itself: both see it on one thread. */
@WebFilter(urlPatterns = "/ws/*")
public class RemoteAddresses extends HttpFilter {
    /** The property of a socket under which it is found. */
    static final String PROPERTY = "chorale.address";

    private static final long serialVersionUID = 1;
    private static final ThreadLocal<String> ADDRESS = new ThreadLocal<>();

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException,
        ServletException {
        ADDRESS.set(request.getRemoteAddr());
        try {
            chain.doFilter(request, response);
        } finally {
            ADDRESS.remove();
        }
    }

    /** Keeps the address for the endpoint. */
    public static class Configurator extends ServerEndpointConfig.Configurator {
        @Override
        public void modifyHandshake(ServerEndpointConfig endpoint, HandshakeRequest request, HandshakeResponse response) {
            String address = ADDRESS.get();
            if (address != null) {
                endpoint.getUserProperties().put(PROPERTY, address);
            }
        }
    }
}
