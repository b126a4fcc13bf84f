package org.chorale.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
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

/** Chat over REST, beside sockets in the same session. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class ChatResourceIT {
    private static final String HOST = "localhost:19080";

    private TestServer server;
    private String session;
    private String ownerKey;
    private RestCalls rest;

    @Deployment(testable = false)
    static EnterpriseArchive deployment() {
        return Deployments.application(ChatResourceIT.class);
    }

    @BeforeEach
    void startSession() throws Exception {
        server = new TestServer(HOST);
        JsonNode started = server.startSession(10);
        session = started.get("sessionId").textValue();
        ownerKey = started.get("ownerKey").textValue();
        rest = new RestCalls(HOST, session);
    }

    private static String message(String guest, String text, String more) {
        return "{" + RestCalls.guest(guest) + ",\"text\":\"" + text + "\"" + more + "}";
    }

    private JsonNode post(String guest, String text) throws Exception {
        return RestCalls.answer(rest.send("POST", "/chat", message(guest, text, "")), 201);
    }

    @Test
    @DisplayName("[CHT-1][REST-10] what is said is stored, then told to every socket")
    void given_somebody_on_a_socket_when_a_message_is_posted_then_they_get_it() throws Exception {
        try (var ana = server.join(session, "ana")) {
            JsonNode posted = post("ben", "  Shall we\\n\\tmove it? \uD83D\uDE42 ");
            assertThat(posted.get("text").textValue()).isEqualTo("Shall we\n\tmove it? \uD83D\uDE42");
            JsonNode told = ana.next("chat");
            posted.properties().forEach(field -> assertThat(told.get(field.getKey())).as(field.getKey()).isEqualTo(field.getValue()));
            assertThat(rest.read("/chat").at("/messages/0")).isEqualTo(posted);
        }
    }

    @Test
    @DisplayName("[CHT-3][REST-10] what was said on a socket is read over REST")
    void given_a_message_on_a_socket_when_the_chat_is_read_then_it_is_there() throws Exception {
        try (var ana = server.join(session, "ana")) {
            ana.send("{\"type\":\"chat\",\"text\":\"hello\",\"messageId\":\"m-1\"}");
            JsonNode told = ana.next("chat");
            JsonNode read = rest.read("/chat").at("/messages/0");
            assertThat(read.get("text").textValue()).isEqualTo("hello");
            assertThat(read.get("id")).isEqualTo(told.get("id"));
            assertThat(read.get("userId")).isEqualTo(ana.welcome().at("/self/userId"));
            assertThat(read.get("participantId")).isEqualTo(ana.welcome().at("/self/participantId"));
        }
    }

    @Test
    @DisplayName("[CHT-2][REST-10] a message id of one user is stored once, and told once")
    void given_a_message_id_when_it_is_posted_again_then_the_first_message_is_the_answer() throws Exception {
        try (var ana = server.join(session, "ana")) {
            JsonNode first = RestCalls.answer(rest.send("POST", "/chat", message("ben", "one", ",\"messageId\":\"m\"")), 201);
            assertThat(rest.post("/chat", message("ben", "another text", ",\"messageId\":\"m\""))).isEqualTo(first);
            JsonNode other = RestCalls.answer(rest.send("POST", "/chat", message("ana", "two", ",\"messageId\":\"m\"")), 201);
            assertThat(Long.parseLong(other.get("id").textValue())).isGreaterThan(Long.parseLong(first.get("id").textValue()));
            assertThat(ana.next("chat").get("text").textValue()).isEqualTo("one");
            assertThat(ana.next("chat").get("text").textValue()).isEqualTo("two");
            assertThat(rest.read("/chat").get("messages")).hasSize(2);
        }
    }

    @Test
    @DisplayName("[CHT-2] of identical messages at the same time one is stored")
    void given_identical_posts_when_they_race_then_there_is_one_message() throws Exception {
        String body = message("ben", "once", ",\"messageId\":\"race\"");
        var racing = IntStream.range(0, 8).mapToObj(i -> CompletableFuture.supplyAsync(() -> {
            try {
                return rest.send("POST", "/chat", body);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        })).toList();
        var statuses = racing.stream().map(call -> call.join().statusCode()).toList();
        assertThat(statuses).containsOnlyOnce(201).containsOnly(200, 201);
        assertThat(racing.stream().map(call -> call.join().body()).distinct()).hasSize(1);
        assertThat(rest.read("/chat").get("messages")).hasSize(1);
    }

    @Test
    @DisplayName("[REST-6] an Idempotency-Key names the message where the body does not")
    void given_a_key_when_a_message_is_posted_again_then_it_is_stored_once() throws Exception {
        assertThat(rest.send("POST", "/chat", message("ben", "x", ""), "Idempotency-Key", "say").statusCode()).isEqualTo(201);
        assertThat(rest.send("POST", "/chat", message("ben", "x", ""), "Idempotency-Key", "say").statusCode()).isEqualTo(200);
        assertThat(rest.send("POST", "/chat", message("ana", "x", ""), "Idempotency-Key", "say").statusCode()).isEqualTo(201);
        assertThat(rest.read("/chat").get("messages")).hasSize(2);
    }

    @Test
    @DisplayName("[REST-10] pages of messages join without gap or overlap, the newest first")
    void given_messages_when_they_are_read_in_pages_then_all_are_there_once() throws Exception {
        for (int i = 1; i <= 5; i++) {
            post("ben", "message " + i);
        }
        var texts = new ArrayList<String>();
        String cursor = "";
        do {
            JsonNode page = rest.read("/chat?limit=2" + cursor);
            page.get("messages").forEach(message -> texts.add(message.get("text").textValue()));
            cursor = page.has("nextCursor") ? "&cursor=" + page.get("nextCursor").textValue() : "";
        } while (!cursor.isEmpty());
        assertThat(texts).containsExactly("message 5", "message 4", "message 3", "message 2", "message 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?limit=0", "?limit=201", "?limit=x", "?cursor=x", "?cursor=-1", "?cursor=%F0%9F%98%80"})
    @DisplayName("[REST-10] a page that cannot be is refused")
    void given_a_bad_page_then_invalid_request(String query) throws Exception {
        assertThat(rest.problem("GET", "/chat" + query, null)).isEqualTo("invalid-request");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{} | unauthenticated", "{GUEST} | invalid-request", "{GUEST,\"text\":7} | invalid-request",
        "{GUEST,\"text\":\"\"} | limit-exceeded",
        "{GUEST,\"text\":\" \\n \"} | limit-exceeded", "{GUEST,\"text\":\"a\\u0000b\"} | invalid-request",
        "{GUEST,\"text\":\"a\\u001bb\"} | invalid-request", "{GUEST,\"text\":\"a\\ud800b\"} | invalid-value",
        "{GUEST,\"text\":\"x\",\"messageId\":\"\"} | invalid-request",
        "{GUEST,\"text\":\"x\",\"messageId\":\"a\\u0000\"} | invalid-request",
        "{GUEST,\"text\":\"x\",\"messageId\":7} | invalid-request", "{GUEST,\"text\":\"x\",\"to\":\"ana\"} | invalid-request",
    })
    @DisplayName("[CHT-1][REST-10] a bad message is refused with its reason, and not stored")
    void given_a_bad_message_then_the_problem_says_what_is_wrong(String body, String slug) throws Exception {
        assertThat(rest.problem("POST", "/chat", body.replace("GUEST", RestCalls.guest("ana")))).isEqualTo(slug);
        assertThat(rest.read("/chat").get("messages")).isEmpty();
    }

    @Test
    @DisplayName("[CHT-1][CHT-2] texts and message ids have their lengths")
    void given_lengths_at_the_limit_then_one_more_is_refused() throws Exception {
        post("ana", "x".repeat(2_000));
        assertThat(rest.problem("POST", "/chat", message("ana", "x".repeat(2_001), ""))).isEqualTo("limit-exceeded");
        String id = ",\"messageId\":\"" + "i".repeat(96) + "\"";
        assertThat(rest.send("POST", "/chat", message("ana", "x", id)).statusCode()).isEqualTo(201);
        assertThat(rest.problem("POST", "/chat", message("ana", "x", id.replace("ii", "iii")))).isEqualTo("invalid-request");
    }

    @Test
    @DisplayName("[REST-13] in a closed session people read and say nothing more")
    void given_a_session_that_is_closed_then_its_chat_can_be_read() throws Exception {
        post("ana", "bye");
        server.closeSession(session, ownerKey);
        assertThat(rest.read("/chat").get("messages")).hasSize(1);
        assertThat(rest.problem("POST", "/chat", message("ana", "too late", ""))).isEqualTo("session-closed");
    }
}
