package org.chorale.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
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

/** Branches of a document that people are editing. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class BranchesIT {
    private static final int ROUNDS = 100;
    private static final String HOST = "localhost:19080";

    private TestServer server;
    private String session;
    private String ownerKey;
    private RestCalls rest;

    @Deployment(testable = false)
    static EnterpriseArchive deployment() {
        return Deployments.application(BranchesIT.class);
    }

    @BeforeEach
    void startSession() throws Exception {
        server = new TestServer(HOST);
        JsonNode started = server.startSession(3);
        session = started.get("sessionId").textValue();
        ownerKey = started.get("ownerKey").textValue();
        rest = new RestCalls(HOST, session);
    }

    private static String create(String id) {
        return "{\"op\":\"create\",\"id\":\"" + id + "\",\"elementType\":\"box\",\"parent\":null,\"props\":{\"n\":0}}";
    }

    private JsonNode fork(String guest, String rest) throws Exception {
        return RestCalls.answer(this.rest.send("POST", "/branches", "{" + RestCalls.guest(guest) + "," + rest + "}"), 201);
    }

    private JsonNode commit(String guest, String branch, String operation) throws Exception {
        return rest.post("/changes", "{" + RestCalls.guest(guest) + ",\"branch\":\"" + branch + "\",\"changes\":[{\"operations\":["
            + operation + "]}]}");
    }

    private String refusal(String guest, String branch, String operation) throws Exception {
        return rest.problem("POST", "/changes", "{" + RestCalls.guest(guest) + ",\"branch\":\"" + branch + "\",\"changes\":[{\"operations\":["
            + operation + "]}]}");
    }

    private JsonNode change(String branch, String body) throws Exception {
        return RestCalls.answer(rest.send("PATCH", "/branches/" + path(branch), body, "Chorale-Owner-Key", ownerKey), 200);
    }

    private JsonNode elements(String branch) throws Exception {
        return rest.read("/document?branch=" + path(branch)).at("/document/elements");
    }

    private static String path(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private TestClient joinOn(String branch, String name) {
        TestClient client = server.open(session);
        client.sendHello(name, ",\"branch\":\"" + branch + "\"");
        assertThat(client.welcome().get("branch").textValue()).isEqualTo(branch);
        return client;
    }

    // ---- forking and working beside each other

    @Test
    @DisplayName("[BRA-1][BRA-2][BRA-3][BRA-4] what is edited on a branch is there alone, live and over REST; what is said is heard on all")
    void given_people_on_two_branches_when_they_edit_then_each_branch_has_its_own() throws Exception {
        rest.commit("ana", create("common"));
        JsonNode forked = fork("ana", "\"name\":\"flat roof\",\"description\":\"Less rain\"");
        assertThat(forked.get("parent").textValue()).isEqualTo("main");
        assertThat(forked.get("forkRevision").longValue()).isEqualTo(1);
        assertThat(forked.get("head").longValue()).isEqualTo(1);
        assertThat(forked.at("/createdBy/name").textValue()).isEqualTo("ana");
        try (var ana = server.join(session, "ana"); var ben = joinOn("flat roof", "ben")) {
            assertThat(ben.welcome().at("/snapshot/document/elements/0/id").textValue()).isEqualTo("common");
            assertThat(ben.welcome().get("participants")).hasSize(1);
            assertThat(rest.read("/branches/flat%20roof").at("/people/0/name").textValue()).isEqualTo("ben");

            ben.send("{\"type\":\"submit\",\"changes\":[" + TestServer.change("ben:0", 1, create("roof")) + "]}");
            assertThat(ben.next("accepted").get("revision").longValue()).isEqualTo(2);
            ana.submit(0, 1, create("wall"));
            assertThat(ana.next("accepted").get("revision").longValue()).isEqualTo(2);
            commit("cleo", "flat roof", create("tiles"));
            ben.next(frame -> frame.at("/changes/0/operations/0/id").asText().equals("tiles"));
            ana.send("{\"type\":\"chat\",\"text\":\"Shall we meet?\"}");
            assertThat(ben.next("chat").get("text").textValue()).isEqualTo("Shall we meet?");
            assertThat(ana.requireAlive()).isEqualTo(2);
        }
        assertThat(elements("main")).extracting(each -> each.get("id").textValue()).containsExactlyInAnyOrder("common", "wall");
        assertThat(elements("flat roof")).extracting(each -> each.get("id").textValue()).containsExactlyInAnyOrder("common", "roof", "tiles");
        JsonNode branch = rest.read("/branches").at("/branches/1");
        assertThat(branch.get("ahead").longValue()).isEqualTo(2);
        assertThat(branch.get("behind").longValue()).isEqualTo(1);
        assertThat(rest.read("/changes?branch=flat%20roof&from=1").get("changes")).hasSize(3);
    }

    @Test
    @DisplayName("[BRA-3] a client that goes to another branch is gone from the one before, and maxUsers counts all branches")
    void given_a_client_when_it_says_hello_on_another_branch_then_it_is_on_that_one_alone() throws Exception {
        fork("ana", "\"name\":\"attic\"");
        try (var ana = server.join(session, "ana"); var ben = server.join(session, "ben")) {
            String benThere = ana.nextPresence("joined").at("/participantId").textValue();
            try (var again = joinOn("attic", "ben")) {
                assertThat(ben.next("bye").get("reason").textValue()).isEqualTo("replaced");
                assertThat(ana.next("presence").get("left").get(0).textValue()).isEqualTo(benThere);
                assertThat(rest.read("/participants?branch=main").get("participants")).hasSize(1);
                assertThat(rest.read("/participants").get("participants")).hasSize(2);
                try (var cleo = joinOn("attic", "cleo"); var dan = server.open(session)) {
                    dan.sendHello("dan", "");
                    assertThat(dan.problem()).isEqualTo("session-full");
                }
            }
        }
    }

    @Test
    @DisplayName("[BRA-3] there is no way to a branch that is not there")
    void given_a_branch_that_is_not_there_when_it_is_joined_read_or_written_then_it_is_not_found() throws Exception {
        try (var ana = server.open(session)) {
            ana.sendHello("ana", ",\"branch\":\"nowhere\"");
            assertThat(ana.problem()).isEqualTo("branch-not-found");
            assertThat(ana.closeCode()).isEqualTo(1008);
        }
        assertThat(rest.problem("GET", "/document?branch=nowhere", null)).isEqualTo("branch-not-found");
        assertThat(refusal("ana", "nowhere", create("a"))).isEqualTo("branch-not-found");
        assertThat(rest.problem("GET", "/branches/nowhere", null)).isEqualTo("branch-not-found");
        assertThat(rest.problem("GET", "/diff?from=nowhere", null)).isEqualTo("branch-not-found");
        assertThat(rest.problem("GET", "/diff?from=main@7", null)).isEqualTo("revision-ahead");
    }

    @Test
    @DisplayName("[BRA-2][BRA-4][VER-1] branches are forked at versions, and compared with each other")
    void given_a_version_of_a_branch_when_another_is_forked_there_then_it_has_what_the_version_has() throws Exception {
        rest.commit("ana", create("a"));
        fork("ana", "\"name\":\"one\"");
        commit("ana", "one", create("b"));
        JsonNode version = RestCalls.answer(rest.send("POST", "/versions", "{" + RestCalls.guest("ana")
            + ",\"name\":\"Draft\",\"branch\":\"one\"}"), 201);
        assertThat(version.get("branch").textValue()).isEqualTo("one");
        commit("ana", "one", create("c"));
        JsonNode second = fork("ben", "\"name\":\"two\",\"revision\":\"" + version.get("versionId").textValue() + "\"");
        assertThat(second.get("parent").textValue()).isEqualTo("one");
        assertThat(second.get("forkRevision").longValue()).isEqualTo(2);
        assertThat(elements("two")).hasSize(2);
        assertThat(rest.read("/diff?from=two&to=one").get("differences")).isNotEmpty()
            .allMatch(difference -> difference.get("element").textValue().equals("c"));
        assertThat(rest.read("/diff?from=main@1&to=two@1").get("differences")).isEmpty();
        assertThat(rest.problem("DELETE", "/branches/one", null, "Chorale-Owner-Key", ownerKey)).isEqualTo("branch-in-use");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "\"name\":\"\"                             | invalid-request",
        "\"name\":\"7up\"                          | invalid-request",
        "\"name\":\"v12\"                          | invalid-request",
        "\"name\":\"main\"                         | invalid-request",
        "\"name\":\"a/b\"                          | invalid-request",
        "\"name\":\"a@1\"                          | invalid-request",
        "\"name\":\"a\\u0000\"                     | invalid-request",
        "\"name\":7                                | invalid-request",
        "\"name\":\"a\",\"from\":\"nowhere\"       | branch-not-found",
        "\"name\":\"a\",\"revision\":5             | revision-ahead",
        "\"name\":\"a\",\"revision\":-1            | invalid-request",
        "\"name\":\"a\",\"revision\":\"v77777777\" | version-not-found",
        "\"name\":\"taken\"                        | branch-name-taken",
        "\"name\":\"a\",\"colour\":1               | invalid-request",
    })
    @DisplayName("[BRA-2] what cannot be forked is refused, and nothing is there of it")
    void given_a_branch_that_cannot_be_then_it_is_refused(String body, String slug) throws Exception {
        fork("ana", "\"name\":\"taken\"");
        assertThat(rest.problem("POST", "/branches", "{" + RestCalls.guest("ana") + "," + body + "}")).isEqualTo(slug);
        assertThat(rest.read("/branches").get("branches")).hasSize(2);
    }

    // ---- archived, protected, deleted

    @Test
    @DisplayName("[BRA-5] an archived branch takes no edits until it is brought back")
    void given_an_archived_branch_when_somebody_edits_then_it_is_refused() throws Exception {
        fork("ana", "\"name\":\"old\"");
        try (var ben = joinOn("old", "ben"); var ana = server.join(session, "ana")) {
            JsonNode put = RestCalls.answer(rest.send("PATCH", "/branches/old", "{" + RestCalls.guest("ana") + ",\"archived\":true}"), 200);
            assertThat(put.has("archivedAt")).isTrue();
            assertThat(ana.next("branch").at("/branch/name").textValue()).isEqualTo("old");
            ben.send("{\"type\":\"submit\",\"changes\":[" + TestServer.change("ben:0", 0, create("late")) + "]}");
            assertThat(ben.next("refused").at("/problem/type").textValue()).endsWith("branch-archived");
            assertThat(rest.read("/branches").get("branches")).hasSize(1);
            assertThat(rest.read("/branches?archived=true").get("branches")).hasSize(2);
            change("old", "{\"archived\":false}");
            ben.send("{\"type\":\"submit\",\"changes\":[" + TestServer.change("ben:1", 0, create("again")) + "]}");
            assertThat(ben.next("accepted").get("revision").longValue()).isEqualTo(1);
        }
        assertThat(rest.problem("PATCH", "/branches/old", "{" + RestCalls.guest("ben") + ",\"archived\":true}")).isEqualTo("forbidden");
        assertThat(rest.problem("PATCH", "/branches/main", "{\"archived\":true}", "Chorale-Owner-Key", ownerKey)).isEqualTo("invalid-request");
    }

    @Test
    @DisplayName("[BRA-5] a protected branch takes no direct edits, and only who has SETTINGS protects")
    void given_a_protected_branch_when_somebody_edits_then_it_is_refused() throws Exception {
        rest.commit("ana", create("a"));
        assertThat(rest.problem("PATCH", "/branches/main", "{" + RestCalls.guest("ana") + ",\"protection\":{\"approvals\":1}}"))
            .isEqualTo("forbidden");
        assertThat(rest.problem("PATCH", "/branches/main", "{\"protection\":{\"approvals\":99}}", "Chorale-Owner-Key", ownerKey))
            .isEqualTo("invalid-request");
        assertThat(change("main", "{\"protection\":{\"approvals\":1}}").at("/protection/approvals").intValue()).isEqualTo(1);
        assertThat(refusal("ana", "main", create("b"))).isEqualTo("branch-protected");
        assertThat(rest.problem("POST", "/revert", "{" + RestCalls.guest("ana") + ",\"to\":0}")).isEqualTo("branch-protected");
        fork("ana", "\"name\":\"mine\"");
        commit("ana", "mine", create("b"));
        assertThat(change("main", "{\"protection\":null}").has("protection")).isFalse();
        assertThat(rest.commit("ana", create("b"))).isEqualTo(2);
    }

    @Test
    @DisplayName("[BRA-6] a branch that somebody needs is not deleted; one that nobody needs is, and its name is free")
    void given_a_branch_when_it_is_deleted_then_only_where_nothing_needs_it() throws Exception {
        fork("ana", "\"name\":\"scrap\"");
        commit("ana", "scrap", create("gone"));
        String asAna = "{\"name\":\"ana\",\"color\":\"#336699\",\"secret\":\"ana-0123456789abcdef\"}";
        try (var ana = server.join(session, "ana")) {
            try (var ben = joinOn("scrap", "ben")) {
                assertThat(rest.problem("DELETE", "/branches/scrap", null, "Chorale-Guest", asAna)).isEqualTo("branch-in-use");
                ben.requireAlive();
            }
            fork("ben", "\"name\":\"twig\",\"from\":\"scrap\"");
            untilNobodyIsOn("scrap");
            assertThat(rest.problem("DELETE", "/branches/scrap", null, "Chorale-Guest", asAna)).isEqualTo("branch-in-use");
            assertThat(rest.send("DELETE", "/branches/twig", null, "Chorale-Owner-Key", ownerKey).statusCode()).isEqualTo(204);
            assertThat(rest.problem("DELETE", "/branches/scrap", null, "Chorale-Guest", asAna.replace("ana", "ben"))).isEqualTo("forbidden");
            assertThat(rest.send("DELETE", "/branches/scrap", null, "Chorale-Guest", asAna).statusCode()).isEqualTo(204);
            ana.next(frame -> frame.has("deleted") && frame.at("/branch/name").textValue().equals("scrap"));
        }
        assertThat(rest.problem("GET", "/document?branch=scrap", null)).isEqualTo("branch-not-found");
        fork("ben", "\"name\":\"scrap\"");
        assertThat(elements("scrap")).isEmpty();
        assertThat(rest.problem("DELETE", "/branches/main", null, "Chorale-Owner-Key", ownerKey)).isEqualTo("branch-in-use");
    }

    private void untilNobodyIsOn(String branch) throws Exception {
        while (!rest.read("/branches/" + branch).get("people").isEmpty()) {
            Thread.onSpinWait();
        }
    }

    @Test
    @DisplayName("[BRA-2] of people who choose one name at the same time one gets it, the others are told so, and nobody waits for ever")
    void given_one_name_many_times_at_once_then_it_is_there_once() throws Exception {
        List<RestCalls> people = Stream.generate(() -> new RestCalls(HOST, session)).limit(6).toList();
        // So often, since the embedded database forgets those who wait for a row only now and then.
        for (int round = 0; round < ROUNDS; round++) {
            String name = "x" + round;
            var threads = new ArrayList<Thread>();
            var statuses = new ConcurrentLinkedQueue<Integer>();
            for (RestCalls person : people) {
                String body = "{" + RestCalls.guest("p" + threads.size()) + ",\"name\":\"" + name + "\"}";
                threads.add(Thread.ofVirtual().start(() -> {
                    try {
                        statuses.add(person.send("POST", "/branches", body).statusCode());
                    } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(statuses).as(name).hasSize(people.size()).containsOnlyOnce(201).containsOnly(201, 409);
        }
        assertThat(rest.read("/branches?limit=200").get("branches").findValuesAsText("name")).filteredOn(name -> name.startsWith("x")).hasSize(ROUNDS)
            .doesNotHaveDuplicates();
    }
}
