package org.chorale.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.chorale.platform.Deployments;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the owner of a session sets and sees, and who is in it. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class SessionSettingsIT {
    private static final String HOST = "localhost:19080";
    private static final String OWNER = "Chorale-Owner-Key";
    private static final String ASK = "{\"conflictPolicy\":{\"box.n\":{\"strategy\":\"MANUAL\"}}}";

    private TestServer server;
    private String session;
    private String ownerKey;
    private RestCalls rest;

    @Deployment(testable = false)
    static EnterpriseArchive deployment() {
        return Deployments.application(SessionSettingsIT.class);
    }

    @BeforeEach
    void startSession() throws Exception {
        server = new TestServer(HOST);
        start("{\"name\":\"test\",\"kind\":\"scene\"}");
    }

    private void start(String body) throws Exception {
        JsonNode started = RestCalls.answer(new RestCalls(HOST, "").send("POST", "", body), 201);
        session = started.get("sessionId").textValue();
        ownerKey = started.get("ownerKey").textValue();
        rest = new RestCalls(HOST, session);
    }

    private JsonNode patch(String body) throws Exception {
        return RestCalls.answer(rest.send("PATCH", "", body, OWNER, ownerKey), 200);
    }

    private static String box(int value) {
        return "{\"op\":\"set\",\"id\":\"a\",\"path\":[\"n\"],\"value\":" + value + "}";
    }

    // ---- settings

    @Test
    @DisplayName("[REST-11][HEL-9] the owner changes settings, and those who are there are told")
    void given_somebody_in_the_session_when_its_settings_change_then_they_are_told() throws Exception {
        try (var ana = server.join(session, "ana")) {
            JsonNode changed = patch("{\"name\":\" Second part \",\"maxUsers\":3,\"visibility\":\"public\"}");
            assertThat(changed).isEqualTo(rest.read(""));
            JsonNode told = ana.next("session").get("session");
            assertThat(told.get("name").textValue()).isEqualTo(changed.get("name").textValue()).isEqualTo("Second part");
            assertThat(told.get("maxUsers").intValue()).isEqualTo(changed.get("maxUsers").intValue()).isEqualTo(3);
            assertThat(changed.get("visibility").textValue()).isEqualTo("public");
            assertThat(told.get("conflictPolicy")).isEqualTo(ana.welcome().at("/session/conflictPolicy"));
            JsonNode nothing = patch("{}");
            assertThat(nothing).isEqualTo(changed);
        }
    }

    @Test
    @DisplayName("[REST-11] a new conflict policy counts for the next write")
    void given_a_policy_that_asks_people_when_two_write_unseen_then_the_later_write_waits() throws Exception {
        rest.commit("ana", "{\"op\":\"create\",\"id\":\"a\",\"elementType\":\"box\",\"parent\":null,\"props\":{\"n\":1}}");
        rest.commit("ana", box(2));
        String unseen = "{" + RestCalls.guest("ben") + ",\"changes\":[{\"baseRevision\":1,\"operations\":[" + box(5) + "]}]}";
        assertThat(rest.post("/changes", unseen).at("/results/0/notes/0/code").textValue()).isEqualTo("OVERWROTE");
        patch(ASK);
        assertThat(rest.post("/changes", unseen.replace("5}", "6}")).at("/results/0/notes/0/code").textValue()).isEqualTo("WITHHELD");
        patch("{\"conflictPolicy\":{}}");
        assertThat(rest.read("").at("/conflictPolicy/box.n").isMissingNode()).isTrue();
    }

    @Test
    @DisplayName("[REST-11] the owner's entries go before the defaults of the session's kind")
    void given_a_policy_at_creation_then_it_is_shown_with_the_defaults() throws Exception {
        start("{\"name\":\"tuning\",\"kind\":\"parameters\",\"conflictPolicy\":{\"*.color\":{},"
            + "\"box.*\":{\"strategy\":\"MERGE\",\"blend\":\"AVERAGE\",\"windowMs\":200}}}");
        JsonNode policy = rest.read("").get("conflictPolicy");
        assertThat(policy.at("/parameters.*/strategy").textValue()).isEqualTo("MANUAL");
        assertThat(policy.at("/parameters.*/windowMs").intValue()).isEqualTo(500);
        assertThat(policy.at("/*.quaternion/atomic").booleanValue()).isTrue();
        assertThat(policy.at("/*.color/atomic").booleanValue()).isFalse();
        assertThat(policy.at("/box.*/blend").textValue()).isEqualTo("AVERAGE");
        assertThat(policy.at("/box.*/windowMs").intValue()).isEqualTo(200);
        try (var ana = server.join(session, "ana")) {
            assertThat(ana.welcome().at("/session/conflictPolicy")).isEqualTo(policy);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "'' | invalid-request", "[] | invalid-request", "{\"kind\":\"canvas\"} | invalid-request", "{\"name\":\"\"} | invalid-request",
        "{\"name\":7} | invalid-request", "{\"maxUsers\":0} | invalid-request", "{\"maxUsers\":501} | invalid-request",
        "{\"visibility\":\"nobody\"} | invalid-request", "{\"conflictPolicy\":[]} | invalid-request",
        "{\"conflictPolicy\":{\"box\":{}}} | invalid-request", "{\"conflictPolicy\":{\"box.\":{}}} | invalid-request",
        "{\"conflictPolicy\":{\".n\":{}}} | invalid-request", "{\"conflictPolicy\":{\"box.n\":7}} | invalid-request",
        "{\"conflictPolicy\":{\"box.n\":{\"strategy\":\"GUESS\"}}} | invalid-request",
        "{\"conflictPolicy\":{\"box.n\":{\"windowMs\":-1}}} | invalid-request",
        "{\"conflictPolicy\":{\"box.n\":{\"weight\":1}}} | invalid-request", "{\"conflictPolicy\":{\"box.\\ud800\":{}}} | invalid-request",
    })
    @DisplayName("[REST-11] bad settings are refused with their reason, and change nothing")
    void given_bad_settings_then_the_problem_says_what_is_wrong(String body, String slug) throws Exception {
        JsonNode before = rest.read("");
        assertThat(rest.problem("PATCH", "", body, OWNER, ownerKey)).isEqualTo(slug);
        assertThat(rest.read("")).isEqualTo(before);
    }

    @Test
    @DisplayName("[REST-11] a conflict policy has at most 200 entries with names of 64 characters each side")
    void given_a_policy_at_the_limit_then_one_more_is_refused() throws Exception {
        patch("{\"conflictPolicy\":" + entries(200) + "}");
        assertThat(rest.problem("PATCH", "", "{\"conflictPolicy\":" + entries(201) + "}", OWNER, ownerKey)).isEqualTo("limit-exceeded");
        String longest = "t".repeat(64) + "." + "p".repeat(64);
        patch("{\"conflictPolicy\":{\"" + longest + "\":{}}}");
        String tooLong = "{\"conflictPolicy\":{\"" + longest + "p\":{}}}";
        assertThat(rest.problem("PATCH", "", tooLong, OWNER, ownerKey)).isEqualTo("invalid-request");
        String body = "{\"name\":\"x\",\"kind\":\"scene\",\"conflictPolicy\":" + entries(201) + "}";
        assertThat(new RestCalls(HOST, "").problem("POST", "", body)).isEqualTo("limit-exceeded");
    }

    private static String entries(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"box.p" + i + "\":{}").collect(Collectors.joining(",", "{", "}"));
    }

    @Test
    @DisplayName("[REST-11][REST-12] settings and numbers are the owner's alone")
    void given_no_key_or_another_one_then_forbidden() throws Exception {
        assertThat(rest.problem("PATCH", "", "{}")).isEqualTo("forbidden");
        assertThat(rest.problem("PATCH", "", "{}", OWNER, "guess")).isEqualTo("forbidden");
        assertThat(rest.problem("GET", "/metrics", null)).isEqualTo("forbidden");
        assertThat(rest.problem("GET", "/metrics", null, OWNER, "guess")).isEqualTo("forbidden");
        assertThat(new RestCalls(HOST, "0000000000").problem("GET", "/metrics", null, OWNER, ownerKey)).isEqualTo("session-not-found");
    }

    @Test
    @DisplayName("[REST-13] the settings of a closed session stay")
    void given_a_session_that_is_closed_then_its_settings_stay() throws Exception {
        server.closeSession(session, ownerKey);
        assertThat(rest.problem("PATCH", "", ASK, OWNER, ownerKey)).isEqualTo("session-closed");
        assertThat(rest.read("/metrics", OWNER, ownerKey).get("revision").longValue()).isZero();
    }

    // ---- presence

    @Test
    @DisplayName("[REST-8] who is here, and what they point at")
    void given_people_in_a_session_when_it_is_asked_who_is_there_then_it_is_as_the_sockets_say() throws Exception {
        assertThat(rest.read("/participants").get("participants")).isEmpty();
        assertThat(rest.read("/cursors").get("cursors")).isEmpty();
        try (var ana = server.join(session, "ana"); var ben = server.join(session, "ben")) {
            ana.send("{\"type\":\"awareness\",\"state\":{\"pointer\":{\"position\":[1,2,3]}}}");
            ben.next("awareness");
            JsonNode participants = rest.read("/participants").get("participants");
            assertThat(names(participants)).containsExactly("ana", "ben");
            assertThat(participants.at("/0/participantId")).isEqualTo(ana.welcome().at("/self/participantId"));
            JsonNode cursors = rest.read("/cursors").get("cursors");
            assertThat(names(cursors)).containsExactly("ana", "ben");
            assertThat(cursors.at("/0/state/pointer/position/2").intValue()).isEqualTo(3);
            assertThat(cursors.at("/0/color").textValue()).isEqualTo("#336699");
            assertThat(cursors.at("/1/state")).isEmpty();
        }
    }

    private static List<String> names(JsonNode people) {
        return StreamSupport.stream(people.spliterator(), false).map(person -> person.get("name").textValue()).toList();
    }

    // ---- the description

    @Test
    @DisplayName("[REST-1] the API's description has an example for every JSON body, and each reference in it leads somewhere")
    void given_the_api_when_it_is_described_then_nothing_is_missing() throws Exception {
        var http = HttpClient.newHttpClient();
        var request = HttpRequest.newBuilder(URI.create("http://" + HOST + "/openapi")).header("Accept", "application/json").build();
        JsonNode api = TestServer.JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        assertThat(api.findValuesAsText("$ref")).hasSizeGreaterThan(50)
            .allSatisfy(reference -> assertThat(api.at(reference.substring(1)).isMissingNode()).as(reference).isFalse());
        // A file's bytes say nothing to a reader: what is JSON has an example.
        List<JsonNode> bodies = api.get("paths").findValues("requestBody").stream()
            .filter(body -> body.get("content").has("application/json")).toList();
        assertThat(bodies).hasSizeGreaterThan(6)
            .allSatisfy(body -> assertThat(body.findValue("examples")).as(body.toString()).isNotEmpty());
        assertThat(api.get("paths").properties()).extracting(Map.Entry::getKey).contains("/api/v1/sessions/{sessionId}/document",
            "/api/v1/sessions/{sessionId}/changes/{changeId}/undo", "/api/v1/sessions/{sessionId}/conflicts/{conflictId}/resolution",
            "/api/v1/sessions/{sessionId}/locks/{element}/release", "/api/v1/sessions/{sessionId}/metrics");
    }

    // ---- numbers

    @Test
    @DisplayName("[REST-12] the numbers are those of what was done")
    void given_work_in_a_session_when_its_numbers_are_read_then_they_count_it() throws Exception {
        rest.commit("ana", "{\"op\":\"create\",\"id\":\"a\",\"elementType\":\"box\",\"parent\":null,\"props\":{\"n\":1}}");
        rest.commit("ana", "{\"op\":\"create\",\"id\":\"b\",\"elementType\":\"box\",\"parent\":null}");
        rest.commit("ana", "{\"op\":\"delete\",\"id\":\"b\"}");
        rest.commit("ana", box(2));
        rest.post("/changes", "{" + RestCalls.guest("ben")
            + ",\"changes\":[{\"baseRevision\":3,\"onConflict\":\"MANUAL\",\"operations\":[" + box(5) + "]}]}");
        rest.post("/locks", "{" + RestCalls.guest("ana") + ",\"element\":\"a\"}");
        rest.send("POST", "/chat", "{" + RestCalls.guest("ana") + ",\"text\":\"done\"}");
        try (var cleo = server.join(session, "cleo")) {
            JsonNode numbers = rest.read("/metrics", OWNER, ownerKey);
            assertThat(numbers.get("revision").longValue()).isEqualTo(numbers.get("changes").longValue()).isEqualTo(5);
            assertThat(numbers.get("elements").intValue()).isEqualTo(1);
            assertThat(numbers.at("/conflicts/open").intValue()).isEqualTo(1);
            assertThat(numbers.get("locks").intValue()).isEqualTo(1);
            assertThat(numbers.get("participants").intValue()).isEqualTo(1);
            assertThat(numbers.get("chatMessages").longValue()).isEqualTo(1);
            assertThat(numbers.get("logCharacters").longValue()).isGreaterThan(500);
            assertThat(numbers.get("createdAt")).isEqualTo(rest.read("").get("createdAt"));
        }
    }
}
