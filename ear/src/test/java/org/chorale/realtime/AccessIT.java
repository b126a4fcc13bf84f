package org.chorale.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
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

/** Who gets into a session, what they may do there, and what happens when that changes. Passwords of this server cost little. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class AccessIT {
    private static final String HOST = "localhost:19080";
    private static final String OWNER = "Chorale-Owner-Key";
    private static final String GUEST = "Chorale-Guest";
    private static final String CREATE_A = "{\"op\":\"create\",\"id\":\"a\",\"elementType\":\"box\",\"parent\":null,\"props\":{\"n\":1}}";
    private static final String SET_A = "{\"op\":\"set\",\"id\":\"a\",\"path\":[\"n\"],\"value\":2}";

    private TestServer server;
    private String session;
    private String ownerKey;
    private RestCalls rest;

    @Deployment(testable = false)
    static EnterpriseArchive deployment() {
        return Deployments.application(AccessIT.class);
    }

    @BeforeEach
    void startSession() throws Exception {
        server = new TestServer(HOST);
        start("");
    }

    /** A session of olga's. */
    private void start(String more) throws Exception {
        String body = "{\"name\":\"test\",\"kind\":\"scene\"," + RestCalls.guest("olga") + more + "}";
        JsonNode started = RestCalls.answer(new RestCalls(HOST, "").send("POST", "", body), 201);
        session = started.get("sessionId").textValue();
        ownerKey = started.get("ownerKey").textValue();
        rest = new RestCalls(HOST, session);
    }

    /** Somebody as the header names them. */
    private static String as(String name) {
        return RestCalls.guest(name).substring("\"guest\":".length());
    }

    private String userId(String name) throws Exception {
        try (var client = server.join(session, name)) {
            return client.welcome().at("/self/userId").textValue();
        }
    }

    private void become(String userId, String role, String by) throws Exception {
        RestCalls.answer(rest.send("PUT", "/members/" + userId, "{\"role\":\"" + role + "\"}", GUEST, as(by)), 200);
    }

    private void grants(String grants) throws Exception {
        RestCalls.answer(rest.send("PUT", "/grants", "{\"grants\":[" + grants + "]}", GUEST, as("olga")), 200);
    }

    private TestClient knock(String name, String more) {
        TestClient client = server.open(session);
        client.sendHello(name, more);
        return client;
    }

    // ---- roles

    @Test
    @DisplayName("[ACS-1][HEL-4] who starts a session with a secret is its OWNER, who comes by the link a COLLABORATOR")
    void given_a_session_when_people_come_then_each_has_a_role_and_its_permissions() throws Exception {
        try (var olga = server.join(session, "olga"); var ben = server.join(session, "ben")) {
            assertThat(olga.welcome().at("/self/role").textValue()).isEqualTo("OWNER");
            assertThat(olga.welcome().at("/self/permissions")).hasSize(14);
            assertThat(ben.welcome().at("/self/role").textValue()).isEqualTo("COLLABORATOR");
            assertThat(ben.welcome().at("/self/permissions").toString())
                .isEqualTo("[\"CREATE\",\"EDIT\",\"MOVE_OUT\",\"MOVE_IN\",\"DELETE\",\"CONSTRAIN\",\"RESOLVE\",\"LOCK\",\"CHAT\"]");
        }
    }

    @Test
    @DisplayName("[PRM-2] a viewer edits neither by submit, undo, REST nor resolution, and does not lock; they may chat")
    void given_a_viewer_then_no_way_leads_to_an_edit() throws Exception {
        rest.commit("olga", CREATE_A);
        try (var ben = server.join(session, "ben")) {
            ben.submit(0, 1, SET_A);
            ben.next("accepted");
            become(ben.welcome().at("/self/userId").textValue(), "VIEWER", "olga");
            ben.next("permissions");
            ben.submit(1, 2, SET_A.replace("2}", "3}"));
            JsonNode problem = ben.next("refused").get("problem");
            assertThat(problem.get("type").textValue()).endsWith("forbidden");
            assertThat(problem.get("detail").textValue()).contains("EDIT", "\"a\"", "\"n\"").doesNotContain("3");
            ben.send("{\"type\":\"undo\",\"changeId\":\"ben:0\",\"undoId\":\"ben:2\"}");
            assertThat(ben.next("refused").at("/problem/type").textValue()).endsWith("forbidden");
            ben.send("{\"type\":\"lock\",\"element\":\"a\"}");
            assertThat(ben.problem()).isEqualTo("forbidden");
            ben.send("{\"type\":\"chat\",\"text\":\"only looking\"}");
            assertThat(ben.next("chat").get("text").textValue()).isEqualTo("only looking");
            assertThat(rest.problem("POST", "/changes", "{" + RestCalls.guest("ben") + ",\"changes\":[{\"operations\":[" + SET_A + "]}]}"))
                .isEqualTo("forbidden");
            assertThat(rest.problem("POST", "/changes/ben:0/undo", "{" + RestCalls.guest("ben") + "}")).isEqualTo("forbidden");
            assertThat(rest.problem("POST", "/locks", "{" + RestCalls.guest("ben") + ",\"element\":\"a\"}")).isEqualTo("forbidden");
            assertThat(rest.read("/document").get("revision").longValue()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("[PRM-2] a viewer does not resolve over REST")
    void given_an_open_conflict_when_a_viewer_decides_it_over_rest_then_it_is_refused() throws Exception {
        start(",\"conflictPolicy\":{\"box.n\":{\"strategy\":\"MANUAL\"}}");
        rest.commit("olga", CREATE_A);
        rest.commit("olga", SET_A);
        String unseen = "{" + RestCalls.guest("ben") + ",\"changes\":[{\"baseRevision\":1,\"operations\":[" + SET_A.replace("2}", "9}")
            + "]}]}";
        String conflict = rest.post("/changes", unseen).at("/results/0/notes/0/conflict").textValue();
        become(userId("ben"), "VIEWER", "olga");
        String mine = "{" + RestCalls.guest("ben") + ",\"choice\":\"MINE\"}";
        assertThat(rest.problem("POST", "/conflicts/" + conflict + "/resolution", mine)).isEqualTo("forbidden");
        assertThat(rest.read("/conflicts/" + conflict).get("status").textValue()).isEqualTo("OPEN");
    }

    @Test
    @DisplayName("[PRM-7] a new role counts within a second on an open socket, its lock is free, and the others see it")
    void given_an_open_socket_when_its_role_changes_then_it_counts_at_once() throws Exception {
        rest.commit("olga", CREATE_A);
        try (var olga = server.join(session, "olga"); var ben = server.join(session, "ben")) {
            ben.send("{\"type\":\"lock\",\"element\":\"a\"}");
            olga.next(frame -> frame.path("locked").size() == 1);
            String user = ben.welcome().at("/self/userId").textValue();
            become(user, "VIEWER", "olga");
            JsonNode told = ben.next("permissions");
            assertThat(told.get("role").textValue()).isEqualTo("VIEWER");
            assertThat(told.get("permissions").toString()).isEqualTo("[\"CHAT\"]");
            assertThat(olga.nextPresence("updated").get("role").textValue()).isEqualTo("VIEWER");
            assertThat(olga.next("locks").get("unlocked").get(0).textValue()).isEqualTo("a");
            Duration usually = UsualTime.of(() -> {
                become(user, "VIEWER", "olga");
                Instant before = Instant.now();
                become(user, "COLLABORATOR", "olga");
                ben.next(frame -> frame.path("role").asText().equals("COLLABORATOR"));
                return Duration.between(before, Instant.now());
            });
            assertThat(usually).isLessThan(Duration.ofSeconds(1));
            ben.submit(0, 1, SET_A);
            assertThat(ben.next("accepted").get("revision").longValue()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("[PRM-4] a grant opens and closes parts of the document for those on open sockets")
    void given_grants_then_parts_of_the_document_are_closed_and_opened() throws Exception {
        rest.commit("olga", CREATE_A);
        rest.commit("olga", CREATE_A.replace("\"a\"", "\"b\""));
        try (var ben = server.join(session, "ben")) {
            grants("{\"role\":\"COLLABORATOR\",\"element\":\"a\",\"allow\":false}");
            assertThat(ben.next("permissions").at("/grants/0/element").textValue()).isEqualTo("a");
            ben.submit(0, 2, SET_A);
            assertThat(ben.next("refused").at("/problem/type").textValue()).endsWith("forbidden");
            ben.submit(1, 2, SET_A.replace("\"a\"", "\"b\""));
            ben.next("accepted");
            grants("{\"role\":\"COLLABORATOR\",\"element\":\"a\",\"allow\":false},{\"user\":\"" + ben.welcome().at("/self/userId")
                .textValue()
                + "\",\"element\":\"a\",\"property\":\"box.n\",\"actions\":[\"EDIT\"],\"allow\":true}");
            ben.next("permissions");
            ben.submit(2, 3, SET_A);
            ben.next("accepted");
            ben.submit(3, 4, "{\"op\":\"delete\",\"id\":\"a\"}");
            assertThat(ben.next("refused").at("/problem/detail").textValue()).startsWith("DELETE of element \"a\"");
        }
    }

    // ---- everything, by everybody

    @Test
    @DisplayName("[ACS-2][PRM-2][ACC-4][ACC-8] each operation that there is answers nobody but those whom docs/permissions.md names")
    void given_every_operation_when_everybody_calls_it_then_it_is_as_the_page_says() throws Exception {
        assertThat(new EveryCall(HOST).surprises()).isEmpty();
    }

    // ---- members

    @Test
    @DisplayName("[ACS-3] an ADMIN does not touch the OWNER, the last OWNER stays, and hands over")
    void given_members_then_rank_decides_who_changes_whom() throws Exception {
        String olga = userId("olga");
        String ben = userId("ben");
        become(ben, "ADMIN", "olga");
        assertThat(rest.problem("PUT", "/members/" + olga, "{\"role\":\"VIEWER\"}", GUEST, as("ben"))).isEqualTo("forbidden");
        assertThat(rest.problem("DELETE", "/members/" + olga, null, GUEST, as("ben"))).isEqualTo("forbidden");
        assertThat(rest.problem("PUT", "/members/" + ben, "{\"role\":\"OWNER\"}", GUEST, as("ben"))).isEqualTo("forbidden");
        assertThat(rest.problem("PUT", "/members/g-new", "{\"role\":\"ADMIN\"}", GUEST, as("ben"))).isEqualTo("forbidden");
        become(userId("eve"), "VIEWER", "ben");
        assertThat(rest.problem("PUT", "/members/g-new", "{\"role\":\"VIEWER\"}", GUEST, as("eve"))).isEqualTo("forbidden");
        assertThat(rest.problem("DELETE", "/members/" + olga, null, GUEST, as("olga"))).isEqualTo("last-owner");
        assertThat(rest.problem("PUT", "/members/" + olga, "{\"role\":\"ADMIN\"}", OWNER, ownerKey)).isEqualTo("last-owner");
        RestCalls.answer(rest.send("PUT", "/members/" + ben, "{\"role\":\"OWNER\",\"transfer\":true}", GUEST, as("olga")), 200);
        JsonNode members = rest.read("/members", GUEST, as("eve")).get("members");
        assertThat(members).extracting(member -> member.get("name").textValue() + " " + member.get("role").textValue())
            .contains("olga ADMIN").anyMatch(member -> member.endsWith(" OWNER"));
        assertThat(rest.read("/members/" + ben, GUEST, as("eve")).get("role").textValue()).isEqualTo("OWNER");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "PUT | /members/g-x | {} | invalid-request", "PUT | /members/g-x | {\"role\":\"KING\"} | invalid-request",
        "PUT | /members/g-x | {\"role\":\"VIEWER\",\"more\":1} | invalid-request",
            "PUT | /members/owner-key | {\"role\":\"VIEWER\"} | invalid-request",
        "PUT | /members/g-x | {\"role\":\"VIEWER\",\"transfer\":true} | invalid-request", "DELETE | /members/g-nobody | | not-found",
        "GET | /members/g-nobody | | not-found", "PUT | /grants | {\"grants\":7} | invalid-request",
            "PUT | /grants | {\"grants\":[{}]} | invalid-request",
        "PUT | /grants | {\"grants\":[{\"role\":\"OWNER\",\"allow\":false}]} | invalid-request",
        "PUT | /grants | {\"grants\":[{\"role\":\"VIEWER\",\"user\":\"u\",\"allow\":true}]} | invalid-request",
        "PUT | /grants | {\"grants\":[{\"role\":\"VIEWER\",\"property\":\"color\",\"allow\":true}]} | invalid-request",
        "PUT | /grants | {\"grants\":[{\"role\":\"VIEWER\",\"actions\":[\"CHAT\"],\"allow\":true}]} | invalid-request",
        "PUT | /grants | {\"grants\":[{\"role\":\"VIEWER\",\"actions\":[7],\"allow\":true}]} | invalid-request",
        "PUT | /grants | {\"grants\":[{\"role\":\"VIEWER\",\"element\":\"a b\",\"allow\":true}]} | invalid-operation",
        "POST | /invitations | {\"role\":\"OWNER\"} | invalid-request", "POST | /invitations | {\"uses\":0} | invalid-request",
        "POST | /invitations | {\"expiresInSeconds\":0} | invalid-request",
            "POST | /invitations | {\"expiresInSeconds\":99999999999} | invalid-request",
        "DELETE | /invitations/none | | not-found", "PATCH | '' | {\"password\":\"abc\"} | invalid-request",
        "PATCH | '' | {\"password\":7} | invalid-request", "PATCH | '' | {\"defaultRole\":\"OWNER\"} | invalid-request",
        "PATCH | '' | {\"permissions\":{\"VIEWER\":[\"MODERATE\"]}} | invalid-request",
            "PATCH | '' | {\"permissions\":{\"OWNER\":[]}} | invalid-request",
    })
    @DisplayName("[ACS-3][ACS-4][ACS-5] what is not well formed is refused with its reason")
    void given_bad_requests_then_the_problem_says_what_is_wrong(String method, String path, String body, String slug) throws Exception {
        assertThat(rest.problem(method, path, body, GUEST, as("olga"))).isEqualTo(slug);
    }

    @Test
    @DisplayName("[PRM-1] a session's own permissions count; an ADMIN's are the OWNER's to change")
    void given_permissions_of_the_session_then_they_take_the_place_of_the_defaults() throws Exception {
        become(userId("ben"), "ADMIN", "olga");
        try (var eve = server.join(session, "eve")) {
            RestCalls.answer(rest.send("PATCH", "", "{\"permissions\":{\"COLLABORATOR\":[\"CHAT\",\"EDIT\"]}}", GUEST, as("ben")), 200);
            assertThat(eve.next("permissions").get("permissions").toString()).isEqualTo("[\"EDIT\",\"CHAT\"]");
            eve.submit(0, 0, CREATE_A);
            assertThat(eve.next("refused").at("/problem/detail").textValue()).startsWith("CREATE of element");
        }
        assertThat(rest.problem("PATCH", "", "{\"permissions\":{\"ADMIN\":[\"CHAT\",\"CLOSE\"]}}", GUEST, as("ben")))
            .isEqualTo("forbidden");
        assertThat(rest.problem("DELETE", "", null, GUEST, as("ben"))).isEqualTo("forbidden");
        assertThat(rest.problem("PATCH", "", "{}", GUEST, as("eve"))).isEqualTo("forbidden");
        assertThat(rest.send("DELETE", "", null, GUEST, as("olga")).statusCode()).isEqualTo(204);
    }

    // ---- getting in

    @Test
    @DisplayName("[PRM-5][ACS-2] a private session is its members' alone, on sockets and over REST")
    void given_a_private_session_then_nobody_else_gets_in_or_reads() throws Exception {
        start(",\"visibility\":\"private\"");
        rest.commit("olga", CREATE_A);
        try (var eve = knock("eve", "")) {
            assertThat(eve.problem()).isEqualTo("forbidden");
            assertThat(eve.closeCode()).isEqualTo(1008);
        }
        for (String path : new String[] {"", "/document", "/changes", "/conflicts", "/locks", "/chat", "/participants", "/cursors",
            "/assets", "/members"}) {
            assertThat(rest.problem("GET", path, null)).as(path).isIn("unauthenticated", "forbidden");
            assertThat(rest.problem("GET", path, null, GUEST, as("eve"))).as(path).isEqualTo("forbidden");
            assertThat(rest.send("GET", path, null, GUEST, as("olga")).statusCode()).as(path).isEqualTo(200);
            assertThat(rest.send("GET", path, null, OWNER, ownerKey).statusCode()).as(path).isEqualTo(200);
        }
        assertThat(rest.problem("POST", "/changes", "{" + RestCalls.guest("eve") + ",\"changes\":[{\"operations\":[" + SET_A + "]}]}"))
            .isEqualTo("forbidden");
        assertThat(rest.problem("POST", "/chat", "{" + RestCalls.guest("eve") + ",\"text\":\"hello\"}")).isEqualTo("forbidden");
        assertThat(rest.problem("POST", "/locks", "{" + RestCalls.guest("eve") + ",\"element\":\"a\"}")).isEqualTo("forbidden");
        assertThat(rest.problem("POST", "/reports", "{" + RestCalls.guest("eve") + ",\"element\":\"a\",\"reason\":\"x\"}"))
            .isEqualTo("forbidden");
        assertThat(new RestCalls(HOST, "").read("").toString()).doesNotContain(session);
        server.join(session, "olga").close();
    }

    @Test
    @DisplayName("[PRM-7] who is no member of a session that becomes private is sent away")
    void given_somebody_in_a_session_when_it_becomes_private_then_they_are_out() throws Exception {
        try (var eve = server.join(session, "eve"); var olga = server.join(session, "olga")) {
            RestCalls.answer(rest.send("PATCH", "", "{\"visibility\":\"private\"}", GUEST, as("olga")), 200);
            JsonNode bye = eve.next("bye");
            assertThat(bye.get("reason").textValue()).isEqualTo("revoked");
            assertThat(bye.get("reconnect").booleanValue()).isFalse();
            assertThat(eve.closeCode()).isEqualTo(1000);
            assertThat(olga.requireAlive()).isZero();
        }
    }

    @Test
    @DisplayName("[PRM-5] a password makes members of those who know it; wrong ones have to wait")
    void given_a_session_with_a_password_then_it_is_asked_for_once() throws Exception {
        start(",\"password\":\"open sesame\",\"defaultRole\":\"VIEWER\"");
        assertThat(rest.read("").get("password").booleanValue()).isTrue();
        assertThat(rest.problem("GET", "/document", null)).isEqualTo("unauthenticated");
        try (var eve = knock("eve", "")) {
            assertThat(eve.problem()).isEqualTo("password-required");
        }
        try (var ben = knock("ben", ",\"password\":\"open sesame\"")) {
            assertThat(ben.welcome().at("/self/role").textValue()).isEqualTo("VIEWER");
        }
        try (var ben = knock("ben", "")) {
            assertThat(ben.welcome().at("/self/role").textValue()).isEqualTo("VIEWER");
        }
        assertThat(rest.send("GET", "/document", null, GUEST, as("ben")).statusCode()).isEqualTo(200);
        for (int i = 0; i < 3; i++) {
            try (var eve = knock("eve", ",\"password\":\"guess " + i + "\"")) {
                assertThat(eve.problem()).isEqualTo("wrong-password");
                assertThat(eve.closeCode()).isEqualTo(1008);
            }
        }
        try (var eve = knock("eve", ",\"password\":\"open sesame\"")) {
            JsonNode problem = eve.next("error").get("problem");
            assertThat(problem.get("type").textValue()).endsWith("too-many-requests");
            assertThat(problem.get("retryAfter").intValue()).isPositive();
        }
    }

    @Test
    @DisplayName("[PRM-5] nobody becomes a member without a secret")
    void given_a_guest_without_a_secret_when_they_know_the_password_then_they_stay_out() throws Exception {
        start(",\"password\":\"open sesame\"");
        try (TestClient nobody = server.open(session)) {
            nobody.send("{\"type\":\"hello\",\"clientId\":\"x\",\"guest\":{\"name\":\"x\",\"color\":\"#336699\"},\"password\":\"open sesame\"}");
            assertThat(nobody.problem()).isEqualTo("unauthenticated");
        }
    }

    @Test
    @DisplayName("[PRM-6][ACS-5] an invitation is used as often as it says, by a socket or over REST, and not when it is revoked")
    void given_an_invitation_for_two_when_a_third_comes_then_it_is_used_up() throws Exception {
        start(",\"visibility\":\"private\"");
        JsonNode made = RestCalls.answer(rest.send("POST", "/invitations", "{\"role\":\"VIEWER\",\"uses\":2}", GUEST, as("olga")), 201);
        String token = made.get("token").textValue();
        assertThat(made.get("url").textValue()).endsWith("/s/" + session + "#invitation=" + token);
        String invitation = ",\"invitation\":\"" + token + "\"";
        try (var ben = knock("ben", invitation)) {
            assertThat(ben.welcome().at("/self/role").textValue()).isEqualTo("VIEWER");
        }
        knock("ben", invitation).close();                   // a member already: it is not used again
        assertThat(rest.send("POST", "/invitations/accept", "{" + RestCalls.guest("ann") + ",\"token\":\"" + token + "\"}").statusCode())
            .isEqualTo(204);
        assertThat(rest.send("GET", "/document", null, GUEST, as("ann")).statusCode()).isEqualTo(200);
        try (var eve = knock("eve", invitation)) {
            assertThat(eve.problem()).isEqualTo("invitation-invalid");
            assertThat(eve.closeCode()).isEqualTo(1008);
        }
        try (var ben = knock("ben", invitation)) {
            assertThat(ben.welcome().at("/self/role").textValue()).isEqualTo("VIEWER");
        }
        JsonNode listed = rest.read("/invitations", GUEST, as("olga")).get("invitations").get(0);
        assertThat(listed.get("used").intValue()).isEqualTo(2);
        assertThat(listed.has("token")).isFalse();
        assertThat(rest.problem("GET", "/invitations", null, GUEST, as("ben"))).isEqualTo("forbidden");
        JsonNode another = RestCalls.answer(rest.send("POST", "/invitations", "{}", GUEST, as("olga")), 201);
        assertThat(rest.send("DELETE", "/invitations/" + another.get("id").textValue(), null, GUEST, as("olga")).statusCode())
            .isEqualTo(204);
        try (var eve = knock("eve", ",\"invitation\":\"" + another.get("token").textValue() + "\"")) {
            assertThat(eve.problem()).isEqualTo("invitation-invalid");
        }
    }

    @Test
    @DisplayName("[ACS-3][ACS-5] nothing of one session is reached through another")
    void given_two_sessions_when_ids_of_one_are_used_in_the_other_then_they_are_unknown() throws Exception {
        JsonNode made = RestCalls.answer(rest.send("POST", "/invitations", "{\"role\":\"ADMIN\"}", GUEST, as("olga")), 201);
        become(userId("ben"), "ADMIN", "olga");
        String bens = userId("ben");
        RestCalls first = rest;
        String firstKey = ownerKey;
        start("");
        assertThat(rest.problem("DELETE", "/invitations/" + made.get("id").textValue(), null, GUEST, as("olga"))).isEqualTo("not-found");
        assertThat(rest.problem("DELETE", "/members/" + bens, null, GUEST, as("olga"))).isEqualTo("not-found");
        assertThat(rest.problem("PUT", "/members/g-x", "{\"role\":\"VIEWER\"}", GUEST, as("ben"))).isEqualTo("forbidden");
        assertThat(rest.problem("PUT", "/members/g-x", "{\"role\":\"VIEWER\"}", OWNER, firstKey)).isEqualTo("forbidden");
        assertThat(rest.problem("POST", "/invitations/accept", "{" + RestCalls.guest("eve") + ",\"token\":\"" + made.get("token")
            .textValue() + "\"}"))
            .isEqualTo("invitation-invalid");
        assertThat(rest.problem("GET", "/audit", null, GUEST, as("ben"))).isEqualTo("forbidden");
        assertThat(first.read("/members/" + bens, GUEST, as("ben")).get("role").textValue()).isEqualTo("ADMIN");
    }

    @Test
    @DisplayName("[ACS-1] a session that nobody owns is the owner key's")
    void given_a_session_without_a_creator_then_its_key_makes_an_owner() throws Exception {
        JsonNode started = server.startSession(10);
        session = started.get("sessionId").textValue();
        rest = new RestCalls(HOST, session);
        String ben = userId("ben");
        RestCalls.answer(rest.send("PUT", "/members/" + ben, "{\"role\":\"OWNER\"}", OWNER, started.get("ownerKey").textValue()), 200);
        try (var client = server.join(session, "ben")) {
            assertThat(client.welcome().at("/self/role").textValue()).isEqualTo("OWNER");
        }
    }
}
