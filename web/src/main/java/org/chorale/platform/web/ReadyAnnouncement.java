package org.chorale.platform.web;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.chorale.account.web.AccountLinks;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Tells whoever started the server where it is, once {@code /health/ready} says that it takes work. */
@WebListener
public class ReadyAnnouncement implements ServletContextListener {
    private static final System.Logger LOGGER = System.getLogger(ReadyAnnouncement.class.getName());
    private static final long FIRST_PAUSE_MILLIS = 100;
    /** A server that waits for its database asks seldom: each answer "not ready" is a line in the log. */
    private static final long LONGEST_PAUSE_MILLIS = 10_000;
    /** Answers from somebody else's server before this one gives up. */
    private static final int PATIENCE_WITH_STRANGERS = 10;

    @Inject
    @ConfigProperty(name = "chorale.http.port", defaultValue = "9080")
    private int port;
    @Inject
    @ConfigProperty(name = "chorale.public-url")
    private Optional<String> publicUrl;
    @Inject
    @ConfigProperty(name = "chorale.tls", defaultValue = "off")
    private String tls;
    @Inject
    @ConfigProperty(name = "chorale.https.port", defaultValue = "9443")
    private int tlsPort;
    @Inject
    private AccountLinks links;
    @Resource
    private ManagedExecutorService executor;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        if (port > 0) {
            executor.execute(this::announceWhenReady);
        }
    }

    private void announceWhenReady() {
        var ready = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/health/ready")).timeout(Duration.ofSeconds(5)).build();
        try (var client = HttpClient.newHttpClient()) {
            int strangers = 0;
            long pause = FIRST_PAUSE_MILLIS;
            Optional<String> answer = answer(client, ready);
            while (answer.filter(body -> body.contains(ServerIdentity.NODE)).isEmpty()) {
                if (answer.isPresent() && ++strangers == PATIENCE_WITH_STRANGERS) {
                    LOGGER.log(ERROR, () -> "port %d belongs to another process: set CHORALE_HTTP_PORT to a free one".formatted(port));
                    Runtime.getRuntime().exit(1);
                }
                Thread.sleep(pause);
                pause = Math.min(pause * 5 / 4, LONGEST_PAUSE_MILLIS);
                answer = answer(client, ready);
            }
            // Standard output on purpose: these lines are for the person at the terminal, not for the log.
            System.out.println("Chorale is ready: " + publicUrl.orElse("http://localhost:" + port) + "/"
                + (publicUrl.isEmpty() && tls.equals("on") ? " and https://localhost:" + tlsPort + "/" : ""));
            links.setup().ifPresent(link -> System.out.println("Nobody administers accounts here yet. This link makes the first administrator; "
                + "it works once, for " + links.lifetime() + ": " + link));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();             // the server stops before it was ready
        }
    }

    /** What the port answers once it is ready. */
    private static Optional<String> answer(HttpClient client, HttpRequest ready) throws InterruptedException {
        try {
            var response = client.send(ready, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 ? Optional.of(response.body()) : Optional.empty();
        } catch (IOException e) {
            LOGGER.log(DEBUG, () -> "not listening yet: " + e);
            return Optional.empty();
        }
    }
}
