package org.chorale.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
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

/** What people in one session are to each other: seats, statuses, locks, chat, conflicts. Timeouts of the test server are short. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class LiveSessionIT {
    private static final String CREATE_A = "{\"op\":\"create\",\"id\":\"a\",\"elementType\":\"box\",\"parent\":null,\"props\":{\"n\":1}}";
    private static final String CREATE_B = "{\"op\":\"create\",\"id\":\"b\",\"elementType\":\"box\",\"parent\":\"a\"}";
    private static final int BIG = 60_000;

    private TestServer server;
    private String session;

    @Deployment(testable = false)
    static EnterpriseArchive deployment() {
        return Deployments.application(LiveSessionIT.class);
    }

    @BeforeEach
    void startSession() throws Exception {
        server = new TestServer("localhost:19080");
        session = server.startSession(10).get("sessionId").textValue();
    }

    // ---- seats

    @Test
    @DisplayName("[HEL-8] a client that comes back before its old connection was found dead takes its seat again, and nobody sees it leave")
    void given_a_client_that_is_still_there_when_it_comes_back_then_it_replaces_itself() throws Exception {
        try (var ben = server.join(session, "ben"); var old = server.join(session, "ana"); var back = server.join(session, "ana")) {
            JsonNode bye = old.next("bye");
            assertThat(bye.get("reason").textValue()).isEqualTo("replaced");
            assertThat(bye.get("reconnect").booleanValue()).isFalse();
            assertThat(old.closeCode()).isEqualTo(1000);
            String id = participant(old);
            assertThat(participant(back)).isEqualTo(id);
            assertThat(back.welcome().get("participants")).hasSize(2);
            assertThat(ben.nextPresence("joined").get("participantId").textValue()).isEqualTo(id);
            back.close();
            assertThat(ben.nextPresence("left").textValue()).isEqualTo(id);
        }
    }

    @Test
    @DisplayName("[HEL-8][PRE-2] a page that is reloaded takes its seat again, with its locks: offline, then there, never gone")
    void given_a_reload_when_the_page_names_its_seat_then_it_is_the_same_participant() throws Exception {
        try (var ben = server.join(session, "ben"); var ana = server.join(session, "ana")) {
            ana.submit(0, 0, CREATE_A);
            ana.next("accepted");
            ana.send("{\"type\":\"lock\",\"element\":\"a\"}");
            ana.next("locks");
            String seat = participant(ana);
            ana.reload();
            ben.untilStatus(seat, "OFFLINE");
            try (var page = server.open(session)) {
                page.sendHello("ana", "another-page", ",\"seat\":\"" + seat + "\"");
                assertThat(participant(page)).isEqualTo(seat);
                assertThat(page.welcome().at("/locks/0/participantId").textValue()).isEqualTo(seat);
                JsonNode back = ben.nextPresence("updated");
                assertThat(back.get("participantId").textValue()).isEqualTo(seat);
                assertThat(back.get("status").textValue()).isNotEqualTo("OFFLINE");
            }
            assertThat(ben.nextPresence("left").textValue()).isEqualTo(seat);
        }
    }

    @Test
    @DisplayName("[HEL-8] a seat is nobody else's, and not a second tab's")
    void given_a_seat_that_is_anothers_or_taken_then_the_newcomer_gets_its_own() throws Exception {
        try (var ana = server.join(session, "ana"); var tab = server.open(session); var ben = server.join(session, "ben")) {
            tab.sendHello("ana", "duplicated-tab", ",\"seat\":\"" + participant(ana) + "\"");
            assertThat(participant(tab)).isNotEqualTo(participant(ana));
            String seat = participant(ben);
            ben.reload();
            ana.untilStatus(seat, "OFFLINE");
            try (var thief = server.open(session)) {
                thief.sendHello("mallory", "m", ",\"seat\":\"" + seat + "\"");
                assertThat(participant(thief)).isNotEqualTo(seat);
            }
            ana.requireAlive();
        }
    }

    @Test
    @DisplayName("[HEL-8][LCK-4] a seat that nobody comes back to is given up, with its locks")
    void given_a_broken_connection_when_nobody_comes_back_then_the_participant_leaves() throws Exception {
        try (var ben = server.join(session, "ben"); var ana = server.join(session, "ana")) {
            ana.submit(0, 0, CREATE_A);
            ana.next("accepted");
            ana.send("{\"type\":\"lock\",\"element\":\"a\",\"leaseSeconds\":300}");
            assertThat(ben.next("locks").at("/locked/0/element").textValue()).isEqualTo("a");
            ana.vanish();
            ben.untilStatus(participant(ana), "OFFLINE");
            assertThat(ben.nextPresence("left").textValue()).isEqualTo(participant(ana));
            assertThat(ben.next("locks").at("/unlocked/0").textValue()).isEqualTo("a");
        }
    }

    // ---- presence

    @Test
    @DisplayName("[PRE-2] editing, online, away, and back")
    void given_what_somebody_does_then_their_status_says_it() throws Exception {
        try (var ben = server.join(session, "ben"); var ana = server.join(session, "ana")) {
            String id = participant(ana);
            ana.submit(0, 0, CREATE_A);
            ben.untilStatus(id, "EDITING");
            ben.untilStatus(id, "ONLINE");
            ana.requireAlive();                     // a ping is no activity
            ben.untilStatus(id, "AWAY");
            ana.send("{\"type\":\"awareness\",\"state\":{\"drag\":{\"id\":\"a\"}}}");
            ben.untilStatus(id, "EDITING");
            ana.send("{\"type\":\"awareness\",\"state\":{\"drag\":null,\"status\":\"AWAY\"}}");
            ben.untilStatus(id, "AWAY");
            try (var late = server.join(session, "late")) {
                assertThat(late.welcome().get("participants")).anySatisfy(participant -> {
                    assertThat(participant.get("participantId").textValue()).isEqualTo(id);
                    assertThat(participant.get("status").textValue()).isEqualTo("AWAY");
                });
            }
        }
    }

    @Test
    @DisplayName("[AWA-5] a state that is not partial replaces the earlier one")
    void given_a_whole_state_then_the_rest_is_gone() throws Exception {
        try (var ana = server.join(session, "ana"); var ben = server.join(session, "ben")) {
            String id = participant(ana);
            ana.send("{\"type\":\"awareness\",\"state\":{\"pointer\":1,\"selection\":[\"a\"]}}");
            assertThat(ben.next("awareness").at("/states/" + id + "/pointer").intValue()).isEqualTo(1);
            ana.send("{\"type\":\"awareness\",\"state\":{\"pointer\":2},\"partial\":false}");
            JsonNode news = ben.next("awareness").at("/states/" + id);
            assertThat(news.get("pointer").intValue()).isEqualTo(2);
            assertThat(news.get("selection").isNull()).isTrue();
            try (var late = server.join(session, "late")) {
                assertThat(late.next("awareness").at("/states/" + id).has("selection")).isFalse();
            }
        }
    }

    // ---- locks

    @Test
    @DisplayName("[LCK-1][LCK-3][LCK-4] what one holds, others can neither edit nor delete, until it is given free")
    void given_a_lock_then_others_changes_are_refused() throws Exception {
        try (var ana = server.join(session, "ana"); var ben = server.join(session, "ben")) {
            ana.submit(0, 0, CREATE_A);
            ana.next("accepted");
            ana.submit(1, 1, CREATE_B);
            ana.next("accepted");
            ana.send("{\"type\":\"lock\",\"element\":\"b\"}");
            JsonNode lock = ben.next("locks").at("/locked/0");
            assertThat(lock.get("name").textValue()).isEqualTo("ana");
            assertThat(lock.get("participantId").textValue()).isEqualTo(participant(ana));
            assertThat(Instant.parse(lock.get("expiresAt").textValue())).isAfter(Instant.now().plusSeconds(20));
            ben.submit(0, 2, "{\"op\":\"set\",\"id\":\"b\",\"path\":[\"n\"],\"value\":2}");
            assertThat(refusal(ben)).isEqualTo("locked");
            ben.submit(0, 2, "{\"op\":\"delete\",\"id\":\"a\"}");
            assertThat(refusal(ben)).isEqualTo("locked");
            ben.submit(0, 2, "{\"op\":\"set\",\"id\":\"a\",\"path\":[\"n\"],\"value\":2}");
            ben.next("accepted");
            ana.send("{\"type\":\"lock\",\"element\":\"b\",\"leaseSeconds\":60}");
            JsonNode longer = ben.next("locks").at("/locked/0");
            assertThat(longer.get("lease")).isEqualTo(lock.get("lease"));
            try (var late = server.join(session, "late")) {
                assertThat(late.welcome().at("/locks/0")).isEqualTo(longer);
            }
            ana.send("{\"type\":\"unlock\",\"element\":\"b\"}");
            assertThat(ben.next("locks").at("/unlocked/0").textValue()).isEqualTo("b");
            ben.submit(1, 3, "{\"op\":\"delete\",\"id\":\"a\"}");
            ben.next("accepted");
        }
    }

    @Test
    @DisplayName("[LCK-4] a lease that is over is over, and everybody is told")
    void given_a_short_lease_when_it_is_over_then_the_element_is_free() throws Exception {
        try (var ana = server.join(session, "ana"); var ben = server.join(session, "ben")) {
            ana.submit(0, 0, CREATE_A);
            ana.next("accepted");
            ana.send("{\"type\":\"lock\",\"element\":\"a\",\"leaseSeconds\":1}");
            assertThat(ben.next("locks").at("/locked/0/element").textValue()).isEqualTo("a");
            assertThat(ben.next("locks").at("/unlocked/0").textValue()).isEqualTo("a");
            ben.send("{\"type\":\"lock\",\"element\":\"a\"}");
            assertThat(ben.next("locks").at("/locked/0/name").textValue()).isEqualTo("ben");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"type\":\"lock\",\"element\":\"b\"} | locked | lock",
        "{\"type\":\"unlock\",\"element\":\"a\"} | forbidden | unlock",
        "{\"type\":\"lock\",\"element\":\"nobody\"} | unknown-element | lock",
        "{\"type\":\"lock\",\"element\":\"c\",\"leaseSeconds\":0} | invalid-request | lock",
        "{\"type\":\"lock\",\"element\":\"c\",\"leaseSeconds\":-5} | invalid-request | lock",
        "{\"type\":\"lock\",\"element\":\"c\",\"leaseSeconds\":9007199254740991} | invalid-request | lock",
        "{\"type\":\"chat\",\"text\":\"\"} | limit-exceeded | chat",
        "{\"type\":\"chat\",\"text\":\"a\\u0000b\"} | invalid-request | chat",
        "{\"type\":\"chat\",\"text\":\"x\",\"messageId\":\"\"} | invalid-request | chat",
        "{\"type\":\"lock\"} | malformed-frame | ", "{\"type\":\"lock\",\"element\":\"../x\"} | malformed-frame | ",
        "{\"type\":\"lock\",\"element\":{}} | malformed-frame | ", "{\"type\":\"lock\",\"element\":\"c\",\"leaseSeconds\":1.5} | malformed-frame | ",
        "{\"type\":\"chat\"} | malformed-frame | ", "{\"type\":\"chat\",\"text\":7} | malformed-frame | ",
    })
    @DisplayName("[LCK-2][LCK-4][CHT-1][CON-10] what may not be is answered by name, with what it answers")
    void given_a_lock_or_chat_that_may_not_be_then_the_error_says_what_it_is_about(String frame, String slug, String about) throws Exception {
        try (var ana = server.join(session, "ana"); var ben = server.join(session, "ben")) {
            ana.submit(0, 0, CREATE_A);
            ana.next("accepted");
            ana.submit(1, 1, CREATE_B);
            ana.next("accepted");
            ana.submit(2, 2, CREATE_A.replace("\"a\"", "\"c\""));
            ana.next("accepted");
            ana.send("{\"type\":\"lock\",\"element\":\"a\"}");
            ben.next("locks");
            ben.send(frame);
            JsonNode error = ben.next("error");
            assertThat(error.at("/problem/type").textValue()).isEqualTo("urn:chorale:problem:" + slug);
            assertThat(error.at("/about/type").textValue()).isEqualTo(about);
            ben.requireAlive();
        }
    }

    @Test
    @DisplayName("[LCK-2] more locks than one may hold are refused, and wishes that cannot be met never close the socket")
    void given_too_many_locks_then_the_surplus_is_refused() throws Exception {
        try (var ana = server.join(session, "ana")) {
            var creates = new StringBuilder();
            for (int i = 0; i <= 100; i++) {
                creates.append(i == 0 ? "" : ",").append("{\"op\":\"create\",\"id\":\"e").append(i).append("\",\"elementType\":\"box\",\"parent\":null}");
            }
            ana.submit(0, 0, creates.toString());
            ana.next("accepted");
            for (int i = 0; i < 100; i++) {
                ana.send("{\"type\":\"lock\",\"element\":\"e" + i + "\"}");
                ana.next("locks");
            }
            for (int i = 0; i < 5; i++) {
                ana.send("{\"type\":\"lock\",\"element\":\"e100\"}");
                assertThat(ana.problem()).isEqualTo("limit-exceeded");
            }
            ana.requireAlive();
        }
    }

    // ---- chat

    @Test
    @DisplayName("[CHT-1][CHT-2] what is said reaches everybody once, also when it was sent twice")
    void given_a_message_sent_twice_then_it_is_told_once_to_the_others() throws Exception {
        try (var ana = server.join(session, "ana"); var ben = server.join(session, "ben")) {
            ana.send("{\"type\":\"chat\",\"text\":\" Shall we? \\u00fc \\ud83d\\ude80\",\"messageId\":\"ana-1\"}");
            JsonNode own = ana.next("chat");
            JsonNode heard = ben.next("chat");
            assertThat(heard).isEqualTo(own);
            assertThat(heard.get("text").textValue()).isEqualTo("Shall we? \u00fc \ud83d\ude80");
            assertThat(heard.get("name").textValue()).isEqualTo("ana");
            ana.send("{\"type\":\"chat\",\"text\":\"Shall we?\",\"messageId\":\"ana-1\"}");
            assertThat(ana.next("chat")).isEqualTo(own);
            ana.send("{\"type\":\"chat\",\"text\":\"second\"}");
            JsonNode second = ben.next("chat");
            assertThat(second.get("text").textValue()).isEqualTo("second");
            assertThat(Long.parseLong(second.get("id").textValue())).isGreaterThan(Long.parseLong(own.get("id").textValue()));
        }
    }

    // ---- undo

    @Test
    @DisplayName("[UND-9] without a name the last change of the seat is undone, then the one before; a redo brings them back")
    void given_no_name_then_the_seats_own_last_change_is_undone() throws Exception {
        try (var ana = server.join(session, "ana"); var ben = server.join(session, "ben")) {
            ana.submit(0, 0, CREATE_A);
            ana.next("accepted");
            ana.submit(1, 1, set("a", 2));
            ana.next("accepted");
            ben.submit(0, 2, "{\"op\":\"set\",\"id\":\"a\",\"path\":[\"m\"],\"value\":7}");
            ben.next("accepted");
            ana.send("{\"type\":\"undo\",\"undoId\":\"ana:2\"}");
            ana.next("accepted");
            assertThat(value(ana, 4, "n")).isEqualTo(1);
            ana.send("{\"type\":\"redo\",\"undoId\":\"ana:3\"}");
            ana.next("accepted");
            assertThat(value(ana, 5, "n")).isEqualTo(2);
            ana.send("{\"type\":\"undo\",\"undoId\":\"ana:4\"}");
            ana.next("accepted");
            ana.send("{\"type\":\"undo\",\"undoId\":\"ana:5\"}");
            ana.next("accepted");
            assertThat(changeAt(ana, 7).at("/operations/0/op").textValue()).isEqualTo("delete");
            ana.send("{\"type\":\"undo\",\"undoId\":\"ana:6\"}");
            assertThat(refusal(ana)).isEqualTo("unknown-change");
        }
    }

    // ---- conflicts

    @Test
    @DisplayName("[CNF-2][CNF-10][CNF-13][CNF-16] two people set one parameter within half a second: both are asked, the first choice counts")
    void given_a_parameter_session_when_two_write_at_once_then_a_conflict_is_told_and_resolved() throws Exception {
        String parameters = server.startSession(10, "parameters").get("sessionId").textValue();
        try (var ana = server.join(parameters, "ana"); var ben = server.join(parameters, "ben")) {
            // Without a value: one would be the third within half a second.
            ana.submit(0, 0, "{\"op\":\"create\",\"id\":\"p\",\"elementType\":\"parameters\",\"parent\":null}");
            ana.next("accepted");
            ben.next("changes");
            ana.submit(1, 1, "{\"op\":\"set\",\"id\":\"p\",\"path\":[\"mu\"],\"value\":2}");
            ben.submit(0, 1, "{\"op\":\"set\",\"id\":\"p\",\"path\":[\"mu\"],\"value\":4}");
            JsonNode opened = ana.next("conflict").get("record");
            assertThat(ben.next("conflict").get("record")).isEqualTo(opened);
            assertThat(opened.get("status").textValue()).isEqualTo("OPEN");
            assertThat(opened.at("/path/0").textValue()).isEqualTo("mu");
            int standing = opened.at("/current/value").intValue();
            assertThat(opened.at("/candidates/0/value").intValue()).isEqualTo(6 - standing);
            assertThat(opened.at("/current/name").textValue()).isEqualTo(standing == 2 ? "ana" : "ben");
            assertThat(opened.at("/candidates/0/name").textValue()).isEqualTo(standing == 2 ? "ben" : "ana");
            try (var late = server.join(parameters, "late")) {
                assertThat(late.welcome().at("/conflicts/0")).isEqualTo(opened);
                assertThat(late.welcome().at("/session/conflictPolicy/parameters.*/strategy").textValue()).isEqualTo("MANUAL");
            }
            String resolve = "{\"op\":\"resolve\",\"conflict\":\"" + opened.get("id").textValue() + "\",\"choice\":\"AVERAGE\"}";
            ana.submit(2, 3, resolve);
            ana.next("accepted");
            JsonNode resolved = ben.next("conflict").get("record");
            assertThat(resolved.get("status").textValue()).isEqualTo("RESOLVED");
            assertThat(resolved.at("/resolution/choice").textValue()).isEqualTo("AVERAGE");
            assertThat(resolved.at("/current/value").intValue()).isEqualTo(3);
            ben.submit(1, 4, resolve);
            assertThat(refusal(ben)).isEqualTo("conflict-already-resolved");
        }
    }

    // ---- compression and fingerprints

    @Test
    @DisplayName("[CON-9] large frames travel compressed where that was agreed on, small ones as text; and the client may compress too")
    void given_the_deflate_protocol_then_large_frames_are_binary() throws Exception {
        String large = "{\"op\":\"create\",\"id\":\"a\",\"elementType\":\"box\",\"parent\":null,\"props\":{\"x\":\"" + "compress me ".repeat(BIG / 12) + "\"}}";
        try (var ana = server.join(session, "ana"); var ben = server.joinCompressed(session, "ben")) {
            ana.submit(0, 0, large);
            JsonNode plain = ana.next("changes");
            long before = ben.binaryBytes();
            assertThat(ben.next("changes")).isEqualTo(plain);
            assertThat(ben.binaryBytes()).isPositive().isGreaterThanOrEqualTo(before).isLessThan(BIG / 10);
            ben.sendBinary(TestClient.deflate("{\"type\":\"submit\",\"changes\":["
                + TestServer.change("ben:0", 1, "{\"op\":\"delete\",\"id\":\"a\"}") + "]}"));
            assertThat(ben.next("accepted").get("revision").longValue()).isEqualTo(2);
            try (var late = server.joinCompressed(session, "late")) {
                assertThat(late.welcome().at("/snapshot/document/elements/0/deleted").booleanValue()).isTrue();
                assertThat(late.binaryBytes()).isLessThan(BIG / 10);
            }
        }
    }

    @Test
    @DisplayName("[CON-3][CON-9] what swells beyond the limit, or is no deflate, is answered by name")
    void given_a_compressed_frame_that_is_a_bomb_or_nonsense_then_it_is_rejected() throws Exception {
        try (var ana = server.joinCompressed(session, "ana")) {
            ana.sendBinary(TestClient.deflate("{\"type\":\"ping\",\"t\":\"" + "0".repeat(50_000_000) + "\"}"));
            assertThat(ana.problem()).isEqualTo("frame-too-large");
            ana.sendBinary(new byte[] {1, 2, 3, 4});
            assertThat(ana.problem()).isEqualTo("malformed-frame");
            ana.requireAlive();
        }
    }

    @Test
    @DisplayName("[CHG-6][RES-3] a fingerprint comes along now and then, and a snapshot when it is asked for")
    void given_many_changes_then_a_hash_is_among_them_and_it_is_the_documents() throws Exception {
        try (var ana = server.join(session, "ana")) {
            ana.submit(0, 0, CREATE_A);
            ana.next("accepted");
            for (int i = 1; i < 256; i++) {
                ana.submit(i, i, set("a", i));
                ana.next("accepted");
            }
            JsonNode frame = ana.next("changes");
            while (!frame.has("hash")) {
                frame = ana.next("changes");
            }
            assertThat(frame.get("to").longValue()).isEqualTo(256);
            ana.send("{\"type\":\"resync\",\"revision\":256,\"snapshot\":true}");
            assertThat(ana.next("snapshot").get("hash")).isEqualTo(frame.get("hash"));
        }
    }

    // ---- how it is said

    private static String participant(TestClient client) {
        return client.welcome().at("/self/participantId").textValue();
    }

    private static String set(String element, int value) {
        return "{\"op\":\"set\",\"id\":\"" + element + "\",\"path\":[\"n\"],\"value\":" + value + "}";
    }

    private static String refusal(TestClient client) {
        return client.next("refused").at("/problem/type").textValue().replace("urn:chorale:problem:", "");
    }

    private static JsonNode changeAt(TestClient client, long revision) {
        while (true) {
            for (JsonNode change : client.next("changes").get("changes")) {
                if (change.get("revision").longValue() == revision) {
                    return change;
                }
            }
        }
    }

    private static int value(TestClient client, long revision, String property) {
        JsonNode operation = changeAt(client, revision).at("/operations/0");
        assertThat(operation.at("/path/0").textValue()).isEqualTo(property);
        return operation.get("value").intValue();
    }
}
