package org.chorale.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

/** Calls of the REST API about one session, and what they must be answered. */
final class RestCalls {
    private static final String SLUG = "urn:chorale:problem:";

    /** As browsers without TLS: the upgrade to HTTP/2 that this client would offer now and then stalls a POST in the server's own layer. */
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String session;

    /** @param sessionId nothing for the sessions themselves */
    RestCalls(String host, String sessionId) {
        this.session = "http://" + host + "/api/v1/sessions" + (sessionId.isEmpty() ? "" : "/" + sessionId);
    }

    /** Somebody as a body names them; one name is one user, on sockets too. */
    static String guest(String name) {
        return "\"guest\":{\"name\":\"" + name + "\",\"color\":\"#336699\",\"secret\":\"" + name + "-0123456789abcdef\"}";
    }

    /** The answer of a GET that succeeds; the path begins with a slash, or is empty for the session itself. */
    JsonNode read(String path, String... headers) throws IOException, InterruptedException {
        return answer(send("GET", path, null, headers), 200);
    }

    /** The answer of a POST that is answered by 200. */
    JsonNode post(String path, String body, String... headers) throws IOException, InterruptedException {
        return answer(send("POST", path, body, headers), 200);
    }

    /** The revision of the one change that a POST of one operation made. */
    long commit(String guest, String operation) throws IOException, InterruptedException {
        JsonNode results = post("/changes", "{" + guest(guest) + ",\"changes\":[{\"operations\":[" + operation + "]}]}").get("results");
        assertThat(results).hasSize(1);
        return results.get(0).get("revision").longValue();
    }

    /** The slug of the problem that answers a call. */
    String problem(String method, String path, String body, String... headers) throws IOException, InterruptedException {
        var answer = send(method, path, body, headers);
        JsonNode problem = TestServer.JSON.readTree(answer.body());
        assertThat(problem.path("type").asText()).as(answer.body()).startsWith(SLUG);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(problem.get("status").intValue()).isEqualTo(answer.statusCode());
        assertThat(problem.get("detail").textValue()).isNotBlank();
        return problem.get("type").textValue().substring(SLUG.length());
    }

    /** @param body null for none */
    HttpResponse<String> send(String method, String path, String body, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(session + path)).timeout(TestServer.PATIENCE)
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static JsonNode answer(HttpResponse<String> answer, int status) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        return TestServer.JSON.readTree(answer.body());
    }
}
