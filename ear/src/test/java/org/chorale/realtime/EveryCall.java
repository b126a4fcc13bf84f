package org.chorale.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chorale.access.Action;
import org.chorale.access.Permissions;
import org.chorale.access.Role;

/**
 * All operations that /openapi tells, called by everybody there is about one private session: what each is answered is compared with
 * docs/permissions.md.
 */
final class EveryCall {
    private static final Path PAGE = Path.of("..", "docs", "permissions.md");
    private static final Pattern ROW = Pattern.compile("^\\| (\\w+) \\| (\\w+) \\|$");
    private static final String SLUG = "urn:chorale:problem:";
    private static final Set<String> REFUSALS = Set.of("unauthenticated", "forbidden");
    private static final Set<String> NOT_THERE = Set.of("not-found", "session-not-found", "user-not-found", "asset-not-found", "conflict-not-found", "version-not-found",
        "branch-not-found", "merge-request-not-found", "unknown-element", "unknown-change");
    private static final Set<String> IN_PROBLEMS = Set.of("type", "title", "status", "detail", "retryAfter");
    /** After these the caller is somebody else. */
    private static final Set<String> ENDS_CALLER = Set.of("logout", "eraseMe");
    /** These name a user, whoever it is, or an element of the session that is named before. */
    private static final Set<String> NAMES_ANYBODY = Set.of("putMember", "removeMember", "releaseElement");
    private static final String CREATE = "{\"op\":\"create\",\"id\":\"mine\",\"elementType\":\"box\",\"parent\":null,\"props\":{\"n\":1}}";
    private static final String SET = "{\"op\":\"set\",\"id\":\"mine\",\"path\":[\"n\"],\"value\":%d}";
    private static final String PIXEL = "GIF89a";

    private final ApiCalls calls;
    private final Map<String, String> rules = rules();
    private final Map<String, String> ids = new TreeMap<>();
    private final List<Caller> callers = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private String owner;
    private String victim;
    private String stranger;
    private String session;
    private String strangersSession;
    private Caller readingKey;
    private Caller disabled;

    /** Somebody who calls: by a token, as a guest, or as nobody. */
    private record Caller(String name, Optional<String> token, Optional<String> guest, Optional<Role> role, boolean administrator) {
        static Caller of(String name, String token) {
            return new Caller(name, Optional.of(token), Optional.empty(), Optional.empty(), false);
        }
    }

    private record Operation(String id, String method, String path, Optional<JsonNode> example, boolean json) {
        boolean reads() {
            return method.equals("GET");
        }
    }

    EveryCall(String host) throws Exception {
        calls = new ApiCalls(host);
        prepare();
    }

