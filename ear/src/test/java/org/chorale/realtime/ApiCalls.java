package org.chorale.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;

/** Calls about accounts, and what they must be answered. */
final class ApiCalls {
    static final String PASSWORD = "a sentence that nobody else says";

    private static final String SLUG = "urn:chorale:problem:";
    private static final Pattern SETUP_LINK = Pattern.compile("#setup=([A-Za-z0-9_-]+)");

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;

    ApiCalls(String host) {
        this.base = "http://" + host;
    }

    /** @param body null for none; {@code headers} are names and values in turn */
    HttpResponse<String> send(String method, String path, String body, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(base + path)).timeout(TestServer.PATIENCE)
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> api(String token, String method, String path, String body) throws IOException, InterruptedException {
        return send(method, "/api/v1" + path, body, "Authorization", "Bearer " + token);
    }

    JsonNode answer(int status, HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return answer.body().isEmpty() ? TestServer.JSON.nullNode() : TestServer.JSON.readTree(answer.body());
    }

    String problem(HttpResponse<String> answer) throws IOException {
        JsonNode problem = TestServer.JSON.readTree(answer.body());
        assertThat(problem.path("type").asText()).as(answer.body()).startsWith(SLUG);
        assertThat(problem.get("status").intValue()).isEqualTo(answer.statusCode());
        return problem.get("type").textValue().substring(SLUG.length());
    }

    HttpResponse<String> logIn(String login, String password) throws IOException, InterruptedException {
        return send("POST", "/api/v1/auth/login", "{\"login\":\"" + login + "\",\"password\":\"" + password + "\",\"refreshIn\":\"body\"}");
    }

    /** A login that nobody has. */
    static String newLogin() {
        return "t" + UUID.randomUUID().toString().substring(0, 18);
    }

    /** Somebody who registered just now, with the refresh token in the body. */
    JsonNode register(String login) throws IOException, InterruptedException {
        return answer(201, send("POST", "/api/v1/auth/register",
            "{\"login\":\"" + login + "\",\"password\":\"" + PASSWORD + "\",\"name\":\"" + login + "'s name\",\"refreshIn\":\"body\"}"));
    }

    static String token(JsonNode signedIn) {
        return signedIn.get("accessToken").textValue();
    }

    static String userId(JsonNode signedIn) {
        return signedIn.at("/user/userId").textValue();
    }

    /** The administrator of the server under test, made by the link on its console where there is none yet. */
    String administrator() throws Exception {
        var present = logIn("root-of-tests", PASSWORD);
        if (present.statusCode() == 200) {
            return token(TestServer.JSON.readTree(present.body()));
        }
        String link = setupLink();
        return token(answer(201, send("POST", "/api/v1/auth/register", "{\"login\":\"root-of-tests\",\"password\":\"" + PASSWORD
            + "\",\"invitation\":\"" + link + "\",\"refreshIn\":\"none\"}")));
    }

    private static String setupLink() throws Exception {
        Path log = Path.of(System.getProperty("liberty.user"), "servers", "chorale-it", "logs", "messages.log");
        var deadline = Instant.now().plus(TestServer.PATIENCE);
        while (true) {
            String last = SETUP_LINK.matcher(Files.readString(log)).results().map(link -> link.group(1)).reduce((a, b) -> b).orElse("");
            if (!last.isEmpty()) {
                return last;
            }
            assertThat(Instant.now()).as("the setup link is printed").isBefore(deadline);
            Thread.sleep(100);
        }
    }
}
