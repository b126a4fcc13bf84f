package org.chorale.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
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

/** Versions, differences and going back, while others are in the session. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class VersionsIT {
    private static final String HOST = "localhost:19080";

    private TestServer server;
    private String session;
    private String ownerKey;
    private RestCalls rest;

    @Deployment(testable = false)
    static EnterpriseArchive deployment() {
        return Deployments.application(VersionsIT.class);
    }

    @BeforeEach
    void startSession() throws Exception {
        server = new TestServer(HOST);
        JsonNode started = server.startSession(10);
        session = started.get("sessionId").textValue();
        ownerKey = started.get("ownerKey").textValue();
        rest = new RestCalls(HOST, session);
    }

    private static String create(String id) {
        return "{\"op\":\"create\",\"id\":\"" + id + "\",\"elementType\":\"box\",\"parent\":null,\"props\":{\"n\":0}}";
    }

    private static String set(String id, int value) {
        return "{\"op\":\"set\",\"id\":\"" + id + "\",\"path\":[\"n\"],\"value\":" + value + "}";
    }

    private static String delete(String id) {
        return "{\"op\":\"delete\",\"id\":\"" + id + "\"}";
    }

    private JsonNode name(String body) throws Exception {
        return RestCalls.answer(rest.send("POST", "/versions", "{" + RestCalls.guest("ana") + "," + body + "}"), 201);
    }

    private JsonNode revert(String guest, String rest) throws Exception {
        return this.rest.post("/revert", "{" + RestCalls.guest(guest) + "," + rest + "}");
    }

    private JsonNode elements() throws Exception {
        return rest.read("/document").at("/document/elements");
    }

    // ---- naming

    @Test
    @DisplayName("[VER-1][VER-2] a revision is named, listed and read, whatever happens to the document later")
    void given_a_document_when_a_revision_is_named_then_it_is_found() throws Exception {
        rest.commit("ana", create("a"));
        JsonNode first = name("\"name\":\"  First draft \",\"description\":\"One box,\\nno more\"");
        rest.commit("ben", set("a", 1));
        JsonNode older = name("\"name\":\"Nothing yet\",\"revision\":0");
        assertThat(first.get("name").textValue()).isEqualTo("First draft");
        assertThat(first.get("revision").longValue()).isEqualTo(1);
        assertThat(first.at("/author/name").textValue()).isEqualTo("ana");
        assertThat(older.get("revision").longValue()).isZero();

        JsonNode page = rest.read("/versions?limit=1");
        assertThat(page.get("versions")).containsExactly(older);
        JsonNode next = rest.read("/versions?limit=1&cursor=" + page.get("nextCursor").textValue());
        assertThat(next.get("versions")).containsExactly(first);
        assertThat(next.has("nextCursor")).isFalse();
        assertThat(rest.read("/versions/" + first.get("versionId").textValue())).isEqualTo(first);
    }

    @Test
    @DisplayName("[VER-1] of two people who choose one name at the same time one gets it")
    void given_one_name_many_times_at_once_then_it_is_there_once() throws Exception {
        var statuses = new ArrayList<Integer>();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 8; i++) {
            String body = "{" + RestCalls.guest("p" + i) + ",\"name\":\"Final\"}";
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    int status = new RestCalls(HOST, session).send("POST", "/versions", body).statusCode();
                    synchronized (statuses) {
                        statuses.add(status);
                    }
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(statuses).hasSize(8).containsOnlyOnce(201).allMatch(status -> status == 201 || status == 409);
        assertThat(rest.read("/versions").get("versions")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{GUEST}                                        | invalid-request",
        "{GUEST,\"name\":\" \"}                         | invalid-request",
        "{GUEST,\"name\":7}                             | invalid-request",
        "{GUEST,\"name\":\"a\\u0000b\"}                 | invalid-request",
        "{GUEST,\"name\":\"a\",\"revision\":5}          | revision-ahead",
        "{GUEST,\"name\":\"a\",\"revision\":-1}         | invalid-request",
        "{GUEST,\"name\":\"a\",\"revision\":\"x\"}      | invalid-request",
        "{GUEST,\"name\":\"a\",\"description\":\"\\u0007\"} | invalid-request",
        "{GUEST,\"name\":\"a\",\"colour\":\"red\"}      | invalid-request",
        "{\"name\":\"a\"}                               | unauthenticated",
        "[]                                             | invalid-request",
    })
    @DisplayName("[VER-1] what cannot be named is refused, and nothing is kept")
    void given_a_version_that_cannot_be_then_it_is_refused(String body, String slug) throws Exception {
        assertThat(rest.problem("POST", "/versions", body.replace("GUEST", RestCalls.guest("ana")))).isEqualTo(slug);
        assertThat(rest.read("/versions").get("versions")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"v, version-not-found", "v0x, version-not-found", "v99999999999999999999, version-not-found", "7, version-not-found",
        "v123456789, version-not-found"})
    @DisplayName("[VER-2] no other id names a version")
    void given_an_id_of_none_then_not_found(String id, String slug) throws Exception {
        assertThat(rest.problem("GET", "/versions/" + id, null)).isEqualTo(slug);
    }

    @Test
    @DisplayName("[VER-2] another session's version is not found, neither read nor compared nor gone back to")
    void given_another_sessions_version_then_not_found() throws Exception {
        rest.commit("ana", create("a"));
        String id = name("\"name\":\"Ours\"").get("versionId").textValue();
        var other = new RestCalls(HOST, server.startSession(2).get("sessionId").textValue());
        assertThat(other.problem("GET", "/versions/" + id, null)).isEqualTo("version-not-found");
        assertThat(other.problem("GET", "/diff?from=" + id, null)).isEqualTo("version-not-found");
        assertThat(other.problem("POST", "/revert", "{" + RestCalls.guest("ana") + ",\"to\":\"" + id + "\"}")).isEqualTo("version-not-found");
    }

    // ---- comparing

    @Test
    @DisplayName("[VER-3] what differs is told cell by cell, with who wrote it, in both directions and in pages")
    void given_two_revisions_then_their_differences_are_told() throws Exception {
        rest.commit("ana", create("a"));
        rest.commit("ana", create("b"));
        String draft = name("\"name\":\"Draft\"").get("versionId").textValue();
        rest.commit("ben", set("a", 5));
        rest.commit("ana", delete("b"));
        rest.commit("ana", create("c"));

        JsonNode diff = rest.read("/diff?from=" + draft);
        assertThat(diff.get("from").longValue()).isEqualTo(2);
        assertThat(diff.get("to").longValue()).isEqualTo(5);
        JsonNode colour = diff.at("/differences/0");
        assertThat(List.of(colour.get("element").textValue(), colour.get("cell").textValue(), colour.get("name").textValue()))
            .containsExactly("a", "property", "n");
        assertThat(colour.get("before").intValue()).isZero();
        assertThat(colour.get("after").intValue()).isEqualTo(5);
        assertThat(colour.at("/by/revision").longValue()).isEqualTo(3);
        assertThat(colour.at("/by/userId").textValue()).isEqualTo(rest.read("/changes?from=3&to=3").at("/changes/0/userId").textValue());
        assertThat(diff.at("/differences/1/cell").textValue()).isEqualTo("deleted");
        assertThat(diff.at("/differences/1/after").booleanValue()).isTrue();
        assertThat(diff.at("/differences/2/cell").textValue()).isEqualTo("existence");
        assertThat(diff.at("/differences/2").has("before")).isFalse();

        JsonNode back = rest.read("/diff?from=5&to=" + draft + "&limit=1");
        assertThat(back.at("/differences/0/after").intValue()).isZero();
        JsonNode rest2 = rest.read("/diff?from=5&to=" + draft + "&cursor=" + back.get("nextCursor").textValue());
        assertThat(1 + rest2.get("differences").size()).isEqualTo(diff.get("differences").size());
        assertThat(rest.read("/diff?from=3&to=3").get("differences")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"from=9, revision-ahead", "from=-1, invalid-request", "from=x, branch-not-found", "from=0&limit=0, invalid-request",
        "from=0&cursor=-5, invalid-request", "from=0&to=v1x, branch-not-found", "from=0&to=v123456789, version-not-found"})
    @DisplayName("[VER-3] what cannot be compared is refused")
    void given_revisions_that_are_none_then_they_are_refused(String query, String slug) throws Exception {
        assertThat(rest.problem("GET", "/diff?" + query, null)).isEqualTo(slug);
    }

    // ---- going back

    @Test
    @DisplayName("[VER-4] everybody sees the document as it was, by one change that its author can undo")
    void given_a_version_when_it_is_gone_back_to_then_everybody_sees_it() throws Exception {
        rest.commit("ana", create("a"));
        String draft = name("\"name\":\"Draft\"").get("versionId").textValue();
        rest.commit("ben", set("a", 5));
        rest.commit("ben", create("b"));
        try (var ben = server.join(session, "ben")) {
            JsonNode done = revert("ana", "\"to\":\"" + draft + "\"");
            assertThat(done.get("revision").longValue()).isEqualTo(4);
            JsonNode seen = ben.next("changes").at("/changes/0");
            assertThat(seen.get("kind").textValue()).isEqualTo("revert");
            assertThat(seen.get("changeId")).isEqualTo(done.get("changeId"));
            assertThat(elements().at("/0/props/n").intValue()).isZero();
            assertThat(elements().at("/1/deleted").booleanValue()).isTrue();

            assertThat(revert("ana", "\"to\":1").get("revision").longValue()).as("nothing differs").isEqualTo(4);
            rest.post("/changes/" + done.get("changeId").textValue() + "/undo", "{" + RestCalls.guest("ana") + "}");
            assertThat(elements().at("/0/props/n").intValue()).isEqualTo(5);
        }
    }

    @Test
    @DisplayName("[VER-4][REST-6] some elements alone; and once, however often it is sent with one key")
    void given_one_element_when_it_is_gone_back_to_then_the_others_stay() throws Exception {
        rest.commit("ana", create("a"));
        rest.commit("ana", create("b"));
        rest.commit("ben", set("a", 5));
        rest.commit("ben", set("b", 5));
        String body = "{" + RestCalls.guest("ana") + ",\"to\":2,\"elements\":[\"a\"]}";
        JsonNode first = rest.post("/revert", body, "Idempotency-Key", "once");
        rest.commit("ben", set("a", 6));
        assertThat(rest.post("/revert", body, "Idempotency-Key", "once").get("revision")).isEqualTo(first.get("revision"));
        assertThat(elements().at("/0/props/n").intValue()).isEqualTo(6);
        assertThat(elements().at("/1/props/n").intValue()).isEqualTo(5);
    }

    @Test
    @DisplayName("[VER-1][VER-4] who may not edit neither names nor goes back; in a closed session nobody does")
    void given_somebody_who_may_not_then_it_is_refused() throws Exception {
        rest.commit("ana", create("a"));
        rest.commit("ana", set("a", 1));
        rest.send("PATCH", "", "{\"defaultRole\":\"VIEWER\"}", "Chorale-Owner-Key", ownerKey);
        String guest = "{" + RestCalls.guest("eve");
        assertThat(rest.problem("POST", "/revert", guest + ",\"to\":1}")).isEqualTo("forbidden");
        assertThat(rest.problem("POST", "/versions", guest + ",\"name\":\"Mine\"}")).isEqualTo("forbidden");
        assertThat(elements().at("/0/props/n").intValue()).isEqualTo(1);
        server.closeSession(session, ownerKey);
        assertThat(rest.problem("POST", "/revert", guest + ",\"to\":1}")).isEqualTo("session-closed");
        assertThat(rest.problem("POST", "/versions", guest + ",\"name\":\"Mine\"}")).isEqualTo("session-closed");
        assertThat(rest.read("/versions").get("versions")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{GUEST}                                     | invalid-request",
        "{GUEST,\"to\":\"x\"}                        | branch-not-found",
        "{GUEST,\"to\":{}}                           | invalid-request",
        "{GUEST,\"to\":99}                           | revision-ahead",
        "{GUEST,\"to\":0,\"elements\":[]}            | invalid-request",
        "{GUEST,\"to\":0,\"elements\":[7]}           | invalid-request",
        "{GUEST,\"to\":0,\"elements\":\"a\"}         | invalid-request",
        "{\"to\":0}                                  | unauthenticated",
    })
    @DisplayName("[VER-4] what cannot be gone back to is refused")
    void given_a_revert_that_cannot_be_then_it_is_refused(String body, String slug) throws Exception {
        rest.commit("ana", create("a"));
        assertThat(rest.problem("POST", "/revert", body.replace("GUEST", RestCalls.guest("ana")))).isEqualTo(slug);
        assertThat(rest.read("/document").get("revision").longValue()).isEqualTo(1);
    }
}