    private static Map<String, String> rules() {
        try {
            String page = Files.readString(PAGE);
            var rules = new TreeMap<String, String>();
            page.substring(page.indexOf("| Operation |")).lines().skip(2).map(ROW::matcher).takeWhile(Matcher::matches)
                .forEach(row -> rules.put(row.group(1), row.group(2)));
            return rules;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    // ---- the people and the session

    private void prepare() throws Exception {
        String administrator = calls.administrator();
        JsonNode olga = calls.register(ApiCalls.newLogin());
        owner = ApiCalls.token(olga);
        stranger = ApiCalls.token(calls.register(ApiCalls.newLogin()));
        session = start(owner);
        strangersSession = start(stranger);
        callers.add(new Caller("nobody", Optional.empty(), Optional.empty(), Optional.empty(), false));
        callers.add(new Caller("a guest", Optional.empty(), Optional.of("{\"name\":\"Gast\",\"color\":\"#336699\",\"secret\":\"of-a-guest-0123456789\"}"),
            Optional.empty(), false));
        callers.add(Caller.of("a stranger", stranger));
        callers.add(new Caller("an administrator", Optional.of(administrator), Optional.empty(), Optional.empty(), true));
        for (Role role : new Role[] {Role.VIEWER, Role.COLLABORATOR, Role.ADMIN}) {
            JsonNode member = calls.register(ApiCalls.newLogin());
            become(ApiCalls.userId(member), role);
            callers.add(new Caller(role.name(), Optional.of(ApiCalls.token(member)), Optional.empty(), Optional.of(role), false));
        }
        callers.add(new Caller("OWNER", Optional.of(owner), Optional.empty(), Optional.of(Role.OWNER), false));
        prepareThings(administrator);
    }

    private String start(String token) throws Exception {
        String body = "{\"name\":\"private\",\"kind\":\"scene\",\"visibility\":\"private\",\"conflictPolicy\":{\"box.n\":{\"strategy\":\"MANUAL\"}}}";
        return calls.answer(201, calls.api(token, "POST", "/sessions", body)).get("sessionId").textValue();
    }

    private void become(String userId, Role role) throws Exception {
        calls.answer(200, about("PUT", "/members/" + userId, "{\"role\":\"" + role + "\"}"));
    }

    private HttpResponse<String> about(String method, String path, String body) throws Exception {
        return calls.api(owner, method, "/sessions/" + session + path, body);
    }

    /** What paths name: somebody's change, an open conflict, an invitation, a key. */
    private void prepareThings(String administrator) throws Exception {
        JsonNode account = calls.register(ApiCalls.newLogin());
        victim = ApiCalls.userId(account);
        become(victim, Role.COLLABORATOR);
        String author = ApiCalls.token(account);
        String changes = "/sessions/" + session + "/changes";
        calls.answer(200, calls.api(author, "POST", changes, change(CREATE, 0)));
        calls.answer(200, calls.api(author, "POST", changes, change(SET.formatted(2), 1)));
        JsonNode contested = calls.answer(200, about("POST", "/changes", change(SET.formatted(3), 1)));
        ids.put("conflictId", contested.at("/results/0/notes/0/conflict").textValue());
        ids.put("changeId", calls.answer(200, about("GET", "/changes", null)).at("/changes/0/changeId").textValue());
        ids.put("invitationId", calls.answer(201, about("POST", "/invitations", "{}")).get("id").textValue());
        ids.put("versionId", calls.answer(201, about("POST", "/versions", "{\"name\":\"Draft\"}")).get("versionId").textValue());
        ids.put("name", calls.answer(201, about("POST", "/branches", "{\"name\":\"attic\"}")).get("name").textValue());
        calls.answer(201, about("POST", "/branches", "{\"name\":\"flat roof\"}"));
        ids.put("mergeRequestId", calls.answer(201, calls.api(author, "POST", "/sessions/" + session + "/merge-requests",
            "{\"source\":\"flat roof\",\"title\":\"A flat roof\"}")).get("id").textValue());
        ids.put("userId", victim);
        ids.put("element", "a");
        ids.put("assetId", "5g2m0c8w1n7r3t6y9a4d2k8p0s");
        ids.put("id", calls.answer(201, calls.api(author, "POST", "/api-keys", "{\"name\":\"k\",\"scopes\":[\"read\"]}")).get("id").textValue());
        assertThat(ids).doesNotContainValue(null);
        JsonNode reader = calls.answer(201, calls.api(owner, "POST", "/api-keys", "{\"name\":\"reader\",\"scopes\":[\"read\"]}"));
        readingKey = Caller.of("a key that may only read", reader.get("key").textValue());
        JsonNode gone = calls.register(ApiCalls.newLogin());
        calls.answer(200, calls.api(administrator, "PATCH", "/users/" + ApiCalls.userId(gone), "{\"disabled\":true}"));
        disabled = Caller.of("somebody disabled", ApiCalls.token(gone));
    }

    private static String change(String operation, long base) {
        return "{\"changes\":[{\"baseRevision\":" + base + ",\"operations\":[" + operation + "]}]}";
    }

    // ---- the calls

    /** What was answered otherwise than the page says, one line each; operations that the page does not know, or only it knows, too. */
    List<String> surprises() throws Exception {
        List<Operation> operations = operations();
        var unknown = new TreeMap<>(rules);
        for (Operation operation : operations) {
            String rule = unknown.remove(operation.id());
            if (rule == null) {
                wrong.add(operation.id() + " has no rule in docs/permissions.md");
            } else {
                callAsEverybody(operation, rule);
                settle(operation);
            }
        }
        unknown.keySet().forEach(id -> wrong.add(id + " is in docs/permissions.md alone"));
        return wrong;
    }

    private List<Operation> operations() throws Exception {
        JsonNode document = calls.answer(200, calls.send("GET", "/openapi?format=JSON", null));
        var operations = new LinkedHashMap<String, Operation>();
        document.get("paths").properties().forEach(path -> path.getValue().properties().stream()
            .filter(method -> method.getValue().has("operationId")).forEach(method -> {
                JsonNode content = method.getValue().at("/requestBody/content");
                JsonNode json = content.path("application/json");
                Optional<JsonNode> example = json.path("examples").properties().stream().map(each -> each.getValue().get("value")).findFirst();
                String id = method.getValue().get("operationId").textValue();
                operations.put(id, new Operation(id, method.getKey().toUpperCase(Locale.ROOT), path.getKey(), example,
                    content.isMissingNode() || !json.isMissingNode()));
            }));
        operations.putLast("closeSession", operations.remove("closeSession"));
        return List.copyOf(operations.values());
    }

    private void callAsEverybody(Operation operation, String rule) throws Exception {
        for (Caller caller : callers) {
            boolean may = mayCall(caller, rule);
            Caller who = may && ENDS_CALLER.contains(operation.id()) ? Caller.of("somebody new", ApiCalls.token(calls.register(ApiCalls.newLogin()))) : caller;
            judge(operation, who, call(operation, who, session), may, rule);
        }
        judge(operation, disabled, call(operation, disabled, session), false, rule);
        if (!operation.reads()) {
            judge(operation, readingKey, call(operation, readingKey, session), false, rule);
        }
        boolean namesMore = operation.path().contains("{sessionId}") && operation.path().indexOf('{') != operation.path().lastIndexOf('{');
        if (namesMore && !NAMES_ANYBODY.contains(operation.id())) {
            var mine = new Caller("a stranger in a session of theirs", Optional.of(stranger), Optional.empty(), Optional.empty(), false);
            judge(operation, mine, call(operation, mine, strangersSession), false, "own");
        }
    }

    private static boolean mayCall(Caller caller, String rule) {
        return switch (rule) {
            case "everybody", "credentials" -> true;
            case "members" -> caller.role().isPresent();
            case "account" -> caller.token().isPresent();
            case "administrator" -> caller.administrator();
            case "own" -> false;
            default -> caller.role().filter(role -> Permissions.DEFAULT.of(role).contains(Action.valueOf(rule))).isPresent();
        };
    }

    private HttpResponse<String> call(Operation operation, Caller caller, String about) throws Exception {
        String path = operation.path().replace("{sessionId}", about);
        for (var id : ids.entrySet()) {
            path = path.replace("{" + id.getKey() + "}", id.getValue());
        }
        assertThat(path).as("an id for each name in the path").doesNotContain("{");
        var headers = new ArrayList<String>();
        caller.token().ifPresent(token -> headers.addAll(List.of("Authorization", "Bearer " + token)));
        Optional<String> body = operation.example().map(example -> body(example, caller));
        if (caller.guest().isPresent() && body.filter(text -> text.contains("\"guest\"")).isEmpty()) {
            headers.addAll(List.of("Chorale-Guest", caller.guest().get()));
        }
        if (!operation.json()) {
            headers.addAll(List.of("Content-Type", "image/png"));
            return calls.send(operation.method(), path, PIXEL, headers.toArray(String[]::new));
        }
        return calls.send(operation.method(), path, body.orElse(null), headers.toArray(String[]::new));
    }

    /** The example, about the people here. Who says in a body who they are does that alone: that has to be looked at as well. */
    private String body(JsonNode example, Caller caller) {
        ObjectNode body = example.deepCopy();
        if (body.has("userId")) {
            body.put("userId", victim);
        }
        if (body.has("withAddress")) {
            body.put("withAddress", false);
        }
        body.remove("seenRevision");
        if (body.has("guest")) {
            body.remove("guest");
            caller.guest().ifPresent(guest -> body.set("guest", read(guest)));
        }
        return body.toString();
    }

    private static JsonNode read(String json) {
        try {
            return TestServer.JSON.readTree(json);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private void judge(Operation operation, Caller caller, HttpResponse<String> answer, boolean may, String rule) throws IOException {
        String slug = problem(answer);
        boolean refused = REFUSALS.contains(slug) || rule.equals("own") && NOT_THERE.contains(slug);
        boolean byCredentials = rule.equals("credentials") && may;
        boolean asExpected = byCredentials ? answer.statusCode() < 500 : may ? !refused && answer.statusCode() < 500 : refused;
        if (!asExpected) {
            wrong.add(operation.id() + " by " + caller.name() + ": " + answer.statusCode() + " " + slug + " (expected: "
                + (may ? "" : "not ") + rule + ")");
        }
        if (refused) {
            Set<String> told = new HashSet<>();
            read(answer.body()).fieldNames().forEachRemaining(told::add);
            if (!IN_PROBLEMS.containsAll(told)) {
                wrong.add(operation.id() + " tells more than the problem: " + told);
            }
        }
    }

    /** The slug of the problem; empty where there is none. */
    private static String problem(HttpResponse<String> answer) {
        boolean isProblem = answer.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json");
        return isProblem ? read(answer.body()).path("type").asText().substring(SLUG.length()) : "";
    }

    /** What would make the next calls be answered otherwise is undone. */
    private void settle(Operation operation) throws Exception {
        switch (operation.id()) {
            case "archiveSession" -> about("DELETE", "/archive", null);
            case "freeze" -> about("POST", "/moderation/unfreeze", "{}");
            case "slowMode" -> about("POST", "/moderation/slow-mode", "{\"seconds\":0}");
            case "deleteBranch" -> about("POST", "/branches", "{\"name\":\"attic\"}");
            case "putGrants" -> about("PUT", "/grants", "{\"grants\":[]}");
            default -> { }
        }
    }
}
