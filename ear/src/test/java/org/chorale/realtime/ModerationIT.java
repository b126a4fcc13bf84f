package org.chorale.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
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

/** What moderators do about people, and what of it is written down. This server does not take the word fiddlesticks. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class ModerationIT {
    private static final String HOST = "localhost:19080";
    private static final String GUEST = "Chorale-Guest";
    private static final String CREATE_A = "{\"op\":\"create\",\"id\":\"a\",\"elementType\":\"box\",\"parent\":null}";

    private TestServer server;
    private String session;
    private RestCalls rest;

    @Deployment(testable = false)
    static EnterpriseArchive deployment() {
        return Deployments.application(ModerationIT.class);
    }

    @BeforeEach
    void startSession() throws Exception {
        server = new TestServer(HOST);
        String body = "{\"name\":\"test\",\"kind\":\"scene\"," + RestCalls.guest("olga") + "}";
        session = RestCalls.answer(new RestCalls(HOST, "").send("POST", "", body), 201).get("sessionId").textValue();
        rest = new RestCalls(HOST, session);
    }

    private static String as(String name) {
        return RestCalls.guest(name).substring("\"guest\":".length());
    }

    private void moderate(String what, String body) throws Exception {
        assertThat(rest.send("POST", "/moderation/" + what, body, GUEST, as("olga")).statusCode()).as(what).isEqualTo(204);
    }

    private static String about(TestClient client, String more) {
        return "{\"userId\":\"" + client.welcome().at("/self/userId").textValue() + "\"" + more + "}";
    }

    private void assertSentAway(TestClient client, String reason) throws Exception {
        JsonNode bye = client.next("bye");
        assertThat(bye.get("reason").textValue()).isEqualTo(reason);
        assertThat(bye.get("reconnect").booleanValue()).isFalse();
        assertThat(client.closeCode()).isEqualTo(1000);
    }

    @Test
    @DisplayName("[PRM-7] who is kicked has left, and may come again")
    void given_somebody_who_is_kicked_then_they_are_gone_until_they_come_again() throws Exception {
        try (var olga = server.join(session, "olga"); var ben = server.join(session, "ben")) {
            moderate("kick", about(ben, ""));
            assertSentAway(ben, "kicked");
            assertThat(olga.nextPresence("left").textValue()).isEqualTo(ben.welcome().at("/self/participantId").textValue());
        }
        server.join(session, "ben").close();
    }

    @Test
    @DisplayName("[PRM-7][PRM-5] who is banned is gone, stays out, writes nothing, and comes again when the ban is lifted")
    void given_somebody_who_is_banned_then_no_way_leads_back() throws Exception {
        try (var ben = server.join(session, "ben")) {
            moderate("ban", about(ben, ",\"reason\":\"spam\""));
            assertSentAway(ben, "banned");
            try (var again = server.open(session)) {
                again.sendHello("ben", "");
                assertThat(again.problem()).isEqualTo("forbidden");
                assertThat(again.closeCode()).isEqualTo(1008);
            }
            assertThat(rest.problem("POST", "/changes", "{" + RestCalls.guest("ben") + ",\"changes\":[{\"operations\":[" + CREATE_A
                + "]}]}"))
                .isEqualTo("forbidden");
            assertThat(rest.problem("POST", "/chat", "{" + RestCalls.guest("ben") + ",\"text\":\"hello\"}")).isEqualTo("forbidden");
            assertThat(rest.problem("GET", "/document", null, GUEST, as("ben"))).isEqualTo("forbidden");
            JsonNode state = rest.read("/moderation", GUEST, as("olga"));
            assertThat(state.at("/sanctions/0/kind").textValue()).isEqualTo("BAN");
            assertThat(state.at("/sanctions/0/reason").textValue()).isEqualTo("spam");
            moderate("unban", about(ben, ""));
        }
        server.join(session, "ben").close();
    }

    @Test
    @DisplayName("[ACS-6] a ban with the address keeps that address out under any name, until it is lifted by its id")
    void given_a_ban_with_the_address_then_another_name_does_not_help() throws Exception {
        try (var ben = server.join(session, "ben")) {
            moderate("ban", about(ben, ",\"withAddress\":true,\"seconds\":600"));
            assertSentAway(ben, "banned");
        }
        try (var eve = server.open(session)) {
            eve.sendHello("eve", "");
            assertThat(eve.problem()).isEqualTo("forbidden");
        }
        assertThat(rest.problem("GET", "/document", null)).isEqualTo("forbidden");
        server.join(session, "olga").close();               // from the same address
        for (JsonNode sanction : rest.read("/moderation", GUEST, as("olga")).get("sanctions")) {
            moderate("unban", "{\"sanction\":" + sanction.get("id") + "}");
        }
        server.join(session, "eve").close();
    }

    @Test
    @DisplayName("[PRM-7][ACS-6] a mute that ends by itself is told, and who is banned for a time knows how long")
    void given_sanctions_with_an_end_then_people_know() throws Exception {
        try (var ben = server.join(session, "ben"); var eve = server.join(session, "eve")) {
            moderate("mute", about(ben, ",\"seconds\":1"));
            assertThat(ben.next("permissions").get("permissions").toString()).doesNotContain("CHAT");
            assertThat(ben.next("permissions").get("permissions").toString()).contains("CHAT");
            ben.send("{\"type\":\"chat\",\"text\":\"hello\"}");
            ben.next("chat");
            moderate("ban", about(eve, ",\"seconds\":600"));
            assertThat(eve.next("bye").get("retryAfter").intValue()).isBetween(500, 601);
            try (var again = server.open(session)) {
                again.sendHello("eve", "");
                JsonNode problem = again.next("error").get("problem");
                assertThat(problem.get("type").textValue()).endsWith(":forbidden");
                assertThat(problem.get("retryAfter").intValue()).isBetween(500, 601);
            }
        }
    }

    @Test
    @DisplayName("[ACS-6] who is let in again may come from where they came, and others from the moderator's address were never meant")
    void given_a_ban_with_the_address_when_the_user_is_let_in_again_then_their_address_is_too() throws Exception {
        try (var ben = server.join(session, "ben")) {
            moderate("ban", about(ben, ",\"withAddress\":true"));
            assertSentAway(ben, "banned");
            assertThat(rest.read("/moderation", GUEST, as("olga")).get("sanctions")).hasSize(2);
            moderate("unban", about(ben, ""));
            assertThat(rest.read("/moderation", GUEST, as("olga")).get("sanctions")).isEmpty();
        }
        server.join(session, "eve").close();
        try (var ben = server.join(session, "ben")) {
            moderate("ban", about(ben, ""));
            assertSentAway(ben, "banned");
        }
        server.join(session, "eve").close();
    }

    @Test
    @DisplayName("[REST-13] who is in a session that is archived leaves; it is read, not written, and as before when it is brought back")
    void given_a_session_that_is_archived_then_it_waits_to_be_brought_back() throws Exception {
        rest.send("POST", "/changes", "{" + RestCalls.guest("olga") + ",\"changes\":[{\"operations\":[" + CREATE_A + "]}]}");
        try (var ben = server.join(session, "ben")) {
            assertThat(rest.problem("PUT", "/archive", null, GUEST, as("ben"))).isEqualTo("forbidden");
            assertThat(rest.send("PUT", "/archive", null, GUEST, as("olga")).statusCode()).isEqualTo(204);
            assertSentAway(ben, "sessionClosed");
        }
        assertThat(rest.read("", GUEST, as("olga")).get("archived").booleanValue()).isTrue();
        assertThat(rest.read("/document").at("/document/elements")).hasSize(1);
        assertThat(rest.problem("POST", "/chat", "{" + RestCalls.guest("olga") + ",\"text\":\"hello\"}")).isEqualTo("session-closed");
        try (var late = server.open(session)) {
            late.sendHello("ben", "");
            assertThat(late.problem()).isEqualTo("session-closed");
        }
        assertThat(rest.send("DELETE", "/archive", null, GUEST, as("olga")).statusCode()).isEqualTo(204);
        assertThat(rest.read("").get("closed").booleanValue()).isFalse();
        try (var ben = server.join(session, "ben")) {
            assertThat(ben.welcome().get("revision").intValue()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("[PRM-8] who is muted says nothing, in slow mode one waits, and unwanted words are not taken")
    void given_mute_slow_mode_and_words_then_chat_obeys() throws Exception {
        try (var ben = server.join(session, "ben")) {
            moderate("mute", about(ben, ",\"seconds\":600"));
            assertThat(ben.next("permissions").get("permissions").toString()).doesNotContain("CHAT");
            ben.send("{\"type\":\"chat\",\"text\":\"hello\"}");
            assertThat(ben.problem()).isEqualTo("forbidden");
            moderate("unmute", about(ben, ""));
            assertThat(ben.next("permissions").get("permissions").toString()).contains("CHAT");
            moderate("slow-mode", "{\"seconds\":600}");
            assertThat(ben.next("permissions").get("slowModeSeconds").intValue()).isEqualTo(600);
            ben.send("{\"type\":\"chat\",\"text\":\"one\"}");
            ben.next("chat");
            ben.send("{\"type\":\"chat\",\"text\":\"two\"}");
            JsonNode problem = ben.next("error").get("problem");
            assertThat(problem.get("type").textValue()).endsWith("too-many-requests");
            assertThat(problem.get("retryAfter").intValue()).isBetween(1, 600);
            assertThat(rest.problem("POST", "/chat", "{" + RestCalls.guest("ben") + ",\"text\":\"three\"}")).isEqualTo("too-many-requests");
            for (String text : new String[] {"four", "five"}) {
                assertThat(rest.send("POST", "/chat", "{" + RestCalls.guest("olga") + ",\"text\":\"" + text + "\"}").statusCode())
                    .isEqualTo(201);
            }
            moderate("slow-mode", "{\"seconds\":0}");
            ben.next("permissions");
            ben.send("{\"type\":\"chat\",\"text\":\"oh F1ddlesticks!\"}");
            assertThat(ben.next("chat").get("text").textValue()).isEqualTo("oh " + "•".repeat(12) + "!");
            String said = "{" + RestCalls.guest("ben") + ",\"text\":\"Fíddlesticks, balderdashes\"}";
            RestCalls.answer(rest.send("POST", "/chat", said), 201);
            assertThat(ben.next("chat").get("text").textValue()).isEqualTo("•".repeat(12) + ", balderdashes");
            assertThat(rest.problem("POST", "/chat", said.replace("\"name\":\"ben\"", "\"name\":\"Mr Balderdash\""))).isEqualTo("unsuitable-words");
            String named = "{\"name\":\"F1ddlesticks\",\"kind\":\"scene\"}";
            assertThat(new RestCalls(HOST, "").problem("POST", "", named)).isEqualTo("unsuitable-words");
            try (var rude = server.open(session)) {
                rude.sendHello("Fiddlesticks", "");
                assertThat(rude.problem()).isEqualTo("unsuitable-words");
            }
        }
    }

    @Test
    @DisplayName("[PRM-7] in a frozen session nobody below ADMIN edits or locks")
    void given_a_frozen_session_then_only_those_who_moderate_edit() throws Exception {
        rest.commit("olga", CREATE_A);
        try (var ben = server.join(session, "ben")) {
            moderate("freeze", "");
            JsonNode told = ben.next("permissions");
            assertThat(told.get("frozen").booleanValue()).isTrue();
            assertThat(told.get("permissions").toString()).isEqualTo("[\"CHAT\"]");
            ben.submit(0, 1, CREATE_A.replace("\"a\"", "\"b\""));
            assertThat(ben.next("refused").at("/problem/detail").textValue()).contains("frozen");
            ben.send("{\"type\":\"lock\",\"element\":\"a\"}");
            assertThat(ben.problem()).isEqualTo("forbidden");
            rest.commit("olga", CREATE_A.replace("\"a\"", "\"c\""));
            moderate("unfreeze", "{}");
            ben.next("permissions");
            ben.submit(1, 2, CREATE_A.replace("\"a\"", "\"b\""));
            ben.next("accepted");
        }
    }

    @Test
    @DisplayName("[ACS-7] what a user made is deleted in changes that can be undone, what others made stays")
    void given_content_of_two_when_one_users_is_removed_then_the_others_stays() throws Exception {
        rest.commit("olga", CREATE_A);
        rest.commit("ben", CREATE_A.replace("\"a\"", "\"b1\""));
        rest.commit("ben", CREATE_A.replace("\"a\"", "\"b2\""));
        rest.commit("ben", "{\"op\":\"delete\",\"id\":\"b2\"}");
        String ben = rest.read("/changes").at("/changes/1/userId").textValue();
        RestCalls.answer(rest.send("POST", "/branches", "{" + RestCalls.guest("olga") + ",\"name\":\"attic\"}"), 201);
        JsonNode removed = rest.post("/moderation/remove-content", "{\"userId\":\"" + ben + "\"}", GUEST, as("olga"));
        assertThat(removed.get("elements").intValue()).isEqualTo(2);        // on each branch
        assertThat(rest.read("/document?branch=attic").at("/document/elements")).extracting(each -> each.path("deleted").booleanValue())
            .containsExactlyInAnyOrder(false, true, true);
        assertThat(deleted()).containsExactlyInAnyOrder("b1", "b2");
        String change = removed.at("/changeIds/0").textValue();
        rest.post("/changes/" + change + "/undo", "{" + RestCalls.guest("olga") + "}");
        assertThat(deleted()).containsExactly("b2");
    }

    private ArrayList<String> deleted() throws Exception {
        var deleted = new ArrayList<String>();
        rest.read("/document").at("/document/elements").forEach(element -> {
            if (element.path("deleted").booleanValue()) {
                deleted.add(element.get("id").textValue());
            }
        });
        return deleted;
    }

    @Test
    @DisplayName("[ACS-8][ACS-9] reports and the audit log are for those who moderate")
    void given_reports_and_acts_then_moderators_read_them() throws Exception {
        JsonNode report = RestCalls.answer(rest.send("POST", "/reports", "{" + RestCalls.guest("ben")
            + ",\"element\":\"a\",\"reason\":\"rude\"}"), 201);
        moderate("freeze", "{}");
        assertThat(rest.read("/reports", GUEST, as("olga")).at("/reports/0")).isEqualTo(report);
        assertThat(rest.problem("GET", "/reports", null, GUEST, as("ben"))).isEqualTo("forbidden");
        assertThat(rest.problem("GET", "/audit", null)).isEqualTo("forbidden");
        JsonNode log = rest.read("/audit?limit=1", GUEST, as("olga"));
        assertThat(log.at("/entries/0/action").textValue()).isEqualTo("moderation.freeze");
        JsonNode earlier = rest.read("/audit?cursor=" + log.get("nextCursor").textValue(), GUEST, as("olga"));
        assertThat(earlier.at("/entries/0/action").textValue()).isEqualTo("session.created");
        assertThat(earlier.has("nextCursor")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"kick | {} | invalid-request", "ban | {} | invalid-request",
        "ban | {\"userId\":\"\"} | invalid-request",
        "ban | {\"userId\":\"g-x\",\"seconds\":0} | invalid-request", "ban | {\"userId\":7} | invalid-request",
            "mute | {} | invalid-request",
        "unban | {\"userId\":\"g-x\"} | not-found", "unmute | {} | invalid-request", "slow-mode | {\"seconds\":-1} | invalid-request",
        "slow-mode | {\"seconds\":3601} | invalid-request", "freeze | [] | invalid-request", "remove-content | {} | invalid-request",
        "nonsense | {} | not-found"})
    @DisplayName("[ACS-6] what is not well formed is refused with its reason")
    void given_bad_requests_then_the_problem_says_what_is_wrong(String what, String body, String slug) throws Exception {
        assertThat(rest.problem("POST", "/moderation/" + what, body, GUEST, as("olga"))).isEqualTo(slug);
    }

    @ParameterizedTest
    @CsvSource({"kick", "ban", "unban", "mute", "unmute", "freeze", "unfreeze", "slow-mode", "remove-content"})
    @DisplayName("[ACS-6] nobody moderates who may not, and nobody those who do not stand below")
    void given_a_collaborator_or_an_admin_then_the_owner_is_out_of_reach(String what) throws Exception {
        String body = what.equals("slow-mode") ? "{\"seconds\":1}" : what.endsWith("freeze") ? "{}" : "{\"userId\":\"g-x\"}";
        assertThat(rest.problem("POST", "/moderation/" + what, body, GUEST, as("ben"))).isEqualTo("forbidden");
        assertThat(rest.problem("POST", "/moderation/" + what, body)).isEqualTo("forbidden");
        if (!body.contains("userId") || what.startsWith("un")) {
            return;
        }
        try (var ben = server.join(session, "ben"); var olga = server.join(session, "olga")) {
            String admin = ben.welcome().at("/self/userId").textValue();
            RestCalls.answer(rest.send("PUT", "/members/" + admin, "{\"role\":\"ADMIN\"}", GUEST, as("olga")), 200);
            assertThat(rest.problem("POST", "/moderation/" + what, about(olga, ""), GUEST, as("ben"))).isEqualTo("forbidden");
        }
    }
}
