package org.chorale.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chorale.realtime.ApiCalls.newLogin;
import static org.chorale.realtime.ApiCalls.token;
import static org.chorale.realtime.ApiCalls.userId;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
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

/** How people look to others and whom they know, on a real server. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class ProfilesIT {
    private static final String HOST = "localhost:19080";
    private static final byte[] PNG = HexFormat.of().parseHex("89504e470d0a1a0a0000000d49484452" + "00".repeat(64));
    private static final String LOOK = "{\"shape\":\"gem\",\"visor\":\"ocean\",\"accent\":\"amber\",\"accessories\":[\"crown\",\"glasses\"]}";

    private ApiCalls calls;
    private TestServer server;
    private String session;

    @Deployment(testable = false)
    static EnterpriseArchive deployment() {
        return Deployments.application(ProfilesIT.class);
    }

    @BeforeEach
    void startSession() throws Exception {
        calls = new ApiCalls(HOST);
        server = new TestServer(HOST);
        session = server.startSession(20).get("sessionId").textValue();
    }

    private TestClient join(JsonNode user) {
        TestClient client = server.open(session);
        client.send("{\"type\":\"hello\",\"clientId\":\"c-" + System.nanoTime() + "\",\"token\":\"" + token(user) + "\"}");
        client.welcome();
        return client;
    }

    private JsonNode read(JsonNode user, String path) throws Exception {
        return calls.answer(200, calls.api(token(user), "GET", path, null));
    }

    private static List<String> ids(JsonNode people) {
        return StreamSupport.stream(people.spliterator(), false).map(each -> each.get("userId").textValue()).toList();
    }

    // ---- looks and pictures

    private HttpResponse<String> putPicture(JsonNode user, String type, byte[] content) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(URI.create("http://" + HOST + "/api/v1/users/me/picture")).timeout(TestServer.PATIENCE)
                .header("Authorization", "Bearer " + token(user)).header("Content-Type", type).PUT(BodyPublishers.ofByteArray(content))
                .build(), BodyHandlers.ofString());
        }
    }

    private HttpResponse<byte[]> getPicture(String path, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://" + HOST + path)).timeout(TestServer.PATIENCE);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        }
    }

    @Test
    @DisplayName("[ACC-15][ACC-16][PRE-1] others see a look and a picture when somebody comes, and the next ones at once")
    void given_people_in_a_session_when_one_looks_otherwise_then_the_others_see_it() throws Exception {
        JsonNode ada = calls.register(newLogin());
        JsonNode ben = calls.register(newLogin());
        assertThat(read(ada, "/users/me").has("look")).isFalse();
        JsonNode changed = calls.answer(200, calls.api(token(ada), "PATCH", "/users/me", "{\"look\":" + LOOK + "}"));
        assertThat(changed.get("look")).isEqualTo(TestServer.JSON.readTree(LOOK)).isEqualTo(read(ada, "/users/me").get("look"));
        try (var first = join(ben); var second = join(ada)) {
            assertThat(first.welcome().get("self").has("look")).isFalse();
            JsonNode joined = first.nextPresence("joined");
            assertThat(joined.get("look")).isEqualTo(changed.get("look"));
            assertThat(joined.has("picture")).isFalse();
            String path = calls.answer(200, putPicture(ada, "image/png", PNG)).get("picture").textValue();
            assertThat(first.nextPresence("updated").get("picture").textValue()).isEqualTo(path);
            calls.answer(200, calls.api(token(ada), "PATCH", "/users/me", "{\"look\":" + LOOK.replace("gem", "cube") + "}"));
            assertThat(first.nextPresence("updated").at("/look/shape").textValue()).isEqualTo("cube");
            JsonNode listed = calls.answer(200, calls.send("GET", "/api/v1/sessions/" + session + "/participants", null)).get("participants");
            assertThat(listed.at("/1/picture").textValue()).isEqualTo(path);
            assertThat(listed.at("/0").has("look")).isFalse();
            second.requireAlive();
        }
    }

    @Test
    @DisplayName("[ACC-16] a picture is read by everybody who knows the user, asked for each time, and gone when it is taken away")
    void given_a_picture_then_it_is_served_as_what_it_is_and_nothing_else() throws Exception {
        JsonNode ada = calls.register(newLogin());
        String first = calls.answer(200, putPicture(ada, "image/png", PNG)).get("picture").textValue();
        var read = getPicture(first);
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.body()).isEqualTo(PNG);
        assertThat(read.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(read.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(read.headers().firstValue("Content-Security-Policy").orElse("")).contains("sandbox");
        String tag = read.headers().firstValue("ETag").orElseThrow();
        assertThat(getPicture(first, "If-None-Match", tag).statusCode()).isEqualTo(304);
        String second = calls.answer(200, putPicture(ada, "image/png", Arrays.copyOf(PNG, PNG.length + 1))).get("picture").textValue();
        assertThat(second).isNotEqualTo(first);
        assertThat(getPicture(first, "If-None-Match", tag).statusCode()).isEqualTo(200);
        assertThat(calls.problem(putPicture(ada, "image/svg+xml", PNG))).isEqualTo("unsupported-media-type");
        assertThat(calls.problem(putPicture(ada, "image/jpeg", PNG))).isEqualTo("invalid-content");
        assertThat(calls.problem(putPicture(ada, "image/png", Arrays.copyOf(PNG, 131_073)))).isEqualTo("payload-too-large");
        calls.answer(204, calls.api(token(ada), "DELETE", "/users/me/picture", null));
        calls.answer(204, calls.api(token(ada), "DELETE", "/users/me/picture", null));
        assertThat(getPicture(second).statusCode()).isEqualTo(404);
        assertThat(read(ada, "/users/me").has("picture")).isFalse();
        assertThat(calls.answer(200, putPicture(ada, "image/png", PNG)).get("picture").textValue()).isNotIn(first, second);
        assertThat(calls.problem(calls.send("PUT", "/api/v1/users/me/picture", "{}"))).isEqualTo("unauthenticated");
    }

    @Test
    @DisplayName("[ACC-9][ACC-15] looks and known preferences are of closed sets; an application's own preferences are its own")
    void given_a_look_or_preference_that_nobody_knows_then_it_is_refused() throws Exception {
        JsonNode ada = calls.register(newLogin());
        String known = "{\"preferences\":{\"theme\":\"system\",\"units\":\"imperial\",\"notifications\":{\"sound\":false},"
            + "\"accessibility\":{\"reducedMotion\":true},\"mine\":{\"theme\":\"pink\"}}}";
        JsonNode before = calls.answer(200, calls.api(token(ada), "PATCH", "/users/me", known));
        assertThat(before.at("/preferences/mine/theme").textValue()).isEqualTo("pink");
        for (String bad : new String[] {
            "{\"look\":" + LOOK.replace("gem", "ball") + "}", "{\"look\":" + LOOK.replace("ocean", "#ff0000") + "}",
            "{\"look\":" + LOOK.replace("glasses", "cap") + "}", "{\"look\":" + LOOK.replace("\"glasses\"", "7") + "}",
            "{\"look\":" + LOOK.replace("\"gem\"", "null") + "}", "{\"look\":[]}", "{\"look\":{\"shape\":\"gem\"}}",
            "{\"preferences\":{\"theme\":\"pink\"}}", "{\"preferences\":{\"units\":null}}", "{\"preferences\":{\"notifications\":true}}",
            "{\"preferences\":{\"notifications\":{\"sound\":1}}}", "{\"preferences\":{\"accessibility\":{\"flying\":true}}}"}) {
            assertThat(calls.problem(calls.api(token(ada), "PATCH", "/users/me", bad))).as(bad).isEqualTo("invalid-request");
        }
        assertThat(read(ada, "/users/me")).isEqualTo(before);
    }

    // ---- whom one knows

    @Test
    @DisplayName("[ACC-17] contacts are added by login or id, are one's own, and end with either account")
    void given_contacts_then_they_are_a_list_of_ones_own() throws Exception {
        String login = newLogin();
        JsonNode ada = calls.register(newLogin());
        JsonNode ben = calls.register(login);
        JsonNode eve = calls.register(newLogin());
        String contacts = "/users/me/contacts";
        JsonNode added = calls.answer(201, calls.api(token(ada), "POST", contacts, "{\"login\":\" " + login.toUpperCase(Locale.ROOT) + "\"}"));
        assertThat(added.get("userId").textValue()).isEqualTo(userId(ben));
        assertThat(added.get("name")).isEqualTo(ben.at("/user/name"));
        assertThat(added.has("login")).isFalse();
        JsonNode again = calls.answer(201, calls.api(token(ada), "POST", contacts, "{\"userId\":\"" + userId(ben) + "\"}"));
        assertThat(again.get("since")).isEqualTo(added.get("since"));
        calls.answer(201, calls.api(token(ada), "POST", contacts, "{\"userId\":\"" + userId(eve) + "\"}"));
        assertThat(ids(read(ada, contacts).get("contacts"))).containsExactlyInAnyOrder(userId(ben), userId(eve));
        assertThat(read(ben, contacts).get("contacts")).isEmpty();
        for (String bad : new String[] {"{}", "{\"login\":\"" + login + "\",\"userId\":\"u-1\"}", "{\"userId\":\"" + userId(ada) + "\"}"}) {
            assertThat(calls.problem(calls.api(token(ada), "POST", contacts, bad))).as(bad).isEqualTo("invalid-request");
        }
        assertThat(calls.problem(calls.api(token(ada), "POST", contacts, "{\"login\":\"" + newLogin() + "\"}"))).isEqualTo("user-not-found");
        calls.answer(204, calls.api(token(ada), "DELETE", contacts + "/" + userId(ben), null));
        assertThat(calls.problem(calls.api(token(ada), "DELETE", contacts + "/" + userId(ben), null))).isEqualTo("not-found");
        calls.answer(204, calls.api(token(eve), "DELETE", "/users/me", null));
        assertThat(read(ada, contacts).get("contacts")).isEmpty();
        assertThat(calls.problem(calls.send("GET", "/api/v1" + contacts, null))).isEqualTo("unauthenticated");
    }

    @Test
    @DisplayName("[ACC-18][ACC-10] who was in a session with somebody finds them again, takes it along, and is forgotten with the account")
    void given_two_who_met_then_both_remember_until_one_is_erased() throws Exception {
        JsonNode ada = calls.register(newLogin());
        JsonNode ben = calls.register(newLogin());
        try (var first = join(ada); var guest = server.join(session, "guest"); var second = join(ben)) {
            server.until("both remember", () -> read(ada, "/users/me/recent-people").get("people").size() == 1);
            JsonNode met = read(ben, "/users/me/recent-people").at("/people/0");
            assertThat(met.get("userId").textValue()).isEqualTo(userId(ada));
            assertThat(met.get("sessionId").textValue()).isEqualTo(session);
            first.requireAlive();
            second.requireAlive();
            guest.requireAlive();
        }
        calls.answer(200, putPicture(ada, "image/png", PNG));
        calls.answer(201, calls.api(token(ada), "POST", "/users/me/contacts", "{\"userId\":\"" + userId(ben) + "\"}"));
        JsonNode export = read(ada, "/users/me/export");
        assertThat(ids(export.get("contacts"))).containsExactly(userId(ben));
        assertThat(ids(export.get("recentPeople"))).containsExactly(userId(ben));
        assertThat(export.get("pictureData").textValue()).startsWith("data:image/png;base64,iVBOR");
        String picture = export.at("/user/picture").textValue();
        calls.answer(204, calls.api(token(ada), "DELETE", "/users/me", null));
        assertThat(read(ben, "/users/me/recent-people").get("people")).isEmpty();
        assertThat(getPicture(picture).statusCode()).isEqualTo(404);
    }
}
