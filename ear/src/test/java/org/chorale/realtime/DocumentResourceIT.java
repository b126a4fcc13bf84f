package org.chorale.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
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
import org.junit.jupiter.params.provider.ValueSource;

/** The document over REST, beside sockets in the same session. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class DocumentResourceIT {
    private static final String HOST = "localhost:19080";
    private static final String CREATE_A = create("a", "{\"n\":1}");

    private TestServer server;
    private String session;
    private String ownerKey;
    private RestCalls rest;

    @Deployment(testable = false)
    static EnterpriseArchive deployment() {
        return Deployments.application(DocumentResourceIT.class);
    }

    @BeforeEach
    void startSession() throws Exception {
        server = new TestServer(HOST);
        JsonNode started = server.startSession(10);
        session = started.get("sessionId").textValue();
        ownerKey = started.get("ownerKey").textValue();
        rest = new RestCalls(HOST, session);
    }

    private static String create(String id, String props) {
        return "{\"op\":\"create\",\"id\":\"" + id + "\",\"elementType\":\"box\",\"parent\":null,\"props\":" + props + "}";
    }

    private static String set(String id, int value) {
        return "{\"op\":\"set\",\"id\":\"" + id + "\",\"path\":[\"n\"],\"value\":" + value + "}";
    }

    private static String changes(String guest, String... changes) {
        return "{" + RestCalls.guest(guest) + ",\"changes\":[" + String.join(",", changes) + "]}";
    }

    private static String one(String operation) {
        return "{\"operations\":[" + operation + "]}";
    }

    private JsonNode valueOfA() throws Exception {
        return rest.read("/document").at("/document/elements/0/props/n");
    }

    // ---- together with sockets

    @Test
    @DisplayName("[REST-1][REST-4] what is posted reaches every socket, from the user that the same secret is there")
    void given_somebody_on_a_socket_when_a_change_is_posted_then_they_see_it() throws Exception {
        try (var ana = server.join(session, "ana")) {
            assertThat(rest.commit("ana", CREATE_A)).isEqualTo(1);
            JsonNode change = ana.next("changes").at("/changes/0");
            assertThat(change.get("revision").longValue()).isEqualTo(1);
            assertThat(change.get("userId")).isEqualTo(ana.welcome().at("/self/userId"));
            assertThat(change.get("participantId").textValue()).isEqualTo("api");
            assertThat(change.at("/operations/0/id").textValue()).isEqualTo("a");
        }
    }

    @Test
    @DisplayName("[REST-2] the document over REST is the newcomer's snapshot")
    void given_what_a_socket_submitted_when_the_document_is_read_then_it_is_the_snapshot_of_a_newcomer() throws Exception {
        try (var ana = server.join(session, "ana")) {
            ana.submit(1, 0, CREATE_A);
            ana.next("accepted");
            try (var ben = server.join(session, "ben")) {
                assertThat(rest.read("/document")).isEqualTo(ben.welcome().get("snapshot"));
            }
        }
    }

    // ---- the past

    @Test
    @DisplayName("[REST-2] each revision can be read again, and the one of a time")
    void given_changes_when_an_older_revision_is_read_then_the_document_is_as_it_was() throws Exception {
        rest.commit("ana", CREATE_A);
        JsonNode first = rest.read("/document");
        Instant firstAt = Instant.parse(rest.read("/changes").at("/changes/0/at").textValue());
        untilLater(firstAt);
        rest.commit("ana", set("a", 2));
        assertThat(rest.read("/document?revision=0").at("/document/elements")).isEmpty();
        assertThat(rest.read("/document?revision=1")).isEqualTo(first);
        assertThat(rest.read("/document?revision=2")).isEqualTo(rest.read("/document"));
        assertThat(rest.read("/document?at=" + firstAt)).isEqualTo(first);
        assertThat(rest.read("/document?at=" + firstAt.minusSeconds(60)).get("revision").longValue()).isZero();
        assertThat(rest.read("/document?at=9999-01-01T00:00:00Z").get("revision").longValue()).isEqualTo(2);
    }

    private static void untilLater(Instant time) {
        while (!Instant.now().minusMillis(1).isAfter(time)) {
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @CsvSource({"?revision=-1, invalid-request", "?revision=x, invalid-request", "?revision=1.5, invalid-request",
        "?revision=99999999999999999999, invalid-request", "?revision=9223372036854775807, revision-ahead", "?revision=1, revision-ahead",
        "?at=yesterday, invalid-request", "?at=2026-01-31, invalid-request", "?revision=0&at=2026-01-31T12:00:00Z, invalid-request"})
    @DisplayName("[REST-2] a revision or time that cannot be is refused")
    void given_a_bad_place_in_time_then_the_problem_says_so(String query, String slug) throws Exception {
        assertThat(rest.problem("GET", "/document" + query, null)).isEqualTo(slug);
    }

    // ---- reading changes

    @Test
    @DisplayName("[REST-3] pages of changes join without gap or overlap, whoever's and whichever element's")
    void given_changes_of_two_people_when_they_are_read_in_pages_then_all_are_there_once() throws Exception {
        rest.commit("ana", CREATE_A);
        rest.commit("ben", create("b", "{}"));
        for (int i = 0; i < 5; i++) {
            rest.commit(i % 2 == 0 ? "ana" : "ben", set(i < 3 ? "a" : "b", i));
        }
        assertThat(revisions("")).containsExactly(1, 2, 3, 4, 5, 6, 7);
        assertThat(revisions("&from=3&to=5")).containsExactly(3, 4, 5);
        assertThat(revisions("&element=b")).containsExactly(2, 6, 7);
        String ben = rest.read("/changes?from=2&limit=1").at("/changes/0/userId").textValue();
        assertThat(revisions("&user=" + ben)).containsExactly(2, 4, 6);
        assertThat(revisions("&user=" + ben + "&element=a")).containsExactly(4);
        assertThat(revisions("&user=nobody")).isEmpty();
        assertThat(revisions("&from=8")).isEmpty();
        assertThat(revisions("&from=5&to=2")).isEmpty();
    }

    private List<Integer> revisions(String filter) throws Exception {
        var revisions = new ArrayList<Integer>();
        String cursor = "";
        do {
            JsonNode page = rest.read("/changes?limit=2" + filter + cursor);
            assertThat(page.get("changes").size()).isLessThanOrEqualTo(2);
            page.get("changes").forEach(change -> revisions.add(change.get("revision").intValue()));
            cursor = page.has("nextCursor") ? "&cursor=" + page.get("nextCursor").textValue() : "";
        } while (!cursor.isEmpty());
        return revisions;
    }

    @ParameterizedTest
    @ValueSource(strings = {"?from=0", "?from=x", "?to=-1", "?limit=0", "?limit=1001", "?limit=", "?cursor=x", "?cursor=-1"})
    @DisplayName("[REST-3] a page that cannot be is refused")
    void given_a_bad_page_then_invalid_request(String query) throws Exception {
        assertThat(rest.problem("GET", "/changes" + query, null)).isEqualTo("invalid-request");
    }

    @Test
    @DisplayName("[REST-3] an element id that cannot be is refused")
    void given_a_bad_element_then_invalid_operation() throws Exception {
        assertThat(rest.problem("GET", "/changes?element=%27%20or%201%3D1", null)).isEqualTo("invalid-operation");
    }

    // ---- writing

    @Test
    @DisplayName("[REST-4] the changes of one call are decided in order, up to the first refusal")
    void given_several_changes_when_one_is_refused_then_those_before_it_stay() throws Exception {
        String unknown = set("nowhere", 1);
        String body = changes("ana", one(CREATE_A), one(set("a", 2)), one(unknown), one(set("a", 3)));
        JsonNode results = rest.post("/changes", body).get("results");
        assertThat(results).hasSize(3);
        assertThat(results.at("/0/revision").longValue()).isEqualTo(1);
        assertThat(results.at("/1/revision").longValue()).isEqualTo(2);
        assertThat(results.at("/2/problem/type").textValue()).endsWith("unknown-element");
        assertThat(results.at("/2/changeId").textValue()).endsWith(":2");
        assertThat(valueOfA().intValue()).isEqualTo(2);
    }

    @Test
    @DisplayName("[REST-4] a change that cannot be read ends the call as a refusal does")
    void given_several_changes_when_one_cannot_be_read_then_those_before_it_stay() throws Exception {
        JsonNode results = rest.post("/changes", changes("ana", one(CREATE_A), "{\"operations\":[]}", one(set("a", 3)))).get("results");
        assertThat(results).hasSize(2);
        assertThat(results.at("/0/revision").longValue()).isEqualTo(1);
        assertThat(results.at("/1/problem/type").textValue()).endsWith("invalid-change");
        assertThat(valueOfA().intValue()).isEqualTo(1);
    }

    @Test
    @DisplayName("[REST-4] a single change that is refused is answered by its problem")
    void given_a_single_change_that_is_refused_then_its_problem_is_the_answer() throws Exception {
        rest.commit("ana", CREATE_A);
        assertThat(rest.problem("POST", "/changes", changes("ana", one(CREATE_A)))).isEqualTo("duplicate-id");
        assertThat(rest.problem("POST", "/changes", changes("ana", one(set("b", 1))))).isEqualTo("unknown-element");
        String ahead = "{\"baseRevision\":9,\"operations\":[" + set("a", 1) + "]}";
        assertThat(rest.problem("POST", "/changes", changes("ana", ahead))).isEqualTo("revision-ahead");
        String strict = "{\"baseRevision\":0,\"strict\":true,\"operations\":[" + set("a", 9) + "]}";
        assertThat(rest.problem("POST", "/changes", changes("ben", strict))).isEqualTo("strict-change");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "'' | invalid-request", "null | invalid-request", "[] | invalid-request", "{ | invalid-request",
        "{} | unauthenticated", "{\"changes\":[]} | unauthenticated", "{\"guest\":\"ana\",\"changes\":[]} | invalid-request",
        "{\"guest\":{\"name\":\"ana\"},\"changes\":[]} | invalid-request", "{GUEST} | invalid-request",
        "{GUEST,\"changes\":[]} | invalid-request",
        "{GUEST,\"changes\":{}} | invalid-request", "{GUEST,\"changes\":[7]} | invalid-change",
        "{GUEST,\"changes\":[null]} | invalid-change",
        "{GUEST,\"changes\":[{}]} | invalid-change", "{GUEST,\"changes\":[{\"operations\":[{\"op\":\"drop\"}]}]} | invalid-operation",
        "{GUEST,\"changes\":[{\"changeId\":\"system:1\",\"operations\":[{\"op\":\"delete\",\"id\":\"a\"}]}]} | invalid-change",
        "{GUEST,\"changes\":[{\"changeId\":\"nameless\",\"operations\":[{\"op\":\"delete\",\"id\":\"a\"}]}]} | invalid-change",
        "{GUEST,\"changes\":[{\"baseRevision\":-1,\"operations\":[{\"op\":\"delete\",\"id\":\"a\"}]}]} | invalid-change",
        "{GUEST,\"changes\":[{\"baseRevision\":\"0\",\"operations\":[{\"op\":\"delete\",\"id\":\"a\"}]}]} | invalid-change",
        "{GUEST,\"changes\":[{\"seenRevision\":5,\"operations\":[{\"op\":\"delete\",\"id\":\"a\"}]}]} | invalid-change",
        "{GUEST,\"branch\":\"other\",\"changes\":[{}]} | branch-not-found", "{GUEST,\"change\":[]} | invalid-request",
        "{GUEST,\"changes\":[],\"changes\":[]} | invalid-request",
        "{\"guest\":{\"name\":\"a\",\"color\":\"#000000\",\"secret\":\"short\"},\"changes\":[{}]} | invalid-request",
        "{\"guest\":{\"name\":\"a\",\"color\":\"#000000\",\"admin\":true},\"changes\":[{}]} | invalid-request",
    })
    @DisplayName("[REST-1][REST-4] a bad body is refused with its reason, and changes nothing")
    void given_a_bad_body_then_the_problem_says_what_is_wrong(String body, String slug) throws Exception {
        assertThat(rest.problem("POST", "/changes", body.replace("GUEST", RestCalls.guest("ana")))).isEqualTo(slug);
        assertThat(rest.read("/document").get("revision").longValue()).isZero();
    }

    @Test
    @DisplayName("[REST-4] more changes than a frame holds are refused")
    void given_too_many_changes_then_limit_exceeded() throws Exception {
        String[] many = IntStream.range(0, 101).mapToObj(i -> one(create("e" + i, "{}"))).toArray(String[]::new);
        assertThat(rest.problem("POST", "/changes", changes("ana", many))).isEqualTo("limit-exceeded");
    }

    @Test
    @DisplayName("[REST-4] changes may be as large as a frame, other bodies may not")
    void given_large_bodies_then_only_changes_are_taken() throws Exception {
        String text = "x".repeat(60_000);
        String[] large = IntStream.range(0, 10).mapToObj(i -> one(create("e" + i, "{\"s\":\"" + text + "\"}"))).toArray(String[]::new);
        assertThat(rest.post("/changes", changes("ana", large)).get("results")).hasSize(10);
        String message = "{" + RestCalls.guest("ana") + ",\"text\":\"" + text + text + "\"}";
        assertThat(rest.problem("POST", "/chat", message)).isEqualTo("payload-too-large");
        String tooLarge = changes("ana", one(create("z", "{\"s\":\"" + "x".repeat(4_200_000) + "\"}")));
        assertThat(rest.problem("POST", "/changes", tooLarge)).isEqualTo("payload-too-large");
    }

    // ---- undo

    @Test
    @DisplayName("[REST-5] one's own change is undone and redone, another's is not")
    void given_a_change_when_it_is_undone_then_only_by_its_own_user() throws Exception {
        rest.commit("ana", CREATE_A);
        rest.commit("ana", set("a", 2));
        String changeId = rest.read("/changes?from=2").at("/changes/0/changeId").textValue();
        String undo = "/changes/" + changeId + "/undo";
        assertThat(rest.problem("POST", undo, "{" + RestCalls.guest("ben") + "}")).isEqualTo("forbidden");
        JsonNode undone = rest.post(undo, "{" + RestCalls.guest("ana") + "}");
        assertThat(undone.get("revision").longValue()).isEqualTo(3);
        assertThat(valueOfA().intValue()).isEqualTo(1);
        rest.post("/changes/" + undone.get("changeId").textValue() + "/undo", "{" + RestCalls.guest("ana") + "}");
        assertThat(valueOfA().intValue()).isEqualTo(2);
        assertThat(rest.problem("POST", "/changes/c:99/undo", "{" + RestCalls.guest("ana") + "}")).isEqualTo("unknown-change");
        assertThat(rest.problem("POST", "/changes/nameless/undo", "{" + RestCalls.guest("ana") + "}")).isEqualTo("invalid-change");
        assertThat(rest.problem("POST", undo, "{}")).isEqualTo("unauthenticated");
    }

    // ---- once

    @Test
    @DisplayName("[REST-6] a repeated call with its key stores nothing more and repeats the revisions")
    void given_a_key_when_a_call_is_repeated_then_it_is_carried_out_once() throws Exception {
        String body = changes("ana", one(CREATE_A), one(set("a", 2)));
        JsonNode first = rest.post("/changes", body, "Idempotency-Key", "import-1");
        rest.commit("ben", set("a", 7));
        JsonNode again = rest.post("/changes", body, "Idempotency-Key", "import-1");
        assertThat(again.findValuesAsText("revision")).isEqualTo(first.findValuesAsText("revision")).containsExactly("1", "2");
        assertThat(again.findValuesAsText("changeId")).isEqualTo(first.findValuesAsText("changeId"));
        assertThat(rest.read("/document").get("revision").longValue()).isEqualTo(3);
        String undo = "/changes/" + first.at("/results/1/changeId").textValue() + "/undo";
        String guest = "{" + RestCalls.guest("ana") + "}";
        assertThat(rest.post(undo, guest, "Idempotency-Key", "import-1").get("revision").longValue()).isEqualTo(4);
        assertThat(rest.post(undo, guest, "Idempotency-Key", "import-1").get("revision").longValue()).isEqualTo(4);
        rest.post("/changes", changes("ana", one(set("a", 5))), "Idempotency-Key", "import-2");
        rest.post("/changes", changes("ben", one(set("a", 6))), "Idempotency-Key", "import-2");
        assertThat(rest.read("/document").get("revision").longValue()).isEqualTo(6);
    }

    @Test
    @DisplayName("[REST-6] of calls at the same time with one key one is carried out")
    void given_a_key_when_calls_race_then_one_revision_is_stored() throws Exception {
        String body = changes("ana", one("{\"op\":\"create\",\"id\":\"a\",\"elementType\":\"box\",\"parent\":null}"));
        var racing = IntStream.range(0, 8).mapToObj(i -> CompletableFuture.supplyAsync(() -> {
            try {
                return rest.post("/changes", body, "Idempotency-Key", "race").at("/results/0/revision").longValue();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        })).toList();
        assertThat(racing).allSatisfy(call -> assertThat(call.join()).isEqualTo(1));
        assertThat(rest.read("/document").get("revision").longValue()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with blank"})
    @DisplayName("[REST-6] a key that is none is refused")
    void given_a_bad_key_then_invalid_request(String key) throws Exception {
        assertThat(rest.problem("POST", "/changes", changes("ana", one(CREATE_A)), "Idempotency-Key", key)).isEqualTo("invalid-request");
    }

    @Test
    @DisplayName("[REST-6] a key is too long, or nobody's")
    void given_a_key_that_is_too_long_or_without_a_secret_then_invalid_request() throws Exception {
        String body = changes("ana", one(CREATE_A));
        assertThat(rest.problem("POST", "/changes", body, "Idempotency-Key", "k".repeat(129))).isEqualTo("invalid-request");
        String nobody = "{\"guest\":{\"name\":\"ana\",\"color\":\"#336699\"},\"changes\":[" + one(CREATE_A) + "]}";
        assertThat(rest.problem("POST", "/changes", nobody, "Idempotency-Key", "k")).isEqualTo("invalid-request");
        assertThat(rest.post("/changes", nobody).at("/results/0/revision").longValue()).isEqualTo(1);
    }

    // ---- conflicts

    @Test
    @DisplayName("[REST-7] people are asked, and one of them decides over REST")
    void given_a_write_that_waits_when_it_is_decided_then_everybody_has_the_choice() throws Exception {
        rest.commit("ana", CREATE_A);
        rest.commit("ana", set("a", 2));
        String unseen = "{\"baseRevision\":1,\"onConflict\":\"MANUAL\",\"operations\":[" + set("a", 5) + "]}";
        JsonNode withheld = rest.post("/changes", changes("ben", unseen)).at("/results/0");
        String id = withheld.at("/notes/0/conflict").textValue();
        JsonNode open = rest.read("/conflicts?status=OPEN").get("conflicts");
        assertThat(open).hasSize(1);
        assertThat(rest.read("/conflicts/" + id)).isEqualTo(open.get(0));
        assertThat(open.at("/0/current/value").intValue()).isEqualTo(2);
        assertThat(open.at("/0/candidates/0/value").intValue()).isEqualTo(5);

        String resolution = "/conflicts/" + id + "/resolution";
        assertThat(rest.problem("POST", resolution, "{" + RestCalls.guest("ana") + ",\"choice\":\"BOTH\"}")).isEqualTo("invalid-operation");
        assertThat(rest.problem("POST", resolution, "{" + RestCalls.guest("ana") + ",\"choice\":\"MERGE\",\"seenRevision\":2}"))
            .isEqualTo("conflict-stale");
        String average = "{" + RestCalls.guest("ana") + ",\"choice\":\"AVERAGE\"}";
        long revision = rest.post(resolution, average, "Idempotency-Key", "decide").get("revision").longValue();
        assertThat(valueOfA().doubleValue()).isEqualTo(3.5);
        assertThat(rest.post(resolution, average, "Idempotency-Key", "decide").get("revision").longValue()).isEqualTo(revision);
        assertThat(rest.problem("POST", resolution, average)).isEqualTo("conflict-already-resolved");
        assertThat(rest.read("/conflicts?status=OPEN").get("conflicts")).isEmpty();
        assertThat(rest.read("/conflicts?status=RESOLVED").at("/conflicts/0/resolution/choice").textValue()).isEqualTo("AVERAGE");
        assertThat(rest.read("/conflicts").get("conflicts")).hasSize(1);
    }

    @Test
    @DisplayName("[REST-7] what is no conflict is not found")
    void given_no_conflict_then_the_problem_says_so() throws Exception {
        assertThat(rest.problem("GET", "/conflicts/1-0", null)).isEqualTo("conflict-not-found");
        assertThat(rest.problem("GET", "/conflicts/%27", null)).isEqualTo("invalid-operation");
        assertThat(rest.problem("GET", "/conflicts?status=open", null)).isEqualTo("invalid-request");
        assertThat(rest.problem("POST", "/conflicts/1-0/resolution", "{" + RestCalls.guest("ana") + ",\"choice\":\"MINE\"}"))
            .isEqualTo("conflict-not-found");
        assertThat(rest.problem("POST", "/conflicts/1-0/resolution", "{" + RestCalls.guest("ana") + "}")).isEqualTo("invalid-request");
    }

    // ---- locks

    @Test
    @DisplayName("[REST-9] what is locked over REST keeps others out until it is released")
    void given_a_lock_when_another_edits_then_it_is_locked_until_the_release() throws Exception {
        rest.commit("ana", CREATE_A);
        try (var ben = server.join(session, "ben")) {
            JsonNode lock = rest.post("/locks", "{" + RestCalls.guest("ana") + ",\"element\":\"a\",\"leaseSeconds\":60}");
            JsonNode told = ben.next("locks");
            assertThat(told.at("/locked/0")).isEqualTo(lock);
            assertThat(rest.read("/locks").at("/locks/0")).isEqualTo(lock);
            assertThat(lock.get("participantId").textValue()).isEqualTo("api-" + lock.get("userId").textValue());

            assertThat(rest.problem("POST", "/changes", changes("ben", one(set("a", 9))))).isEqualTo("locked");
            assertThat(rest.problem("POST", "/locks", "{" + RestCalls.guest("ben") + ",\"element\":\"a\"}")).isEqualTo("locked");
            assertThat(rest.problem("POST", "/locks/a/release", "{" + RestCalls.guest("ben") + "}")).isEqualTo("forbidden");
            assertThat(rest.commit("ana", set("a", 3))).isEqualTo(2);
            JsonNode prolonged = rest.post("/locks", "{" + RestCalls.guest("ana") + ",\"element\":\"a\"}");
            assertThat(prolonged.get("lease")).isEqualTo(lock.get("lease"));

            assertThat(rest.send("POST", "/locks/a/release", "{" + RestCalls.guest("ana") + "}").statusCode()).isEqualTo(204);
            assertThat(rest.send("POST", "/locks/a/release", "{" + RestCalls.guest("ana") + "}").statusCode()).isEqualTo(204);
            assertThat(rest.read("/locks").get("locks")).isEmpty();
            assertThat(rest.commit("ben", set("a", 9))).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{} | unauthenticated", "{GUEST} | invalid-request", "{GUEST,\"element\":7} | invalid-request",
        "{GUEST,\"element\":\"\"} | invalid-operation",
        "{GUEST,\"element\":\"b\"} | unknown-element", "{GUEST,\"element\":\"a\",\"leaseSeconds\":0} | invalid-request",
        "{GUEST,\"element\":\"a\",\"leaseSeconds\":9007199254740992} | invalid-request",
        "{GUEST,\"element\":\"a\",\"leaseSeconds\":1.5} | invalid-request", "{GUEST,\"element\":\"a\",\"lease\":5} | invalid-request",
    })
    @DisplayName("[REST-9] a bad lock is refused with its reason")
    void given_a_bad_lock_then_the_problem_says_what_is_wrong(String body, String slug) throws Exception {
        rest.commit("ana", CREATE_A);
        assertThat(rest.problem("POST", "/locks", body.replace("GUEST", RestCalls.guest("ana")))).isEqualTo(slug);
        assertThat(rest.read("/locks").get("locks")).isEmpty();
    }

    // ---- sessions that are not open

    @Test
    @DisplayName("[REST-13] a closed session is read as before and written by nobody")
    void given_a_session_that_is_closed_then_it_can_be_read_and_not_written() throws Exception {
        rest.commit("ana", CREATE_A);
        JsonNode before = rest.read("/document");
        server.closeSession(session, ownerKey);
        assertThat(rest.read("/document")).isEqualTo(before);
        assertThat(rest.read("/changes").get("changes")).hasSize(1);
        assertThat(rest.read("/conflicts").get("conflicts")).isEmpty();
        assertThat(rest.read("/locks").get("locks")).isEmpty();
        String guest = RestCalls.guest("ana");
        String changeId = rest.read("/changes").at("/changes/0/changeId").textValue();
        assertThat(rest.problem("POST", "/changes", changes("ana", one(set("a", 2))))).isEqualTo("session-closed");
        assertThat(rest.problem("POST", "/changes/" + changeId + "/undo", "{" + guest + "}")).isEqualTo("session-closed");
        assertThat(rest.problem("POST", "/conflicts/1-0/resolution", "{" + guest + ",\"choice\":\"MINE\"}")).isEqualTo("session-closed");
        assertThat(rest.problem("POST", "/locks", "{" + guest + ",\"element\":\"a\"}")).isEqualTo("session-closed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000000000", "nonsense", "%27%20or%201%3D1"})
    @DisplayName("[REST-1] an unknown session is not found, whatever is asked of it")
    void given_an_unknown_session_then_the_problem_says_so(String id) throws Exception {
        var nowhere = new RestCalls(HOST, id);
        for (String path : List.of("/document", "/changes", "/conflicts", "/conflicts/1-0", "/locks", "/participants", "/cursors",
                "/chat")) {
            assertThat(nowhere.problem("GET", path, null)).as(path).isEqualTo("session-not-found");
        }
        assertThat(nowhere.problem("POST", "/changes", changes("ana", one(CREATE_A)))).isEqualTo("session-not-found");
        assertThat(nowhere.problem("POST", "/locks", "{" + RestCalls.guest("ana") + ",\"element\":\"a\"}")).isEqualTo("session-not-found");
        assertThat(nowhere.problem("POST", "/chat", "{" + RestCalls.guest("ana") + ",\"text\":\"x\"}")).isEqualTo("session-not-found");
    }
}
