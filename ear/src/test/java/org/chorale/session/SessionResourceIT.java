package org.chorale.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;
import org.chorale.platform.Deployments;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** REST, health, the API's description and the pages, from outside. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class SessionResourceIT {
    private static final String BASE = "http://localhost:19080";
    private static final String SESSIONS = "/api/v1/sessions";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();

    @Deployment(testable = false)
    static EnterpriseArchive deployment() {
        return Deployments.application(SessionResourceIT.class);
    }

    @Test
    void given_a_name_and_a_kind_when_a_session_is_started_then_there_is_a_link_to_it() throws Exception {
        var answer = post("{\"name\":\" Bridge review \",\"kind\":\"scene\",\"maxUsers\":7}");
        JsonNode started = body(answer, 201);
        String id = started.get("sessionId").textValue();
        assertThat(id).matches("[0-9a-hjkmnp-tv-z]{10}");
        assertThat(started.get("joinUrl").textValue()).isEqualTo(BASE + "/s/" + id);
        assertThat(answer.headers().firstValue("Location")).contains(BASE + SESSIONS + "/" + id);
        assertThat(Instant.parse(started.get("createdAt").textValue())).isBeforeOrEqualTo(Instant.now());

        JsonNode read = body(get(SESSIONS + "/" + id.toUpperCase(Locale.ROOT)), 200);
        assertThat(read.get("name").textValue()).isEqualTo("Bridge review");
        assertThat(read.get("kind").textValue()).isEqualTo("scene");
        assertThat(read.get("visibility").textValue()).isEqualTo("link");
        assertThat(read.get("maxUsers").intValue()).isEqualTo(7);
        assertThat(read.get("closed").booleanValue()).isFalse();
        assertThat(read.get("participants").intValue()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "null", "[]", "{", "{}", "{\"name\":\"x\"}", "{\"kind\":\"scene\"}", "{\"name\":7,\"kind\":\"scene\"}", "{\"name\":\"  \",\"kind\":\"scene\"}",
        "{\"name\":\"x\",\"kind\":\"SCENE\"}", "{\"name\":\"x\",\"kind\":\"scene\",\"maxUsers\":0}", "{\"name\":\"x\",\"kind\":\"scene\",\"maxUsers\":501}",
        "{\"name\":\"x\",\"kind\":\"scene\",\"maxUsers\":9999999999999}", "{\"name\":\"x\",\"kind\":\"scene\",\"maxUsers\":2.5}",
        "{\"name\":\"x\",\"kind\":\"scene\",\"maxUsers\":NaN}", "{\"name\":\"x\",\"kind\":\"scene\",\"maxUser\":5}",
        "{\"name\":\"x\",\"kind\":\"scene\",\"visibility\":\"nobody\"}", "{\"name\":\"x\",\"name\":\"y\",\"kind\":\"scene\"}",
        "{\"name\":\"a\\u0000b\",\"kind\":\"scene\"}", "{\"name\":\"x\",\"kind\":\"scene\"} trailing",
    })
    @DisplayName("[ERR-1] a bad body gets invalid-request")
    void given_a_bad_body_when_a_session_is_started_then_the_problem_says_what_is_wrong(String body) throws Exception {
        JsonNode problem = problem(post(body), 400);
        assertThat(problem.get("type").textValue()).isIn("urn:chorale:problem:invalid-request", "urn:chorale:problem:invalid-value");
        assertThat(problem.get("detail").textValue()).isNotBlank();
    }

    @Test
    void given_a_name_of_more_than_120_characters_then_invalid_request() throws Exception {
        problem(post("{\"name\":\"" + "x".repeat(121) + "\",\"kind\":\"scene\"}"), 400);
        body(post("{\"name\":\"" + "x".repeat(120) + "\",\"kind\":\"scene\"}"), 201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"})
    void given_another_content_type_then_unsupported_media_type(String type) throws Exception {
        var request = request(SESSIONS).header("Content-Type", type).POST(BodyPublishers.ofString("{\"name\":\"x\",\"kind\":\"scene\"}"));
        assertThat(problem(send(request), 415).get("type").textValue()).isEqualTo("urn:chorale:problem:unsupported-media-type");
    }

    @Test
    void given_no_acceptable_answer_then_not_acceptable() throws Exception {
        problem(send(request(SESSIONS).header("Accept", "image/png").GET()), 406);
    }

    @Test
    void given_a_body_of_ten_megabytes_with_its_length_then_payload_too_large() throws Exception {
        assertTooLarge(BodyPublishers.ofByteArray(new byte[10 * 1024 * 1024]));
    }

    @Test
    void given_a_body_of_ten_megabytes_in_chunks_then_payload_too_large() throws Exception {
        assertTooLarge(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[10 * 1024 * 1024])));
    }

    private void assertTooLarge(BodyPublisher body) throws Exception {
        var answer = send(request(SESSIONS).header("Content-Type", "application/json").POST(body));
        assertThat(problem(answer, 413).get("type").textValue()).isEqualTo("urn:chorale:problem:payload-too-large");
        body(post("{\"name\":\"the server lives on\",\"kind\":\"scene\"}"), 201);
    }

    @ParameterizedTest
    @CsvSource({
        "/0000000000, 404, session-not-found", "/nonsense, 404, session-not-found",
        "/0000000000/nothing, 404, not-found", "/%20, 404, session-not-found",
    })
    void given_an_address_without_a_session_then_the_problem_says_so(String path, int status, String slug) throws Exception {
        assertThat(problem(get(SESSIONS + path), status).get("type").textValue()).isEqualTo("urn:chorale:problem:" + slug);
    }

    @Test
    void given_a_method_that_is_not_there_then_method_not_allowed() throws Exception {
        var answer = send(request(SESSIONS).method("PATCH", BodyPublishers.noBody()));
        problem(answer, 405);
        assertThat(answer.headers().firstValue("Allow").orElseThrow()).contains("POST");
    }

    @Test
    void given_public_sessions_when_they_are_listed_then_pages_follow_each_other() throws Exception {
        var listed = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            listed.add(body(post("{\"name\":\"listed\",\"kind\":\"scene\",\"visibility\":\"public\"}"), 201).get("sessionId").textValue());
        }
        String hidden = body(post("{\"name\":\"hidden\",\"kind\":\"scene\"}"), 201).get("sessionId").textValue();
        var found = new ArrayList<String>();
        String cursor = "";
        do {
            JsonNode page = body(get(SESSIONS + "?limit=2" + cursor), 200);
            assertThat(page.get("sessions").size()).isLessThanOrEqualTo(2);
            page.get("sessions").forEach(session -> found.add(session.get("sessionId").textValue()));
            cursor = page.has("nextCursor") ? "&cursor=" + page.get("nextCursor").textValue() : "";
        } while (!cursor.isEmpty());
        assertThat(found).doesNotHaveDuplicates().containsAll(listed).doesNotContain(hidden);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?limit=0", "?limit=101", "?limit=x", "?cursor=nonsense", "?cursor=%F0%9F%98%80", "?cursor=MTIz"})
    void given_a_bad_page_then_invalid_request(String query) throws Exception {
        problem(get(SESSIONS + query), 400);
    }

    @Test
    @DisplayName("[HEL-1] a session is closed by its owner only")
    void given_a_session_when_it_is_closed_then_the_key_decides() throws Exception {
        JsonNode started = body(post("{\"name\":\"to close\",\"kind\":\"scene\"}"), 201);
        String path = SESSIONS + "/" + started.get("sessionId").textValue();
        problem(send(request(path).DELETE()), 403);
        problem(send(request(path).header("Chorale-Owner-Key", "guess").DELETE()), 403);
        var close = request(path).header("Chorale-Owner-Key", started.get("ownerKey").textValue()).DELETE();
        assertThat(send(close).statusCode()).isEqualTo(204);
        assertThat(send(close).statusCode()).isEqualTo(204);
        assertThat(body(get(path), 200).get("closed").booleanValue()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/started", "/health/live", "/health/ready"})
    void given_a_server_that_runs_then_its_health_is_up(String path) throws Exception {
        JsonNode health = body(get(path), 200);
        assertThat(health.get("status").textValue()).isEqualTo("UP");
        assertThat(health.get("checks")).isNotEmpty();
    }

    @Test
    void given_the_api_when_it_is_described_then_every_call_has_a_summary_answers_and_an_example() throws Exception {
        JsonNode openApi = body(send(request("/openapi").header("Accept", "application/json").GET()), 200);
        assertThat(openApi.at("/info/title").textValue()).isEqualTo("Chorale");
        openApi.get("paths").properties().forEach(path -> path.getValue().properties().stream()
            .filter(call -> !call.getKey().equals("parameters"))
            .forEach(call -> {
                assertThat(call.getValue().path("summary").textValue()).as(path.getKey()).isNotBlank();
                assertThat(call.getValue().path("responses")).as(path.getKey()).isNotEmpty();
            }));
        assertThat(openApi.toString()).contains("Bridge review", "7k3q9m2x4r");
        assertThat(get("/openapi/ui/").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/s/0000000000"})
    void given_an_address_that_people_share_then_the_workspace_is_there(String path) throws Exception {
        var page = get(path);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<title>");
        assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-cache");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }

    private HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return send(request(SESSIONS).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(BASE + path)).timeout(Duration.ofSeconds(20));
    }

    private static JsonNode body(HttpResponse<String> answer, int status) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return JSON.readTree(answer.body());
    }

    private static JsonNode problem(HttpResponse<String> answer, int status) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.get("status").intValue()).isEqualTo(status);
        assertThat(problem.get("type").textValue()).startsWith("urn:chorale:problem:");
        return problem;
    }
}
