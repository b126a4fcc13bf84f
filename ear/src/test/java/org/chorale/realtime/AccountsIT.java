package org.chorale.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chorale.realtime.ApiCalls.PASSWORD;
import static org.chorale.realtime.ApiCalls.newLogin;
import static org.chorale.realtime.ApiCalls.token;
import static org.chorale.realtime.ApiCalls.userId;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Accounts over REST, on a real server. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class AccountsIT {
    private static final String HOST = "localhost:19080";
    private static final String OTHER_PASSWORD = "quite another sentence";

    private ApiCalls calls;

    @Deployment(testable = false)
    static EnterpriseArchive deployment() {
        return Deployments.application(AccountsIT.class);
    }

    @BeforeEach
    void connect() {
        calls = new ApiCalls(HOST);
    }

    private HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        return calls.send("POST", "/api/v1/auth" + path, body, headers);
    }

    private HttpResponse<String> me(String token) throws Exception {
        return calls.api(token, "GET", "/users/me", null);
    }

    private HttpResponse<String> refresh(String refreshToken) throws Exception {
        return post("/refresh", "{\"refreshToken\":\"" + refreshToken + "\"}");
    }

    // ---- registering and logging in

    @Test
    @DisplayName("[ACC-1] who registers is signed in, and a login is taken once, whatever its case")
    void given_somebody_who_registers_then_they_are_signed_in() throws Exception {
        String login = newLogin();
        JsonNode signedIn = calls.register(login);
        assertThat(signedIn.get("expiresIn").intValue()).isBetween(1, 600);
        JsonNode me = calls.answer(200, me(token(signedIn)));
        assertThat(me).isEqualTo(signedIn.get("user"));
        assertThat(me.get("login").textValue()).isEqualTo(login);
        assertThat(me.get("userId").textValue()).startsWith("u-");
        assertThat(me.get("preferences").isObject()).isTrue();
        assertThat(signedIn.toString()).doesNotContain(PASSWORD).doesNotContain("pbkdf2");
        String again = "{\"login\":\"" + login.toUpperCase(Locale.ROOT) + "\",\"password\":\"" + PASSWORD + "\"}";
        assertThat(calls.problem(post("/register", again))).isEqualTo("login-taken");
    }

    @Test
    @DisplayName("[ACC-1] of many who want one login at once a single one gets it")
    void given_a_race_for_a_login_then_one_wins() throws Exception {
        String body = "{\"login\":\"" + newLogin() + "\",\"password\":\"" + PASSWORD + "\"}";
        var racers = IntStream.range(0, 6).mapToObj(i -> CompletableFuture.supplyAsync(() -> {
            try {
                return post("/register", body).statusCode();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        })).toList();
        assertThat(racers).extracting(CompletableFuture::join).containsOnlyOnce(201).containsOnly(201, 409);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "'' | invalid-request", "[] | invalid-request", "{} | invalid-request",
        "{\"login\":\"ab\",\"password\":\"a sentence nobody says\"} | invalid-request",
        "{\"login\":\"../etc\",\"password\":\"a sentence nobody says\"} | invalid-request",
        "{\"login\":\"аdmin\",\"password\":\"a sentence nobody says\"} | invalid-request",
        "{\"login\":\"well-named\",\"password\":\"short\"} | weak-password",
        "{\"login\":\"well-named\",\"password\":\"password123\"} | weak-password",
        "{\"login\":\"well-named\",\"password\":\"aaaaaaaaaaaaaaa\"} | weak-password",
        "{\"login\":\"well-named\",\"password\":\"my well-named one\"} | weak-password",
        "{\"login\":\"well-named\",\"password\":7} | invalid-request",
        "{\"login\":\"well-named\",\"password\":\"a sentence nobody says\",\"color\":\"red\"} | invalid-request",
        "{\"login\":\"well-named\",\"password\":\"a sentence nobody says\",\"name\":\"a\\u202eb\"} | invalid-request",
        "{\"login\":\"well-named\",\"password\":\"a sentence nobody says\",\"administrator\":true} | invalid-request",
        "{\"login\":\"well-named\",\"password\":\"a sentence nobody says\",\"invitation\":\"guess\"} | invalid-link",
    })
    @DisplayName("[ACC-1] what cannot be registered is refused with its reason")
    void given_a_bad_registration_then_the_problem_says_why(String body, String slug) throws Exception {
        assertThat(calls.problem(post("/register", body))).isEqualTo(slug);
    }

    @Test
    @DisplayName("[ACC-2] an unknown login and a wrong password are told alike")
    void given_a_wrong_log_in_then_nobody_learns_which_part_was_wrong() throws Exception {
        String login = newLogin();
        calls.register(login);
        var wrong = calls.logIn(login, "not the password");
        var unknown = calls.logIn(newLogin(), "not the password");
        var impossible = calls.logIn("?", "x");
        assertThat(calls.problem(wrong)).isEqualTo("invalid-credentials");
        assertThat(unknown.body()).isEqualTo(wrong.body()).isEqualTo(impossible.body());
        assertThat(wrong.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(calls.answer(200, calls.logIn(" " + login.toUpperCase(Locale.ROOT), PASSWORD)).get("refreshToken").textValue()).isNotBlank();
    }

    @Test
    @DisplayName("[ACC-2] who guesses has to wait, also with the right password; others do not")
    void given_many_wrong_passwords_then_the_account_waits() throws Exception {
        String login = newLogin();
        calls.register(login);
        for (int i = 0; i < 6; i++) {
            assertThat(calls.problem(calls.logIn(login, "guess number " + i))).isEqualTo("invalid-credentials");
        }
        var blocked = calls.logIn(login, PASSWORD);
        assertThat(calls.problem(blocked)).isEqualTo("too-many-attempts");
        assertThat(Long.parseLong(blocked.headers().firstValue("Retry-After").orElseThrow())).isBetween(1L, 3L);
        String other = newLogin();
        calls.register(other);
        calls.answer(200, calls.logIn(other, PASSWORD));
    }

    @Test
    @DisplayName("[ACC-2] guessing in parallel is no way around the wait")
    void given_many_guesses_at_once_then_few_are_looked_at() throws Exception {
        String login = newLogin();
        calls.register(login);
        var guesses = IntStream.range(0, 16).mapToObj(i -> CompletableFuture.supplyAsync(() -> {
            try {
                return calls.logIn(login, "guess number " + i).statusCode();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        })).map(CompletableFuture::join).toList();
        assertThat(guesses).filteredOn(status -> status == 401).hasSizeLessThanOrEqualTo(6);
        assertThat(guesses).contains(429);
    }

    // ---- refreshing and logging out

    @Test
    @DisplayName("[ACC-3] a refresh token is good once; its second use ends the sign-in for everybody")
    void given_a_refresh_token_that_comes_twice_then_the_sign_in_ends() throws Exception {
        JsonNode first = calls.register(newLogin());
        JsonNode second = calls.answer(200, refresh(first.get("refreshToken").textValue()));
        assertThat(second.get("refreshToken")).isNotEqualTo(first.get("refreshToken"));
        assertThat(userId(second)).isEqualTo(userId(first));
        calls.answer(200, me(token(second)));
        assertThat(calls.problem(refresh(first.get("refreshToken").textValue()))).isEqualTo("unauthenticated");
        assertThat(calls.problem(refresh(second.get("refreshToken").textValue()))).isEqualTo("unauthenticated");
        assertThat(calls.problem(me(token(second)))).isEqualTo("unauthenticated");
    }

    @Test
    @DisplayName("[ACC-3] a browser's refresh token is out of the reach of scripts and of other sites")
    void given_a_browser_then_the_cookie_counts_with_the_header_alone() throws Exception {
        var signedIn = post("/register", "{\"login\":\"" + newLogin() + "\",\"password\":\"" + PASSWORD + "\"}");
        assertThat(calls.answer(201, signedIn).has("refreshToken")).isFalse();
        assertThat(signedIn.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        String cookie = signedIn.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).contains("HttpOnly", "SameSite=Strict", "Path=/api/v1/auth/refresh;", "Max-Age=").doesNotContain("Secure", "Domain");
        String pair = cookie.substring(0, cookie.indexOf(';'));
        assertThat(calls.problem(post("/refresh", null, "Cookie", pair))).isEqualTo("forbidden");
        assertThat(calls.problem(post("/refresh", null, "Chorale-Refresh", "1"))).isEqualTo("unauthenticated");
        var refreshed = post("/refresh", null, "Cookie", pair, "Chorale-Refresh", "1");
        JsonNode second = calls.answer(200, refreshed);
        assertThat(second.has("refreshToken")).isFalse();
        assertThat(refreshed.headers().firstValue("Set-Cookie").orElseThrow()).startsWith("chorale_refresh=").isNotEqualTo(cookie);
        var out = post("/logout", null, "Authorization", "Bearer " + token(second));
        assertThat(out.statusCode()).isEqualTo(204);
        assertThat(out.headers().firstValue("Set-Cookie").orElseThrow()).startsWith("chorale_refresh=;").contains("Max-Age=0");
        assertThat(calls.problem(me(token(second)))).isEqualTo("unauthenticated");
    }

    @Test
    @DisplayName("[ACC-6] to log out ends one sign-in, to log out everywhere all of them")
    void given_two_sign_ins_when_one_logs_out_then_the_other_stays() throws Exception {
        String login = newLogin();
        JsonNode one = calls.register(login);
        JsonNode two = calls.answer(200, calls.logIn(login, PASSWORD));
        JsonNode three = calls.answer(200, calls.logIn(login, PASSWORD));
        calls.answer(204, calls.api(token(one), "POST", "/auth/logout", null));
        assertThat(calls.problem(me(token(one)))).isEqualTo("unauthenticated");
        assertThat(calls.problem(refresh(one.get("refreshToken").textValue()))).isEqualTo("unauthenticated");
        calls.answer(200, me(token(two)));
        calls.answer(204, calls.api(token(two), "POST", "/auth/logout", "{\"everywhere\":true}"));
        assertThat(calls.problem(me(token(three)))).isEqualTo("unauthenticated");
        assertThat(calls.problem(refresh(three.get("refreshToken").textValue()))).isEqualTo("unauthenticated");
    }

    // ---- passwords

    @Test
    @DisplayName("[ACC-7] another password ends every earlier sign-in, and gives a new one")
    void given_a_changed_password_then_the_old_one_and_its_tokens_are_worth_nothing() throws Exception {
        String login = newLogin();
        JsonNode before = calls.register(login);
        String wrong = "{\"currentPassword\":\"not this one\",\"newPassword\":\"" + OTHER_PASSWORD + "\"}";
        assertThat(calls.problem(calls.api(token(before), "POST", "/auth/password", wrong))).isEqualTo("invalid-credentials");
        String weak = "{\"currentPassword\":\"" + PASSWORD + "\",\"newPassword\":\"short\"}";
        assertThat(calls.problem(calls.api(token(before), "POST", "/auth/password", weak))).isEqualTo("weak-password");
        String change = "{\"currentPassword\":\"" + PASSWORD + "\",\"newPassword\":\"" + OTHER_PASSWORD + "\"}";
        assertThat(calls.problem(post("/password", change))).isEqualTo("unauthenticated");
        JsonNode after = calls.answer(200, calls.api(token(before), "POST", "/auth/password", change));
        calls.answer(200, me(token(after)));
        assertThat(calls.problem(me(token(before)))).isEqualTo("unauthenticated");
        assertThat(calls.problem(calls.logIn(login, PASSWORD))).isEqualTo("invalid-credentials");
        calls.answer(200, calls.logIn(login, OTHER_PASSWORD));
    }

    @Test
    @DisplayName("[ACC-7] a reset link of an administrator works once, and the newest alone")
    void given_a_reset_link_then_it_works_once() throws Exception {
        String administrator = calls.administrator();
        String login = newLogin();
        JsonNode user = calls.register(login);
        String first = linkToken(calls.answer(201, calls.api(administrator, "POST", "/users/" + userId(user) + "/reset-link", null)));
        String second = linkToken(calls.answer(201, calls.api(administrator, "POST", "/users/" + userId(user) + "/reset-link", null)));
        assertThat(calls.problem(post("/password", reset(first)))).isEqualTo("invalid-link");
        assertThat(calls.problem(post("/password", reset(second).replace(OTHER_PASSWORD, "short")))).isEqualTo("weak-password");
        calls.answer(204, post("/password", reset(second)));
        assertThat(calls.problem(post("/password", reset(second)))).isEqualTo("invalid-link");
        assertThat(calls.problem(me(token(user)))).isEqualTo("unauthenticated");
        calls.answer(200, calls.logIn(login, OTHER_PASSWORD));
        String asInvitation = "{\"login\":\"" + newLogin() + "\",\"password\":\"" + PASSWORD + "\",\"invitation\":\"" + second + "\"}";
        assertThat(calls.problem(post("/register", asInvitation))).isEqualTo("invalid-link");
    }

    @Test
    @DisplayName("[ACC-7] whoever asks for a reset is not told whether there is such an account")
    void given_a_request_for_a_reset_then_the_answer_is_always_the_same() throws Exception {
        String login = newLogin();
        calls.register(login);
        var known = post("/password/reset-requests", "{\"login\":\"" + login + "\"}");
        var unknown = post("/password/reset-requests", "{\"login\":\"" + newLogin() + "\"}");
        assertThat(known.statusCode()).isEqualTo(unknown.statusCode()).isEqualTo(202);
        assertThat(known.body()).isEqualTo(unknown.body()).isEmpty();
    }

    private static String reset(String token) {
        return "{\"token\":\"" + token + "\",\"newPassword\":\"" + OTHER_PASSWORD + "\"}";
    }

    private static String linkToken(JsonNode link) {
        String address = link.get("link").textValue();
        return address.substring(address.indexOf('=') + 1);
    }

    // ---- administrators

    @Test
    @DisplayName("[ACC-8] only administrators see and change other accounts; the last one stays")
    void given_an_administrator_then_accounts_are_theirs_to_manage() throws Exception {
        String administrator = calls.administrator();
        JsonNode user = calls.register(newLogin());
        for (String path : new String[] {"/users", "/users/" + userId(user)}) {
            assertThat(calls.problem(calls.api(token(user), "GET", path, null))).isEqualTo("forbidden");
            assertThat(calls.problem(calls.send("GET", "/api/v1" + path, null))).isEqualTo("unauthenticated");
            calls.answer(200, calls.api(administrator, "GET", path, null));
        }
        assertThat(calls.problem(calls.api(token(user), "PATCH", "/users/" + userId(user), "{\"administrator\":true}"))).isEqualTo("forbidden");
        assertThat(calls.problem(calls.api(token(user), "POST", "/users/" + userId(user) + "/reset-link", null))).isEqualTo("forbidden");
        assertThat(calls.problem(calls.api(token(user), "POST", "/users/invitations", null))).isEqualTo("forbidden");
        assertThat(calls.problem(calls.api(administrator, "GET", "/users/u-nobody", null))).isEqualTo("user-not-found");
        String own = calls.answer(200, me(administrator)).get("userId").textValue();
        assertThat(calls.problem(calls.api(administrator, "PATCH", "/users/" + own, "{\"disabled\":true}"))).isEqualTo("forbidden");
        assertThat(calls.problem(calls.api(administrator, "DELETE", "/users/me", null))).isEqualTo("forbidden");
        JsonNode page = calls.answer(200, calls.api(administrator, "GET", "/users?limit=1", null));
        assertThat(page.get("users")).hasSize(1);
        assertThat(page.has("nextCursor")).isTrue();
    }

    @Test
    @DisplayName("[ACC-6] a disabled account is out at once, and cannot come in")
    void given_a_disabled_account_then_nothing_of_it_works() throws Exception {
        String administrator = calls.administrator();
        String login = newLogin();
        JsonNode user = calls.register(login);
        assertThat(calls.answer(200, calls.api(administrator, "PATCH", "/users/" + userId(user), "{\"disabled\":true}")).get("disabled").booleanValue())
            .isTrue();
        assertThat(calls.problem(me(token(user)))).isEqualTo("unauthenticated");
        assertThat(calls.problem(calls.logIn(login, PASSWORD))).isEqualTo("invalid-credentials");
        assertThat(calls.problem(refresh(user.get("refreshToken").textValue()))).isEqualTo("unauthenticated");
        calls.answer(200, calls.api(administrator, "PATCH", "/users/" + userId(user), "{\"disabled\":false}"));
        calls.answer(200, calls.logIn(login, PASSWORD));
    }

    @Test
    @DisplayName("[ACC-1] an invitation works once, and the setup link never again")
    void given_an_invitation_then_one_person_registers_with_it() throws Exception {
        String administrator = calls.administrator();
        String invitation = linkToken(calls.answer(201, calls.api(administrator, "POST", "/users/invitations", null)));
        String body = "{\"login\":\"" + newLogin() + "\",\"password\":\"" + PASSWORD + "\",\"invitation\":\"" + invitation + "\"}";
        assertThat(calls.answer(201, post("/register", body)).at("/user/administrator").booleanValue()).isFalse();
        assertThat(calls.problem(post("/register", body.replace("\"login\":\"", "\"login\":\"x")))).isEqualTo("invalid-link");
    }

    // ---- profile, export, erasure

    @Test
    @DisplayName("[ACC-9] a profile changes field by field, and keeps to its limits")
    void given_a_profile_then_it_can_be_changed() throws Exception {
        String token = token(calls.register(newLogin()));
        String change = "{\"name\":\" Ada \",\"color\":\"#993366\",\"locale\":\"de-CH\",\"preferences\":{\"theme\":\"dark\",\"n\":[1,{}]}}";
        JsonNode changed = calls.answer(200, calls.api(token, "PATCH", "/users/me", change));
        assertThat(changed.get("name").textValue()).isEqualTo("Ada");
        assertThat(changed.at("/preferences/n/1").isObject()).isTrue();
        assertThat(calls.answer(200, calls.api(token, "PATCH", "/users/me", "{}"))).isEqualTo(changed).isEqualTo(calls.answer(200, me(token)));
        String large = "{\"preferences\":{\"x\":\"" + "é".repeat(8_200) + "\"}}";
        for (String bad : new String[] {large, "{\"preferences\":[]}", "{\"preferences\":{\"x\":\"\\ud800\"}}", "{\"name\":\"\"}", "{\"name\":null,\"color\":\"blue\"}",
            "{\"locale\":\"not a locale\"}", "{\"login\":\"other\"}", "{\"administrator\":true}"}) {
            assertThat(calls.problem(calls.api(token, "PATCH", "/users/me", bad))).as(bad).isEqualTo("invalid-request");
        }
        assertThat(calls.answer(200, me(token))).isEqualTo(changed);
        String largest = "{\"preferences\":{\"x\":\"" + "y".repeat(16_384 - 8) + "\"}}";
        calls.answer(200, calls.api(token, "PATCH", "/users/me", largest));
    }

    @Test
    @DisplayName("[ACC-10] an account takes everything along, and leaves a pseudonym behind")
    void given_an_account_that_is_erased_then_only_its_id_is_left() throws Exception {
        String login = newLogin();
        JsonNode user = calls.register(login);
        var server = new TestServer(HOST);
        String session = server.startSession(5).get("sessionId").textValue();
        String chat = "/api/v1/sessions/" + session + "/chat";
        calls.answer(201, calls.api(token(user), "POST", "/sessions/" + session + "/chat", "{\"text\":\"hello all\"}"));
        calls.answer(201, calls.api(token(user), "POST", "/sessions/" + session + "/versions", "{\"name\":\"Draft\"}"));
        String box = "{\"changes\":[{\"operations\":[{\"op\":\"create\",\"id\":\"a\",\"elementType\":\"box\",\"parent\":null}]}]}";
        calls.answer(200, calls.api(token(user), "POST", "/sessions/" + session + "/changes", box));
        JsonNode export = calls.answer(200, calls.api(token(user), "GET", "/users/me/export", null));
        assertThat(export.at("/user/login").textValue()).isEqualTo(login);
        assertThat(export.at("/versions/0/name").textValue()).isEqualTo("Draft");
        assertThat(export.at("/messages/0/text").textValue()).isEqualTo("hello all");
        assertThat(export.at("/names/0/sessionId").textValue()).isEqualTo(session);
        assertThat(export.at("/names/0/name").textValue()).isEqualTo(login + "'s name");
        assertThat(export.at("/messages/0/sessionId").textValue()).isEqualTo(session);
        assertThat(export.get("signIns")).hasSize(1);
        assertThat(export.toString()).doesNotContain("pbkdf2");
        calls.answer(204, calls.api(token(user), "DELETE", "/users/me", null));
        assertThat(calls.problem(me(token(user)))).isEqualTo("unauthenticated");
        assertThat(calls.problem(calls.logIn(login, PASSWORD))).isEqualTo("invalid-credentials");
        JsonNode message = calls.answer(200, calls.send("GET", chat, null)).at("/messages/0");
        assertThat(message.get("name").textValue()).isEqualTo("Former user");
        String versions = "/api/v1/sessions/" + session + "/versions";
        assertThat(calls.answer(200, calls.send("GET", versions, null)).at("/versions/0/author/name").textValue()).isEqualTo("Former user");
        JsonNode blame = calls.answer(200, calls.send("GET", "/api/v1/sessions/" + session + "/blame", null));
        assertThat(blame.at("/cells/0/by/name").textValue()).isEqualTo("Former user");
        assertThat(message.get("userId").textValue()).isEqualTo(userId(user));
        assertThat(calls.problem(calls.api(calls.administrator(), "GET", "/users/" + userId(user), null))).isEqualTo("user-not-found");
        assertThat(userId(calls.register(login))).isNotEqualTo(userId(user));
    }

    // ---- in the place of a guest

    @Test
    @DisplayName("[ACC-4] a bearer writes in the place of a guest, and is known again")
    void given_a_bearer_then_what_they_write_is_their_users() throws Exception {
        JsonNode user = calls.register(newLogin());
        String session = new TestServer(HOST).startSession(5).get("sessionId").textValue();
        String changes = "{\"changes\":[{\"operations\":[{\"op\":\"create\",\"id\":\"a\",\"elementType\":\"box\",\"parent\":null}]}]}";
        String path = "/api/v1/sessions/" + session + "/changes";
        String[] headers = {"Authorization", "Bearer " + token(user), "Idempotency-Key", "once"};
        JsonNode first = calls.answer(200, calls.send("POST", path, changes, headers));
        JsonNode again = calls.answer(200, calls.send("POST", path, changes, headers));
        assertThat(again.at("/results/0/revision")).isEqualTo(first.at("/results/0/revision"));
        JsonNode stored = calls.answer(200, calls.send("GET", path, null)).get("changes");
        assertThat(stored).hasSize(1);
        assertThat(stored.at("/0/userId").textValue()).isEqualTo(userId(user));
        assertThat(calls.problem(calls.send("POST", path, changes))).isEqualTo("unauthenticated");
        String withGuest = "{" + RestCalls.guest("eve") + "," + changes.substring(1).replace("\"a\"", "\"b\"");
        calls.answer(200, calls.send("POST", path, withGuest, "Authorization", "Bearer " + token(user)));
        assertThat(calls.answer(200, calls.send("GET", path, null)).at("/changes/1/userId").textValue()).isEqualTo(userId(user));
    }

    // ---- in sessions

    @Test
    @DisplayName("[ACS-1][ACC-4] who starts a session with a bearer owns it, and accounts become members as guests do")
    void given_a_private_session_of_an_account_then_it_is_for_whom_they_invite() throws Exception {
        JsonNode owner = calls.register(newLogin());
        JsonNode friend = calls.register(newLogin());
        JsonNode stranger = calls.register(newLogin());
        String session = calls.answer(201, calls.api(token(owner), "POST", "/sessions",
            "{\"name\":\"Ours\",\"kind\":\"scene\",\"visibility\":\"private\"}")).get("sessionId").textValue();
        String path = "/sessions/" + session;
        assertThat(calls.problem(calls.send("GET", "/api/v1" + path + "/document", null))).isEqualTo("unauthenticated");
        assertThat(calls.problem(calls.api(token(stranger), "GET", path + "/document", null))).isEqualTo("forbidden");
        assertThat(calls.problem(calls.api(token(stranger), "GET", path, null))).isEqualTo("forbidden");
        String link = calls.answer(201, calls.api(token(owner), "POST", path + "/invitations", "{\"role\":\"VIEWER\"}"))
            .get("token").textValue();
        calls.answer(204, calls.api(token(friend), "POST", path + "/invitations/accept", "{\"token\":\"" + link + "\"}"));
        calls.answer(200, calls.api(token(friend), "GET", path + "/document", null));
        assertThat(calls.problem(calls.api(token(friend), "PATCH", path, "{\"name\":\"Mine\"}"))).isEqualTo("forbidden");
        JsonNode roles = calls.answer(200, calls.api(token(friend), "GET", path + "/members", null)).get("members");
        assertThat(roles).hasSize(2);
        assertThat(role(roles, userId(owner))).isEqualTo("OWNER");
        assertThat(role(roles, userId(friend))).isEqualTo("VIEWER");
        calls.answer(200, calls.api(token(owner), "PATCH", path, "{\"name\":\"Ours still\"}"));
        assertThat(calls.answer(200, calls.api(token(friend), "GET", "/users/me/export", null)).at("/memberships/0/sessionId").textValue())
            .isEqualTo(session);
        calls.answer(204, calls.api(token(friend), "DELETE", "/users/me", null));
        assertThat(calls.problem(calls.api(token(owner), "GET", path + "/members/" + userId(friend), null))).isEqualTo("not-found");
        calls.answer(204, calls.api(token(owner), "DELETE", path, null));
    }

    @Test
    @DisplayName("[ACC-10] where the only OWNER is erased the ADMIN becomes it, and hears it")
    void given_the_only_owner_when_they_are_erased_then_the_session_has_another() throws Exception {
        JsonNode owner = calls.register(newLogin());
        JsonNode admin = calls.register(newLogin());
        String session = calls.answer(201, calls.api(token(owner), "POST", "/sessions",
            "{\"name\":\"Ours\",\"kind\":\"scene\",\"visibility\":\"private\"}")).get("sessionId").textValue();
        String path = "/sessions/" + session;
        calls.answer(200, calls.api(token(owner), "PUT", path + "/members/g-guest", "{\"role\":\"COLLABORATOR\",\"name\":\"Guest\"}"));
        calls.answer(200, calls.api(token(owner), "PUT", path + "/members/" + userId(admin), "{\"role\":\"ADMIN\",\"name\":\"Admin\"}"));
        try (var client = new TestServer(HOST).open(session)) {
            client.send("{\"type\":\"hello\",\"clientId\":\"c\",\"token\":\"" + token(admin) + "\"}");
            assertThat(client.welcome().at("/self/role").textValue()).isEqualTo("ADMIN");
            calls.answer(204, calls.api(token(owner), "DELETE", "/users/me", null));
            assertThat(client.next("permissions").get("role").textValue()).isEqualTo("OWNER");
        }
        JsonNode members = calls.answer(200, calls.api(token(admin), "GET", path + "/members", null)).get("members");
        assertThat(members).hasSize(2);
        assertThat(role(members, userId(admin))).isEqualTo("OWNER");
        calls.answer(204, calls.api(token(admin), "DELETE", path, null));
        calls.answer(204, calls.api(token(admin), "DELETE", "/users/me", null));
    }

    private static String role(JsonNode members, String userId) {
        return StreamSupport.stream(members.spliterator(), false).filter(member -> member.get("userId").textValue().equals(userId))
            .map(member -> member.get("role").textValue()).findFirst().orElseThrow();
    }

    @Test
    @DisplayName("[ACC-14] what is done to accounts is told to administrators, and nothing that people typed")
    void given_things_done_to_an_account_then_administrators_read_them() throws Exception {
        String administrator = calls.administrator();
        String login = newLogin();
        JsonNode user = calls.register(login);
        calls.problem(calls.logIn(login, OTHER_PASSWORD));
        calls.problem(calls.logIn("typed-into-the-wrong-field", OTHER_PASSWORD));
        String key = calls.answer(201, calls.api(token(user), "POST", "/api-keys", "{\"name\":\"x\",\"scopes\":[\"read\"]}"))
            .get("id").textValue();
        calls.answer(204, calls.api(token(user), "DELETE", "/api-keys/" + key, null));
        calls.answer(200, calls.api(administrator, "PATCH", "/users/" + userId(user), "{\"disabled\":true}"));
        JsonNode entries = calls.answer(200, calls.api(administrator, "GET", "/users/audit?limit=200", null)).get("entries");
        assertThat(StreamSupport.stream(entries.spliterator(), false)
            .filter(entry -> entry.get("subject").textValue().equals(userId(user)) || entry.get("subject").textValue().equals(key))
            .map(entry -> entry.get("action").textValue()))
            .containsExactly("account.administered", "api-key.revoked", "api-key.made", "account.login-failed", "account.signed-in",
                "account.registered");
        assertThat(entries.toString()).doesNotContain(login, OTHER_PASSWORD, "typed-into-the-wrong-field");
        assertThat(calls.problem(calls.api(token(calls.register(newLogin())), "GET", "/users/audit", null))).isEqualTo("forbidden");
        assertThat(calls.problem(calls.send("GET", "/api/v1/users/audit", null))).isEqualTo("unauthenticated");
    }

    @Test
    @DisplayName("[ACC-14] who reads accounts, exports or invites is noted as well, who may not is not; and the chain is whole")
    void given_what_is_only_read_then_it_is_noted_too() throws Exception {
        String administrator = calls.administrator();
        JsonNode user = calls.register(newLogin());
        JsonNode eve = calls.register(newLogin());
        calls.answer(200, calls.api(token(user), "GET", "/users/me/export", null));
        calls.answer(200, calls.api(administrator, "GET", "/users/" + userId(user), null));
        calls.answer(201, calls.api(administrator, "POST", "/users/invitations", null));
        calls.answer(200, calls.api(administrator, "GET", "/users?limit=1", null));
        assertThat(calls.problem(calls.api(token(eve), "GET", "/users/" + userId(user), null))).isEqualTo("forbidden");
        assertThat(calls.problem(calls.api(token(eve), "GET", "/users/audit/verification", null))).isEqualTo("forbidden");
        JsonNode verified = calls.answer(200, calls.api(administrator, "GET", "/users/audit/verification", null));
        assertThat(verified.toString()).isEqualTo("{\"whole\":true}");
        JsonNode entries = calls.answer(200, calls.api(administrator, "GET", "/users/audit?limit=8", null)).get("entries");
        assertThat(StreamSupport.stream(entries.spliterator(), false).map(entry -> entry.get("action").textValue()))
            .startsWith("audit.verified", "users.listed", "account.invitation", "users.read", "account.exported");
        assertThat(entries.at("/3/subject").textValue()).isEqualTo(userId(user));
        assertThat(StreamSupport.stream(entries.spliterator(), false).filter(entry -> entry.get("actor").textValue().equals(userId(eve)))
            .map(entry -> entry.get("action").textValue())).doesNotContain("users.read", "audit.verified");
    }
}
