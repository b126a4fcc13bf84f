package org.chorale.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;

/** The server under test, as its clients reach it. */
final class TestServer {
    static final ObjectMapper JSON = new ObjectMapper();
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String host;
    private final HttpClient http = HttpClient.newHttpClient();

    TestServer(String host) {
        this.host = host;
    }

    JsonNode startSession(int maxUsers) throws IOException, InterruptedException {
        return startSession(maxUsers, "scene");
    }

    JsonNode startSession(int maxUsers, String kind) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://" + host + "/api/v1/sessions")).header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"test\",\"kind\":\"" + kind + "\",\"maxUsers\":" + maxUsers + "}"));
        return JSON.readTree(http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body());
    }

    void closeSession(String session, String ownerKey) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(sessionUri(session)).header("Chorale-Owner-Key", ownerKey).DELETE();
        assertThat(http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode()).isEqualTo(204);
    }

    /** Waits until nobody is in the session. */
    void untilEmpty(String session) throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (participants(session) > 0) {
            assertThat(Instant.now()).as("the session empties").isBefore(deadline);
        }
    }

    private int participants(String session) throws IOException, InterruptedException {
        var answer = http.send(HttpRequest.newBuilder(sessionUri(session)).build(), HttpResponse.BodyHandlers.ofString());
        return JSON.readTree(answer.body()).get("participants").intValue();
    }

    /** Waits until the server says so. */
    void until(String what, Callable<Boolean> condition) throws Exception {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!condition.call()) {
            assertThat(Instant.now()).as(what).isBefore(deadline);
        }
    }

    boolean isAlive() throws IOException, InterruptedException {
        return health("/health/live").get("status").textValue().equals("UP");
    }

    /** How many sockets the server says are open. */
    int connections() throws IOException, InterruptedException {
        for (JsonNode check : health("/health/live").get("checks")) {
            if (check.get("name").textValue().equals("sessions")) {
                return check.at("/data/connections").intValue();
            }
        }
        throw new AssertionError("/health/live tells no connections");
    }

    private JsonNode health(String path) throws IOException, InterruptedException {
        return JSON.readTree(get(path));
    }

    private String get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://" + host + path)).build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    /** A number that the server tells about itself. */
    long metric(String name) throws IOException, InterruptedException {
        return get("/metrics").lines().filter(line -> line.startsWith(name + "{") || line.startsWith(name + " ")).findFirst()
            .map(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).orElseThrow();
    }

    private URI sessionUri(String session) {
        return URI.create("http://" + host + "/api/v1/sessions/" + session);
    }

    /** A socket that has not said hello. */
    TestClient open(String session) {
        String id = URLEncoder.encode(session, StandardCharsets.UTF_8).replace("+", "%20");
        return TestClient.open(http, URI.create("ws://" + host + "/ws/v1/sessions/" + id), "nobody");
    }

    /** A participant: the client was welcomed. */
    TestClient join(String session, String name) {
        return join(session, name, "chorale.v1");
    }

    /** A participant whose large frames come compressed. */
    TestClient joinCompressed(String session, String name) {
        return join(session, name, "chorale.v1.deflate");
    }

    private TestClient join(String session, String name, String protocol) {
        TestClient client = TestClient.open(http, URI.create("ws://" + host + "/ws/v1/sessions/" + session), name, protocol);
        client.sendHello(name, "");
        client.welcome();
        return client;
    }

    static String change(String id, long base, String operation) {
        return "{\"changeId\":\"" + id + "\",\"baseRevision\":" + base + ",\"seenRevision\":" + base + ",\"operations\":[" + operation + "]}";
    }
}
