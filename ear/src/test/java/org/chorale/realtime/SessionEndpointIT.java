package org.chorale.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
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

/** The protocol over a real socket, from outside; the rules are those of docs/protocol/SPEC.md. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class SessionEndpointIT {
    private static final String CREATE_A = "{\"op\":\"create\",\"id\":\"a\",\"elementType\":\"box\",\"parent\":null,\"props\":{\"n\":1}}";
    private static final int POLICY = 1008;
    private static final int TRY_AGAIN_LATER = 1013;

    private TestServer server;
    private String session;

    @Deployment(testable = false)
    static EnterpriseArchive deployment() {
        return Deployments.application(SessionEndpointIT.class);
    }

    @BeforeEach
    void startSession() throws Exception {
        server = new TestServer("localhost:19080");
        session = server.startSession(10).get("sessionId").textValue();
    }

    // ---- hello

    @Test
    @DisplayName("[HEL-4][HEL-5][HEL-7] welcome tells who, where, what and how much")
    void given_a_hello_then_welcome_has_everything_a_client_needs() throws Exception {
        try (var ana = server.join(session, "ana")) {
            JsonNode welcome = ana.welcome();
            assertThat(welcome.at("/session/sessionId").textValue()).isEqualTo(session);
            assertThat(welcome.at("/self/name").textValue()).isEqualTo("ana");
            assertThat(welcome.at("/participants/0/participantId")).isEqualTo(welcome.at("/self/participantId"));
            assertThat(welcome.get("revision").longValue()).isEqualTo(welcome.at("/snapshot/revision").longValue()).isZero();
            assertThat(welcome.at("/limits/changesPerFrame").intValue()).isEqualTo(100);
            assertThat(welcome.get("heartbeatSeconds").intValue()).isEqualTo(20);
            assertThat(welcome.get("serverVersion").textValue()).matches("\\d+\\.\\d+\\.\\d+");
            for (String list : new String[] {"locks", "conflicts", "iceServers"}) {
                assertThat(welcome.get(list).isArray()).isTrue();
            }
        }
    }

    @Test
    @DisplayName("[HEL-3] one secret is one user, on every connection; nobody else is")
    void given_a_guest_with_a_secret_then_the_user_id_is_stable_and_tells_nothing() throws Exception {
        try (var ana = server.join(session, "ana"); var again = server.open(session); var ben = server.join(session, "ben")) {
            again.sendHello("ana", "another-tab", "");
            String user = ana.welcome().at("/self/userId").textValue();
            assertThat(again.welcome().at("/self/userId").textValue()).isEqualTo(user).doesNotContain("ana");
            assertThat(ben.welcome().at("/self/userId").textValue()).isNotEqualTo(user);
        }
    }

    @Test
    @DisplayName("[CON-1] another frame before hello closes the socket")
    void given_another_frame_first_then_the_socket_is_closed() throws Exception {
        try (var client = server.open(session)) {
            client.send("{\"type\":\"ping\",\"t\":1}");
            assertThat(client.problem()).isEqualTo("hello-expected");
            assertThat(client.closeCode()).isEqualTo(POLICY);
        }
    }

    @Test
    @DisplayName("[CON-1] no hello in time closes the socket; whoever said one that was not heard comes again")
    void given_no_hello_then_the_socket_is_closed() throws Exception {
        try (var client = server.open(session)) {
            assertThat(client.problem()).isEqualTo("hello-expected");
            assertThat(client.closeCode()).isEqualTo(TRY_AGAIN_LATER);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000000000", "nonsense", "x' or '1'='1", "%2e%2e"})
    @DisplayName("[HEL-1] an unknown session closes the socket")
    void given_an_unknown_session_then_the_problem_says_so(String id) throws Exception {
        try (var client = server.open(id)) {
            client.sendHello("ana", "");
            assertThat(client.problem()).isEqualTo("session-not-found");
            assertThat(client.closeCode()).isEqualTo(POLICY);
        }
    }

    @Test
    @DisplayName("[HEL-1] a closed session says bye to those in it and refuses newcomers; its document stays")
    void given_a_session_that_is_closed_then_everybody_is_told() throws Exception {
        JsonNode started = server.startSession(10);
        String id = started.get("sessionId").textValue();
        try (var ana = server.join(id, "ana"); var late = server.open(id)) {
            server.closeSession(id, started.get("ownerKey").textValue());
            JsonNode bye = ana.next("bye");
            assertThat(bye.get("reason").textValue()).isEqualTo("sessionClosed");
            assertThat(bye.get("reconnect").booleanValue()).isFalse();
            assertThat(ana.closeCode()).isEqualTo(1000);
            late.sendHello("late", "");
            assertThat(late.problem()).isEqualTo("session-closed");
            assertThat(late.closeCode()).isEqualTo(POLICY);
        }
    }

    @Test
    @DisplayName("[HEL-1] a full session refuses newcomers until a seat is free")
    void given_a_full_session_then_there_is_no_seat() throws Exception {
        String small = server.startSession(1).get("sessionId").textValue();
        try (var ana = server.join(small, "ana")) {
            try (var ben = server.open(small)) {
                ben.sendHello("ben", "");
                assertThat(ben.problem()).isEqualTo("session-full");
                assertThat(ben.closeCode()).isEqualTo(POLICY);
            }
        }
        server.untilEmpty(small);
        try (var ben = server.join(small, "ben")) {
            assertThat(ben.welcome().at("/self/name").textValue()).isEqualTo("ben");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"type\":\"hello\",\"clientId\":\"c\"} | unauthenticated",
        "{\"type\":\"hello\",\"clientId\":\"c\",\"token\":\"x\"} | unauthenticated",
        "{\"type\":\"hello\",\"clientId\":\"c\",\"guest\":\"ana\"} | malformed-frame",
        "{\"type\":\"hello\",\"clientId\":\"c\",\"guest\":{\"name\":\"ana\"}} | malformed-frame",
        "{\"type\":\"hello\",\"clientId\":\"c\",\"guest\":{\"name\":\"\",\"color\":\"#000000\"}} | invalid-request",
        "{\"type\":\"hello\",\"clientId\":\"c\",\"guest\":{\"name\":\"ana\",\"color\":\"red\"}} | invalid-request",
        "{\"type\":\"hello\",\"clientId\":\"c\",\"guest\":{\"name\":\"ana\",\"color\":\"#000000\",\"secret\":\"short\"}} | invalid-request",
        "{\"type\":\"hello\",\"clientId\":\"c c\",\"guest\":{\"name\":\"ana\",\"color\":\"#000000\"}} | malformed-frame",
        "{\"type\":\"hello\",\"guest\":{\"name\":\"ana\",\"color\":\"#000000\"}} | malformed-frame",
        "{\"type\":\"hello\",\"clientId\":\"c\",\"revision\":\"1\",\"guest\":{\"name\":\"ana\",\"color\":\"#000000\"}} | malformed-frame",
        "{\"type\":\"hello\",\"clientId\":\"c\",\"branch\":\"other\",\"guest\":{\"name\":\"ana\",\"color\":\"#000000\"}} | branch-not-found",
    })
    @DisplayName("[HEL-1][HEL-2] a bad hello is refused with its reason")
    void given_a_bad_hello_then_the_problem_says_what_is_wrong(String hello, String slug) throws Exception {
        try (var client = server.open(session)) {
            client.send(hello);
            assertThat(client.problem()).isEqualTo(slug);
        }
    }

    @Test
    @DisplayName("[HEL-6] a second hello is malformed")
    void given_a_second_hello_then_malformed_frame() throws Exception {
        try (var ana = server.join(session, "ana")) {
            ana.sendHello("ana", "");
            assertThat(ana.problem()).isEqualTo("malformed-frame");
            ana.requireAlive();
        }
    }

    // ---- changes

    @Test
    @DisplayName("[SUB-1][CHG-2][CHG-3] an edit is acknowledged to its author and shown to all, with the server's order key")
    void given_an_edit_then_its_author_is_answered_and_everybody_sees_it() throws Exception {
        try (var ana = server.join(session, "ana"); var ben = server.join(session, "ben")) {
            ana.submit(0, 0, CREATE_A);
            assertThat(ana.next("accepted").get("revision").longValue()).isEqualTo(1);
            JsonNode own = ana.next("changes");
            JsonNode seen = ben.next("changes");
            assertThat(seen).isEqualTo(own);
            assertThat(seen.at("/changes/0/operations/0/order").textValue()).isEqualTo("a0");
            assertThat(seen.at("/changes/0/kind").textValue()).isEqualTo("edit");
            try (var late = server.join(session, "late")) {
                assertThat(late.welcome().at("/snapshot/document/elements/0/id").textValue()).isEqualTo("a");
            }
        }
    }

    @Test
    @DisplayName("[OPS-11][OPS-12][OPS-14][CNF-6] texts, lists, sets and overwritten values travel and are in the snapshot")
    void given_every_kind_of_content_then_everybody_gets_it() throws Exception {
        try (var ana = server.join(session, "ana"); var ben = server.join(session, "ben")) {
            ana.submit(0, 0, CREATE_A);
            ana.next("accepted");
            ben.next("changes");
            ana.submit(1, 1, "{\"op\":\"text\",\"id\":\"a\",\"name\":\"notes\",\"edit\":[\"A\"]}");
            ben.submit(0, 1, "{\"op\":\"text\",\"id\":\"a\",\"name\":\"notes\",\"edit\":[\"B\"]}");
            ana.next("accepted");
            ben.next("accepted");
            ana.submit(2, 3, "{\"op\":\"append\",\"id\":\"a\",\"list\":\"log\",\"items\":[{\"id\":\"i\",\"value\":1}]}");
            ana.next("accepted");
            ana.submit(3, 3, "{\"op\":\"member\",\"id\":\"a\",\"set\":\"tags\",\"member\":\"red\",\"on\":true}");
            ana.next("accepted");
            ana.submit(4, 3, "{\"op\":\"set\",\"id\":\"a\",\"path\":[\"x\"],\"value\":1}");
            ana.next("accepted");
            ben.submit(1, 3, "{\"op\":\"set\",\"id\":\"a\",\"path\":[\"x\"],\"value\":2}");
            assertThat(ben.next("accepted").at("/notes/0/code").textValue()).isEqualTo("OVERWROTE");
            try (var late = server.join(session, "late")) {
                JsonNode element = late.welcome().at("/snapshot/document/elements/0");
                assertThat(element.at("/texts/notes").textValue()).hasSize(2).contains("A", "B");
                assertThat(element.at("/lists/log/0/value").intValue()).isEqualTo(1);
                assertThat(element.at("/sets/tags/red").booleanValue()).isTrue();
                assertThat(element.at("/props/x").intValue()).isEqualTo(2);
                assertThat(late.welcome().at("/snapshot/hash").textValue()).matches("[0-9a-f]{16}");
            }
        }
    }

    @Test
    @DisplayName("[UND-9][UND-7] an undo and a redo are changes that everybody gets, by their kind")
    void given_an_edit_when_its_author_undoes_and_redoes_it_then_everybody_sees_it() throws Exception {
        try (var ana = server.join(session, "ana"); var ben = server.join(session, "ben")) {
            ana.submit(0, 0, CREATE_A);
            ana.next("accepted");
            ben.next("changes");
            ana.send("{\"type\":\"undo\",\"changeId\":\"ana:0\",\"undoId\":\"ana:1\"}");
            assertThat(ana.next("accepted").get("changeId").textValue()).isEqualTo("ana:1");
            JsonNode undone = ben.next("changes");
            assertThat(undone.at("/changes/0/kind").textValue()).isEqualTo("undo");
            assertThat(undone.at("/changes/0/operations/0/op").textValue()).isEqualTo("delete");
            ana.send("{\"type\":\"redo\",\"changeId\":\"ana:1\",\"undoId\":\"ana:2\"}");
            assertThat(ben.next("changes").at("/changes/0/kind").textValue()).isEqualTo("redo");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"type\":\"undo\",\"changeId\":\"c:77\",\"undoId\":\"ana:1\"} | refused | unknown-change",
        "{\"type\":\"undo\",\"changeId\":\"ana:0\",\"undoId\":\"system:1\"} | refused | invalid-change",
        "{\"type\":\"redo\",\"undoId\":\"ana:1\"} | refused | unknown-change",
        "{\"type\":\"undo\"} | error | malformed-frame",
        "{\"type\":\"undo\",\"changeId\":\"ana:0\",\"undoId\":7} | error | malformed-frame",
        "{\"type\":\"redo\",\"changeId\":\"nonsense\",\"undoId\":\"ana:1\"} | error | invalid-change",
    })
    @DisplayName("[UND-9][CON-2] an undo that no client should send is answered by name")
    void given_a_bad_undo_then_it_is_answered(String frame, String type, String slug) throws Exception {
        try (var ana = server.join(session, "ana")) {
            ana.submit(0, 0, CREATE_A);
            ana.next("accepted");
            ana.send(frame);
            assertThat(ana.next(type).at("/problem/type").textValue()).isEqualTo("urn:chorale:problem:" + slug);
            assertThat(ana.requireAlive()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("[UND-9] another's change is not undone")
    void given_anothers_change_when_it_is_to_be_undone_then_it_is_forbidden() throws Exception {
        try (var ana = server.join(session, "ana"); var ben = server.join(session, "ben")) {
            ana.submit(0, 0, CREATE_A);
            ana.next("accepted");
            ben.send("{\"type\":\"undo\",\"changeId\":\"ana:0\",\"undoId\":\"b:1\"}");
            assertThat(ben.next("refused").at("/problem/type").textValue()).isEqualTo("urn:chorale:problem:forbidden");
        }
    }

    @Test
    @DisplayName("[SUB-5] a refusal ends its frame, and the connection lives on")
    void given_a_frame_with_a_bad_change_then_it_is_refused_and_the_rest_is_not_decided() throws Exception {
        try (var ana = server.join(session, "ana")) {
            ana.send("{\"type\":\"submit\",\"changes\":["
                + TestServer.change("c:0", 0, CREATE_A) + ","
                + TestServer.change("c:1", 0, "{\"op\":\"set\",\"id\":\"a\",\"path\":[\"n\"],\"value\":1e999}") + ","
                + TestServer.change("c:2", 0, "{\"op\":\"delete\",\"id\":\"a\"}") + "]}");
            assertThat(ana.next("accepted").get("changeId").textValue()).isEqualTo("c:0");
            JsonNode refused = ana.next("refused");
            assertThat(refused.get("changeId").textValue()).isEqualTo("c:1");
            assertThat(refused.at("/problem/type").textValue()).isEqualTo("urn:chorale:problem:invalid-value");
            assertThat(ana.requireAlive()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "9 | {\"op\":\"delete\",\"id\":\"a\"} | revision-ahead",
        "0 | {\"op\":\"delete\",\"id\":\"nobody\"} | unknown-element",
        "0 | {\"op\":\"delete\",\"id\":\"a b\"} | invalid-operation",
        "0 | {\"op\":\"explode\",\"id\":\"a\"} | invalid-operation",
        "0 | {\"op\":\"set\",\"id\":\"a\",\"path\":[\"__proto__\"],\"value\":1} | invalid-value",
        "0 | {\"op\":\"set\",\"id\":\"a\",\"path\":[\"x\"],\"value\":\"\\ud800\"} | invalid-value",
        "0 | {\"op\":\"create\",\"id\":\"b\",\"elementType\":\"box\",\"parent\":null,\"order\":\"a0\"} | invalid-operation",
    })
    @DisplayName("[SUB-3][DOC-1][DOC-4][DOC-5][DOC-6][OPS-8] a change that no client should send is refused by name")
    void given_a_bad_change_then_it_is_refused(long base, String operation, String slug) throws Exception {
        try (var ana = server.join(session, "ana")) {
            ana.submit(0, base, operation);
            JsonNode refused = ana.next("refused");
            assertThat(refused.at("/problem/type").textValue()).isEqualTo("urn:chorale:problem:" + slug);
            assertThat(refused.at("/problem/detail").textValue()).isNotBlank();
            assertThat(ana.requireAlive()).isZero();
        }
    }

    @Test
    @DisplayName("[SUB-4] a change over the size limit is refused by name")
    void given_a_change_that_is_too_large_then_it_is_refused() throws Exception {
        try (var ana = server.join(session, "ana")) {
            ana.submit(0, 0, "{\"op\":\"set\",\"id\":\"a\",\"path\":[\"x\"],\"value\":\"" + "x".repeat(300_000) + "\"}");
            assertThat(ana.next("refused").at("/problem/type").textValue()).isEqualTo("urn:chorale:problem:limit-exceeded");
            ana.requireAlive();
        }
    }

    @Test
    @DisplayName("[RES-1][RES-2] a returning client gets what it missed; one from another life gets a snapshot")
    void given_a_client_that_comes_back_then_it_gets_what_it_missed() throws Exception {
        try (var ana = server.join(session, "ana")) {
            ana.submit(0, 0, CREATE_A);
            ana.submit(1, 0, "{\"op\":\"set\",\"id\":\"a\",\"path\":[\"n\"],\"value\":2}");
            ana.next("accepted");
            ana.next("accepted");
        }
        try (var back = server.open(session)) {
            back.sendHello("ana", ",\"revision\":1");
            JsonNode welcome = back.welcome();
            assertThat(welcome.get("resumedFrom").longValue()).isEqualTo(1);
            assertThat(welcome.has("snapshot")).isFalse();
            JsonNode missed = back.next("changes");
            assertThat(missed.get("from").longValue()).isEqualTo(missed.get("to").longValue()).isEqualTo(2);
        }
        try (var ahead = server.open(session)) {
            ahead.sendHello("ana", ",\"revision\":99");
            assertThat(ahead.welcome().at("/snapshot/revision").longValue()).isEqualTo(2);
            ahead.send("{\"type\":\"resync\",\"revision\":0}");
            assertThat(ahead.next("changes").get("to").longValue()).isEqualTo(2);
            ahead.send("{\"type\":\"resync\",\"revision\":77}");
            assertThat(ahead.next("snapshot").at("/document/elements/0/props/n").intValue()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("[CHG-1] many editors at once: everybody sees the same contiguous order")
    void given_many_editors_at_once_then_all_see_the_same_order() throws Exception {
        int editors = 8;
        int edits = 25;
        try (var watcher = server.join(session, "watcher")) {
            var clients = new ArrayList<TestClient>();
            for (int i = 0; i < editors; i++) {
                clients.add(server.join(session, "editor-" + i));
            }
            for (int edit = 0; edit < edits; edit++) {
                for (TestClient client : clients) {
                    client.submit(edit, 0, "{\"op\":\"create\",\"id\":\"" + client.name() + "-" + edit
                        + "\",\"elementType\":\"box\",\"parent\":null}");
                }
                clients.forEach(client -> client.next("accepted"));
            }
            long expected = 1;
            while (expected <= editors * edits) {
                JsonNode frame = watcher.next("changes");
                assertThat(frame.get("from").longValue()).isEqualTo(expected);
                for (JsonNode change : frame.get("changes")) {
                    assertThat(change.get("revision").longValue()).isEqualTo(expected++);
                }
                assertThat(frame.get("to").longValue()).isEqualTo(expected - 1);
            }
            clients.forEach(TestClient::close);
        }
    }

    @Test
    @DisplayName("[SUB-2] the same change twice, and over another connection, is one change")
    void given_a_change_sent_again_over_a_new_connection_then_its_first_revision_is_repeated() throws Exception {
        try (var ana = server.join(session, "ana")) {
            ana.submit(0, 0, CREATE_A);
            ana.next("accepted");
        }
        try (var ana = server.join(session, "ana")) {
            ana.submit(0, 0, CREATE_A);
            assertThat(ana.next("accepted").get("revision").longValue()).isEqualTo(1);
            assertThat(ana.requireAlive()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("[CON-6] who does not read is let go, and the others get everything")
    void given_a_client_that_does_not_read_then_the_others_are_not_slowed() throws Exception {
        String large = "{\"op\":\"set\",\"id\":\"a\",\"path\":[\"x\"],\"value\":\"" + "x".repeat(60_000) + "\"}";
        try (var ana = server.join(session, "ana"); var ben = server.join(session, "ben"); var deaf = server.join(session, "deaf")) {
            String deafId = deaf.welcome().at("/self/participantId").textValue();
            deaf.stopReading();
            ana.submit(0, 0, CREATE_A);
            ana.next("accepted");
            int sent = 1;
            // Until the kernel's buffers and the connection's queue are full; on loopback that takes some megabytes.
            while (!ben.hasSeenGo(deafId) && sent < 2_000) {
                ana.submit(sent++, 1, large);
                ana.next("accepted");
            }
            assertThat(ben.hasSeenGo(deafId)).isTrue();
            assertThat(ana.requireAlive()).isEqualTo(sent);
            long seen = 0;
            while (seen < sent) {
                JsonNode frame = ben.next("changes");
                assertThat(frame.get("from").longValue()).isEqualTo(seen + 1);
                seen = frame.get("to").longValue();
            }
        }
    }

    // ---- what cannot be read

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "nonsense | malformed-frame", "[] | malformed-frame", "{\"type\":7} | malformed-frame", "{} | malformed-frame",
        "{\"type\":\"dance\"} | unknown-type", "{\"type\":\"submit\"} | malformed-frame", "{\"type\":\"submit\",\"changes\":[]} | malformed-frame",
        "{\"type\":\"submit\",\"changes\":[{}]} | malformed-frame", "{\"type\":\"submit\",\"changes\":[7]} | malformed-frame",
        "{\"type\":\"resync\"} | malformed-frame", "{\"type\":\"ping\"} | malformed-frame",
        "{\"type\":\"awareness\",\"state\":[1]} | malformed-frame", "{\"type\":\"awareness\",\"state\":{\"__proto__\":1}} | malformed-frame",
        "{\"type\":\"ping\",\"t\":NaN} | malformed-frame", "{\"type\":\"ping\",\"t\":1,\"t\":2} | malformed-frame",
    })
    @DisplayName("[CON-2] a frame that cannot be read gets its problem, and the connection lives on")
    void given_a_frame_that_cannot_be_read_then_the_connection_lives_on(String frame, String slug) throws Exception {
        try (var ana = server.join(session, "ana")) {
            ana.send(frame);
            assertThat(ana.problem()).isEqualTo(slug);
            ana.requireAlive();
        }
    }

    @Test
    @DisplayName("[CON-2] the third such frame within a minute closes the socket; others in the session live on")
    void given_three_frames_that_cannot_be_read_then_the_socket_is_closed() throws Exception {
        try (var ana = server.join(session, "ana"); var ben = server.join(session, "ben")) {
            IntStream.range(0, 3).forEach(i -> ben.send("nonsense"));
            IntStream.range(0, 3).forEach(i -> assertThat(ben.problem()).isEqualTo("malformed-frame"));
            assertThat(ben.closeCode()).isEqualTo(POLICY);
            assertThat(ana.nextPresence("left")).isEqualTo(ben.welcome().at("/self/participantId"));
            ana.requireAlive();
        }
    }

    @Test
    @DisplayName("[CON-2] nesting without end is malformed, not fatal")
    void given_a_frame_nested_without_end_then_malformed_frame() throws Exception {
        try (var ana = server.join(session, "ana")) {
            ana.send("{\"type\":\"ping\",\"t\":" + "[".repeat(200_000));
            assertThat(ana.problem()).isEqualTo("malformed-frame");
            ana.requireAlive();
        }
    }

    @Test
    @DisplayName("[CON-3] a frame of ten megabytes is discarded, and the connection lives on")
    void given_a_frame_of_ten_megabytes_then_frame_too_large() throws Exception {
        try (var ana = server.join(session, "ana")) {
            ana.send("x".repeat(10 * 1024 * 1024));
            assertThat(ana.problem()).isEqualTo("frame-too-large");
            ana.requireAlive();
        }
    }

    @Test
    @DisplayName("[CON-2] binary frames are malformed")
    void given_a_binary_frame_then_malformed_frame() throws Exception {
        try (var ana = server.join(session, "ana")) {
            ana.sendBinary(new byte[] {1, 2, 3});
            assertThat(ana.problem()).isEqualTo("malformed-frame");
            ana.requireAlive();
        }
    }

    @Test
    @DisplayName("[CON-7] unknown fields are ignored")
    void given_a_frame_with_more_fields_then_they_are_ignored() throws Exception {
        try (var ana = server.join(session, "ana")) {
            ana.send("{\"type\":\"ping\",\"t\":{\"any\":\"thing\"},\"later\":true}");
            assertThat(ana.next("pong").at("/t/any").textValue()).isEqualTo("thing");
        }
    }

    // ---- awareness and presence

    @Test
    @DisplayName("[AWA-1][AWA-2][AWA-3] awareness is merged, shown to others and to newcomers, and never stored")
    void given_awareness_then_others_see_it() throws Exception {
        try (var ana = server.join(session, "ana"); var ben = server.join(session, "ben")) {
            String id = ana.welcome().at("/self/participantId").textValue();
            ana.send("{\"type\":\"awareness\",\"state\":{\"pointer\":{\"position\":[1,2,3]},\"selection\":[\"a\"]}}");
            assertThat(ben.next("awareness").at("/states/" + id + "/pointer/position/1").intValue()).isEqualTo(2);
            ana.send("{\"type\":\"awareness\",\"state\":{\"selection\":null}}");
            assertThat(ben.next("awareness").at("/states/" + id).has("selection")).isTrue();
            try (var late = server.join(session, "late")) {
                JsonNode state = late.next("awareness").at("/states/" + id);
                assertThat(state.has("pointer")).isTrue();
                assertThat(state.has("selection")).isFalse();
                assertThat(late.welcome().get("revision").longValue()).isZero();
            }
        }
    }

    @Test
    @DisplayName("[AWA-4] too much awareness is refused, at once or bit by bit")
    void given_too_much_awareness_then_it_is_refused() throws Exception {
        try (var ana = server.join(session, "ana")) {
            ana.send("{\"type\":\"awareness\",\"state\":{\"x\":\"" + "x".repeat(5_000) + "\"}}");
            assertThat(ana.problem()).isEqualTo("awareness-too-large");
            ana.send("{\"type\":\"awareness\",\"state\":{\"x\":\"" + "x".repeat(3_000) + "\"}}");
            ana.send("{\"type\":\"awareness\",\"state\":{\"y\":\"" + "y".repeat(3_000) + "\"}}");
            assertThat(ana.problem()).isEqualTo("awareness-too-large");
            ana.requireAlive();
        }
    }

    @Test
    @DisplayName("[PRE-1] who comes and who goes is told to the others")
    void given_people_who_come_and_go_then_the_others_are_told() throws Exception {
        try (var ana = server.join(session, "ana")) {
            String id;
            try (var ben = server.join(session, "ben")) {
                id = ben.welcome().at("/self/participantId").textValue();
                JsonNode joined = ana.nextPresence("joined");
                assertThat(joined.get("participantId").textValue()).isEqualTo(id);
                assertThat(joined.get("status").textValue()).isEqualTo("ONLINE");
            }
            assertThat(ana.nextPresence("left").textValue()).isEqualTo(id);
        }
    }
}
