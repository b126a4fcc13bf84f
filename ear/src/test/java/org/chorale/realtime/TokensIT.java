package org.chorale.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chorale.realtime.ApiCalls.newLogin;
import static org.chorale.realtime.ApiCalls.token;
import static org.chorale.realtime.ApiCalls.userId;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.chorale.platform.Deployments;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tokens, good and hostile, on REST calls and sockets of a real server. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class TokensIT {
    private static final String HOST = "localhost:19080";
    private static final int REFUSED = 1008;

    private ApiCalls calls;
    private TestServer server;
    private String session;

    @Deployment(testable = false)
    static EnterpriseArchive deployment() {
        return Deployments.application(TokensIT.class);
    }

    @BeforeEach
    void startSession() throws Exception {
        calls = new ApiCalls(HOST);
        server = new TestServer(HOST);
        session = server.startSession(20).get("sessionId").textValue();
    }

    private static void sayHello(TestClient client, String token, String more) {
        client.send("{\"type\":\"hello\",\"clientId\":\"c-" + System.nanoTime() + "\",\"token\":\"" + token + "\"" + more + "}");
    }

    private TestClient join(String token) {
        TestClient client = server.open(session);
        sayHello(client, token, "");
        client.welcome();
        return client;
    }

    private String write(String token) throws Exception {
        var answer = calls.api(token, "POST", "/sessions/" + session + "/chat", "{\"text\":\"hi\"}");
        return answer.statusCode() == 201 ? "ok" : calls.problem(answer);
    }

    // ---- sockets

    @Test
    @DisplayName("[ACC-4] hello with a token is its account's user, in the profile's name and colour")
    void given_a_token_when_it_says_hello_then_the_profile_counts() throws Exception {
        JsonNode user = calls.register(newLogin());
        try (var ada = join(token(user)); var other = server.open(session)) {
            JsonNode self = ada.welcome().get("self");
            assertThat(self.get("userId").textValue()).isEqualTo(userId(user));
            assertThat(self.get("name")).isEqualTo(user.at("/user/name"));
            assertThat(self.get("color")).isEqualTo(user.at("/user/color"));
            assertThat(Instant.parse(ada.welcome().get("expiresAt").textValue())).isBetween(Instant.now(), Instant.now().plusSeconds(601));
            sayHello(other, token(user), ",\"color\":\"#abcdef\",\"guest\":{\"name\":\"eve\",\"color\":\"#000000\"}");
            assertThat(other.welcome().at("/self/color").textValue()).isEqualTo("#abcdef");
            assertThat(other.welcome().at("/self/userId").textValue()).isEqualTo(userId(user));
        }
        try (var guest = server.join(session, "guest")) {
            assertThat(guest.welcome().has("expiresAt")).isFalse();
        }
    }

    @Test
    @DisplayName("[PRM-5][PRM-7][ACC-4] an account comes in as the member that it is, and hears when that changes")
    void given_a_session_with_a_password_then_an_account_becomes_its_member() throws Exception {
        JsonNode owner = calls.register(newLogin());
        JsonNode ada = calls.register(newLogin());
        String locked = calls.answer(201, calls.api(token(owner), "POST", "/sessions",
            "{\"name\":\"Locked\",\"kind\":\"scene\",\"password\":\"open sesame\"}")).get("sessionId").textValue();
        try (var without = server.open(locked); var with = server.open(locked); var first = server.open(locked)) {
            sayHello(first, token(owner), "");
            assertThat(first.welcome().at("/self/role").textValue()).isEqualTo("OWNER");
            sayHello(without, token(ada), "");
            assertThat(without.problem()).isEqualTo("password-required");
            sayHello(with, token(ada), ",\"password\":\"open sesame\"");
            assertThat(with.welcome().at("/self/role").textValue()).isEqualTo("COLLABORATOR");
            assertThat(with.welcome().has("expiresAt")).isTrue();
            calls.answer(200, calls.api(token(owner), "PUT", "/sessions/" + locked + "/members/" + userId(ada), "{\"role\":\"VIEWER\"}"));
            assertThat(with.next("permissions").get("role").textValue()).isEqualTo("VIEWER");
        }
    }

    @Test
    @DisplayName("[ACC-5] a fresh token of the same user prolongs a connection; others change nothing")
    void given_a_connection_when_a_fresh_token_comes_then_it_counts() throws Exception {
        String login = newLogin();
        JsonNode user = calls.register(login);
        String stranger = token(calls.register(newLogin()));
        try (var ada = join(token(user)); var guest = server.join(session, "guest")) {
            ada.send("{\"type\":\"authenticate\",\"token\":\"" + token(calls.answer(200, calls.logIn(login, ApiCalls.PASSWORD))) + "\"}");
            assertThat(Instant.parse(ada.next("authenticated").get("expiresAt").textValue())).isAfter(Instant.now());
            ada.send("{\"type\":\"authenticate\",\"token\":\"" + stranger + "\"}");
            JsonNode error = ada.next("error");
            assertThat(error.at("/problem/type").textValue()).endsWith(":forbidden");
            assertThat(error.at("/about/type").textValue()).isEqualTo("authenticate");
            ada.send("{\"type\":\"authenticate\",\"token\":\"nonsense\"}");
            assertThat(ada.problem()).isEqualTo("unauthenticated");
            guest.send("{\"type\":\"authenticate\",\"token\":\"" + stranger + "\"}");
            assertThat(guest.problem()).isEqualTo("forbidden");
            ada.requireAlive();
        }
    }

    @Test
    @DisplayName("[ACC-5] a connection whose token expired is told to come back with another one")
    void given_a_token_that_expires_then_the_connection_ends() throws Exception {
        try (var issuer = new TestIssuer()) {
            untilKnown(issuer);
            try (var ada = join(issuer.token("soon-" + System.nanoTime(), Duration.ofSeconds(3)))) {
                Instant end = Instant.parse(ada.welcome().get("expiresAt").textValue());
                JsonNode bye = ada.next("bye");
                assertThat(bye.get("reason").textValue()).isEqualTo("revoked");
                assertThat(bye.get("reconnect").booleanValue()).isTrue();
                assertThat(Instant.now()).isBetween(end, end.plusSeconds(10));
                assertThat(ada.closeCode()).isEqualTo(1001);
            }
        }
    }

    @Test
    @DisplayName("[ACC-5] hello with an expired token is told so, and may come back")
    void given_an_expired_token_when_it_says_hello_then_it_is_told() throws Exception {
        try (var issuer = new TestIssuer()) {
            untilKnown(issuer);
            var ada = server.open(session);
            String expired = issuer.token("late", Duration.ofSeconds(-5));
            sayHello(ada, expired, "");
            assertThat(ada.problem()).isEqualTo("token-expired");
            assertThat(ada.closeCode()).isEqualTo(1013);
            assertThat(write(expired)).isEqualTo("token-expired");
            ada.close();
        }
    }

    @Test
    @DisplayName("[ACC-6] to log out closes the sockets of that sign-in within a second, and no others")
    void given_sockets_of_two_sign_ins_when_one_logs_out_then_its_socket_closes() throws Exception {
        String login = newLogin();
        JsonNode two = calls.register(login);
        try (var second = join(token(two))) {
            Duration usually = UsualTime.of(() -> {
                String one = token(calls.answer(200, calls.logIn(login, ApiCalls.PASSWORD)));
                try (var first = join(one)) {
                    calls.answer(204, calls.api(one, "POST", "/auth/logout", "{}"));
                    Instant revoked = Instant.now();
                    requireRevoked(first, false);
                    return Duration.between(revoked, Instant.now());
                }
            });
            assertThat(usually).isLessThan(Duration.ofSeconds(1));
            second.requireAlive();
            calls.answer(204, calls.api(token(two), "POST", "/auth/logout", "{\"everywhere\":true}"));
            requireRevoked(second, false);
        }
    }

    @Test
    @DisplayName("[ACC-6] another password, a disabled and an erased account close all sockets of their user")
    void given_a_socket_when_its_account_is_cut_off_then_it_closes() throws Exception {
        String administrator = calls.administrator();
        JsonNode user = calls.register(newLogin());
        try (var ada = join(token(user))) {
            user = calls.answer(200, calls.api(token(user), "POST", "/auth/password",
                "{\"currentPassword\":\"" + ApiCalls.PASSWORD + "\",\"newPassword\":\"quite another sentence\"}"));
            requireRevoked(ada, true);
        }
        try (var ada = join(token(user))) {
            calls.answer(200, calls.api(administrator, "PATCH", "/users/" + userId(user), "{\"disabled\":true}"));
            requireRevoked(ada, false);
        }
        JsonNode other = calls.register(newLogin());
        try (var ben = join(token(other))) {
            calls.answer(204, calls.api(token(other), "DELETE", "/users/me", null));
            requireRevoked(ben, false);
        }
        try (var ben = server.open(session)) {
            sayHello(ben, token(other), "");
            assertThat(ben.problem()).isEqualTo("unauthenticated");
            assertThat(ben.closeCode()).isEqualTo(REFUSED);
        }
    }

    /** Each test has an issuer with other keys, and the server does not look for them at every turn. */
    private void untilKnown(TestIssuer issuer) throws Exception {
        server.until("the key is known", () -> write(issuer.token("somebody", Duration.ofMinutes(5))).equals("ok"));
    }

    private static void requireRevoked(TestClient client, boolean mayReturn) throws Exception {
        JsonNode bye = client.next("bye");
        assertThat(bye.get("reason").textValue()).isEqualTo("revoked");
        assertThat(bye.get("reconnect").booleanValue()).isEqualTo(mayReturn);
        assertThat(client.closeCode()).isEqualTo(mayReturn ? 1001 : REFUSED);
    }

    // ---- hostile tokens

    private Map<String, String> hostile(String good) throws Exception {
        String[] parts = good.split("\\.");
        String header = new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8);
        String payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String kid = TestServer.JSON.readTree(header).get("kid").textValue();
        String keys = calls.send("GET", "/.well-known/jwks.json", null).body();
        var published = (EllipticCurveJsonWebKey) new JsonWebKeySet(keys).findJsonWebKey(kid, null, null, null);
        EllipticCurveJsonWebKey own = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        var hostile = new LinkedHashMap<String, String>();
        hostile.put("no signature", parts[0] + "." + parts[1] + ".");
        hostile.put("alg none", encode("{\"alg\":\"none\",\"typ\":\"at+jwt\"}") + "." + parts[1] + ".");
        hostile.put("alg None", encode("{\"alg\":\"None\",\"typ\":\"at+jwt\",\"kid\":\"" + kid + "\"}") + "." + parts[1] + "." + parts[2]);
        hostile.put("HS256 with the public key", hs256(header, payload, published.getECPublicKey().getEncoded()));
        hostile.put("HS256 with the public key as JWK", hs256(header, payload, keys.getBytes(StandardCharsets.UTF_8)));
        hostile.put("a key of one's own", es256(JwtClaims.parse(payload), own, kid, "at+jwt"));
        hostile.put("an unknown kid", es256(JwtClaims.parse(payload), own, "unknown", "at+jwt"));
        hostile.put("no kid", es256(JwtClaims.parse(payload), own, null, "at+jwt"));
        hostile.put("a key in the header", embedded(JwtClaims.parse(payload), own));
        hostile.put("another subject", parts[0] + "." + encode(payload.replaceFirst("\"sub\":\"[^\"]+\"", "\"sub\":\"u-0000000000\"")) + "." + parts[2]);
        hostile.put("an administrator's groups", parts[0] + "." + encode(payload.replace("[\"user\"]", "[\"user\",\"administrator\"]")) + "." + parts[2]);
        hostile.put("another header", encode(header.replace("at+jwt", "JWT")) + "." + parts[1] + "." + parts[2]);
        hostile.put("a zero signature", parts[0] + "." + parts[1] + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[64]));
        hostile.put("cut off", good.substring(0, good.length() - 3));
        hostile.put("two parts", parts[0] + "." + parts[1]);
        hostile.put("five parts", good + ".." );
        hostile.put("nothing but dots", "..");
        hostile.put("no token", "x");
        hostile.put("no JSON", encode("[1") + "." + encode("]") + ".AA");
        hostile.put("an array", encode("[]") + "." + encode("[]") + ".AA");
        hostile.put("deep", encode("{\"alg\":\"ES256\",\"x\":" + "[".repeat(2_000) + "]".repeat(2_000) + "}") + "." + parts[1] + ".AA");
        hostile.put("long", good + "A".repeat(10_000));
        hostile.put("huge", good + "A".repeat(60_000));
        hostile.put("critical header", encode(header.replace("{", "{\"crit\":[\"exp\"],")) + "." + parts[1] + "." + parts[2]);
        hostile.put("an API key that never was", "chk_" + "A".repeat(32));
        hostile.put("an API key cut off", "chk_");
        hostile.put("SQL", "chk_' or '1'='1");
        return hostile;
    }

    @Test
    @DisplayName("[ACC-11] hostile tokens are refused on REST calls and in hello")
    void given_hostile_tokens_then_nobody_comes_in_by_them() throws Exception {
        String good = token(calls.register(newLogin()));
        assertThat(write(good)).isEqualTo("ok");
        var taken = new ArrayList<String>();
        for (var hostile : hostile(good).entrySet()) {
            // What is longer than a header may be, the container refuses, with a status of its own and no body.
            String onRest = hostile.getKey().equals("huge") ? tooLong(hostile.getValue()) : write(hostile.getValue());
            String inHello;
            try (var eve = server.open(session)) {
                sayHello(eve, hostile.getValue().replace("'", "\\u0027"), "");
                inHello = eve.problem();
                assertThat(eve.closeCode()).isEqualTo(REFUSED);
            }
            if (!onRest.equals("unauthenticated") || !inHello.equals("unauthenticated")) {
                taken.add(hostile.getKey() + ": " + onRest + ", " + inHello);
            }
        }
        assertThat(taken).isEmpty();
        assertThat(write(good)).isEqualTo("ok");
    }

    private String tooLong(String token) throws Exception {
        int status = calls.api(token, "GET", "/users/me", null).statusCode();
        return status >= 400 && status < 500 ? "unauthenticated" : "status " + status;
    }

    private static String encode(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String hs256(String header, String payload, byte[] key) throws Exception {
        String signed = encode(header.replace("ES256", "HS256")) + "." + encode(payload);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }

    private static String es256(JwtClaims claims, EllipticCurveJsonWebKey key, String kid, String type) throws Exception {
        var signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setHeader("typ", type);
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
        if (kid != null) {
            signature.setKeyIdHeaderValue(kid);
        }
        signature.setKey(key.getPrivateKey());
        return signature.getCompactSerialization();
    }

    private static String embedded(JwtClaims claims, EllipticCurveJsonWebKey key) throws Exception {
        var signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setHeader("typ", "at+jwt");
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
        signature.setJwkHeader(key);
        signature.setKey(key.getPrivateKey());
        return signature.getCompactSerialization();
    }

    @Test
    @DisplayName("[ACC-11] the published keys are public ones, for ES256")
    void given_the_key_set_then_no_private_part_is_in_it() throws Exception {
        token(calls.register(newLogin()));
        var answer = calls.send("GET", "/.well-known/jwks.json", null);
        JsonNode keys = calls.answer(200, answer).get("keys");
        assertThat(keys).isNotEmpty().allSatisfy(key -> {
            assertThat(key.has("d")).isFalse();
            assertThat(key.get("alg").textValue()).isEqualTo("ES256");
            assertThat(key.get("use").textValue()).isEqualTo("sig");
        });
        assertThat(answer.headers().firstValue("Cache-Control")).contains("public, max-age=300");
    }

    // ---- another issuer

    @Test
    @DisplayName("[ACC-12] a trusted issuer's people are users from first sight on, here and on a socket")
    void given_a_trusted_issuer_then_its_people_come_in() throws Exception {
        try (var issuer = new TestIssuer()) {
            untilKnown(issuer);
            String subject = "person-" + System.nanoTime();
            JsonNode me = calls.answer(200, calls.api(issuer.token(subject, Duration.ofMinutes(5)), "GET", "/users/me", null));
            assertThat(me.get("name").textValue()).isEqualTo("Person " + subject);
            assertThat(me.has("login")).isFalse();
            try (var ada = join(issuer.token(subject, Duration.ofMinutes(5)))) {
                assertThat(ada.welcome().at("/self/userId")).isEqualTo(me.get("userId"));
            }
            JwtClaims administrator = issuer.claims(subject, Duration.ofMinutes(5));
            administrator.setStringListClaim("groups", "x", "chorale-administrator");
            assertThat(calls.problem(calls.api(issuer.token(subject, Duration.ofMinutes(5)), "GET", "/users", null))).isEqualTo("forbidden");
            calls.answer(200, calls.api(issuer.sign(administrator), "GET", "/users", null));
        }
    }

    @Test
    @DisplayName("[ACC-12] when the issuer signs with a new key it is fetched once; made-up keys do not make the server ask again and again")
    void given_an_issuer_that_rotates_its_keys_then_the_new_one_is_fetched() throws Exception {
        try (var issuer = new TestIssuer()) {
            String subject = "rotating-" + System.nanoTime();
            untilKnown(issuer);
            issuer.rotate("second-" + System.nanoTime());
            server.until("the second key is known", () -> write(issuer.token(subject, Duration.ofMinutes(5))).equals("ok"));
            int asked = issuer.keyRequests();
            var stranger = RsaJwkGenerator.generateJwk(2048);
            Instant began = Instant.now();
            for (int i = 0; i < 20; i++) {
                String forged = TestIssuer.sign(issuer.claims(subject, Duration.ofMinutes(5)), stranger.getPrivateKey(), "made-up-" + i);
                assertThat(write(forged)).isEqualTo("unauthenticated");
            }
            long seconds = Duration.between(began, Instant.now()).toSeconds();
            assertThat(issuer.keyRequests() - asked).isLessThanOrEqualTo((int) seconds + 2);
            assertThat(write(issuer.token(subject, Duration.ofMinutes(5)))).isEqualTo("ok");
        }
    }

    @Test
    @DisplayName("[ACC-12] of a trusted issuer only unexpired tokens for this server are taken")
    void given_bad_tokens_of_the_issuer_then_they_are_refused() throws Exception {
        try (var issuer = new TestIssuer()) {
            String subject = "bad-" + System.nanoTime();
            untilKnown(issuer);
            JwtClaims otherAudience = issuer.claims(subject, Duration.ofMinutes(5));
            otherAudience.setAudience("another application");
            JwtClaims otherIssuer = issuer.claims(subject, Duration.ofMinutes(5));
            otherIssuer.setIssuer("http://localhost:19082");
            JwtClaims ownIssuer = issuer.claims(subject, Duration.ofMinutes(5));
            ownIssuer.setIssuer("chorale");
            JwtClaims later = issuer.claims(subject, Duration.ofMinutes(5));
            NumericDate soon = NumericDate.now();
            soon.addSeconds(120);
            later.setNotBefore(soon);
            JwtClaims endless = issuer.claims(subject, Duration.ofMinutes(5));
            endless.unsetClaim("exp");
            JwtClaims nobody = issuer.claims(subject, Duration.ofMinutes(5));
            nobody.unsetClaim("sub");
            for (JwtClaims claims : new JwtClaims[] {otherAudience, otherIssuer, ownIssuer, later, endless, nobody}) {
                assertThat(write(issuer.sign(claims))).as(claims.toJson()).isEqualTo("unauthenticated");
            }
            assertThat(write(issuer.token(subject, Duration.ofSeconds(-1)))).isEqualTo("token-expired");
        }
    }

    @Test
    @DisplayName("[ACC-6] a disabled account of another issuer is out, though its tokens are good")
    void given_a_disabled_person_of_the_issuer_then_they_are_out() throws Exception {
        String administrator = calls.administrator();
        try (var issuer = new TestIssuer()) {
            String subject = "disabled-" + System.nanoTime();
            untilKnown(issuer);
            try (var ada = join(issuer.token(subject, Duration.ofMinutes(5)))) {
                String user = ada.welcome().at("/self/userId").textValue();
                calls.answer(200, calls.api(administrator, "PATCH", "/users/" + user, "{\"disabled\":true}"));
                requireRevoked(ada, false);
            }
            assertThat(write(issuer.token(subject, Duration.ofMinutes(5)))).isEqualTo("unauthenticated");
        }
    }

    // ---- API keys

    private JsonNode key(String token, String scopes) throws Exception {
        return calls.answer(201, calls.api(token, "POST", "/api-keys", "{\"name\":\"job\",\"scopes\":" + scopes + "}"));
    }

    @Test
    @DisplayName("[ACC-13] an API key acts as its owner within its scopes, until it is revoked")
    void given_an_api_key_then_it_is_good_for_its_scopes() throws Exception {
        JsonNode user = calls.register(newLogin());
        JsonNode reading = key(token(user), "[\"read\"]");
        JsonNode writing = key(token(user), "[\"read\",\"write\"]");
        assertThat(reading.get("key").textValue()).startsWith("chk_");
        calls.answer(200, calls.api(reading.get("key").textValue(), "GET", "/users/me", null));
        assertThat(write(reading.get("key").textValue())).isEqualTo("forbidden");
        assertThat(write(writing.get("key").textValue())).isEqualTo("ok");
        try (var eve = server.open(session)) {
            sayHello(eve, reading.get("key").textValue(), "");
            assertThat(eve.problem()).isEqualTo("forbidden");
        }
        JsonNode listed = calls.answer(200, calls.api(token(user), "GET", "/api-keys", null)).get("apiKeys");
        assertThat(listed).hasSize(2);
        assertThat(listed.toString()).doesNotContain("chk_");
        assertThat(listed.at("/1/lastUsedAt").isTextual()).isTrue();
        try (var job = join(writing.get("key").textValue())) {
            assertThat(job.welcome().at("/self/userId").textValue()).isEqualTo(userId(user));
            assertThat(job.welcome().at("/self/name").textValue()).isEqualTo("job");
            calls.answer(204, calls.api(token(user), "DELETE", "/api-keys/" + writing.get("id").textValue(), null));
            requireRevoked(job, false);
        }
        assertThat(write(writing.get("key").textValue())).isEqualTo("unauthenticated");
    }

    @Test
    @DisplayName("[ACC-13] an API key cannot make itself at home: no keys, no passwords, no erasure; and admin is for administrators")
    void given_an_api_key_then_it_cannot_stay() throws Exception {
        JsonNode user = calls.register(newLogin());
        String key = key(token(user), "[\"read\",\"write\"]").get("key").textValue();
        assertThat(calls.problem(calls.api(key, "POST", "/api-keys", "{\"name\":\"x\",\"scopes\":[\"read\"]}"))).isEqualTo("forbidden");
        assertThat(calls.problem(calls.api(key, "GET", "/api-keys", null))).isEqualTo("forbidden");
        assertThat(calls.problem(calls.api(key, "POST", "/auth/password", "{\"currentPassword\":\"x\",\"newPassword\":\"y\"}"))).isEqualTo("forbidden");
        assertThat(calls.problem(calls.api(key, "POST", "/auth/logout", "{\"everywhere\":true}"))).isEqualTo("forbidden");
        assertThat(calls.problem(calls.api(key, "GET", "/users/me/export", null))).isEqualTo("forbidden");
        assertThat(calls.problem(calls.api(key, "DELETE", "/users/me", null))).isEqualTo("forbidden");
        assertThat(calls.problem(calls.api(token(user), "POST", "/api-keys", "{\"name\":\"x\",\"scopes\":[\"admin\"]}"))).isEqualTo("forbidden");
        for (String bad : new String[] {"{\"name\":\"x\",\"scopes\":[]}", "{\"name\":\"x\",\"scopes\":[\"root\"]}", "{\"name\":\"x\",\"scopes\":[7]}",
            "{\"name\":\"\",\"scopes\":[\"read\"]}", "{\"name\":\"x\",\"scopes\":[\"read\"],\"expiresAt\":\"2001-01-01T00:00:00Z\"}"}) {
            assertThat(calls.problem(calls.api(token(user), "POST", "/api-keys", bad))).as(bad).isEqualTo("invalid-request");
        }
        key(token(user), "[\"read\"]");
        key(token(user), "[\"read\"]");
        assertThat(calls.problem(calls.api(token(user), "POST", "/api-keys", "{\"name\":\"x\",\"scopes\":[\"read\"]}"))).isEqualTo("limit-exceeded");
        String administrator = calls.administrator();
        JsonNode weak = key(administrator, "[\"read\",\"write\"]");
        assertThat(calls.problem(calls.api(weak.get("key").textValue(), "GET", "/users", null))).isEqualTo("forbidden");
        calls.answer(204, calls.api(administrator, "DELETE", "/api-keys/" + weak.get("id").textValue(), null));
    }
}
