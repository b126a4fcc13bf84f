package org.chorale.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.chorale.platform.Deployments;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Merge requests, from the fork to the undo, while others edit and merge. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
@Tag("database")
class MergeRequestsIT {
    private static final String HOST = "localhost:19080";

    private TestServer server;
    private String session;
    private String ownerKey;
    private RestCalls rest;

    @Deployment(testable = false)
    static EnterpriseArchive deployment() {
        return Deployments.application(MergeRequestsIT.class);
    }

    @BeforeEach
    void startSession() throws Exception {
        server = new TestServer(HOST);
        JsonNode started = server.startSession(10);
        session = started.get("sessionId").textValue();
        ownerKey = started.get("ownerKey").textValue();
        rest = new RestCalls(HOST, session);
    }

    // ---- what people do

    private static String create(String id) {
        return "{\"op\":\"create\",\"id\":\"" + id + "\",\"elementType\":\"box\",\"parent\":null,\"props\":{\"n\":0}}";
    }

    private static String set(String id, int value) {
        return "{\"op\":\"set\",\"id\":\"" + id + "\",\"path\":[\"n\"],\"value\":" + value + "}";
    }

    private JsonNode edit(String guest, String branch, String... operations) throws Exception {
        return rest.post("/changes", "{" + RestCalls.guest(guest) + ",\"branch\":\"" + branch + "\",\"changes\":[{\"operations\":["
            + String.join(",", operations) + "]}]}").at("/results/0");
    }

    private void fork(String name, String from) throws Exception {
        RestCalls.answer(rest.send("POST", "/branches", "{" + RestCalls.guest("ana") + ",\"name\":\"" + name + "\",\"from\":\"" + from + "\"}"), 201);
    }

    private String open(String guest, String source, String target) throws Exception {
        return RestCalls.answer(rest.send("POST", "/merge-requests", "{" + RestCalls.guest(guest) + ",\"source\":\"" + source
            + "\",\"target\":\"" + target + "\",\"title\":\"" + source + " into " + target + "\"}"), 201).get("id").textValue();
    }

    private JsonNode read(String id) throws Exception {
        return rest.read("/merge-requests/" + id);
    }

    private HttpResponse<String> merge(String guest, String id) throws Exception {
        return new RestCalls(HOST, session).send("POST", "/merge-requests/" + id + "/merge", "{" + RestCalls.guest(guest) + "}");
    }

    private JsonNode merged(String guest, String id) throws Exception {
        return RestCalls.answer(merge(guest, id), 200);
    }

    private String refusal(String guest, String id) throws Exception {
        return rest.problem("POST", "/merge-requests/" + id + "/merge", "{" + RestCalls.guest(guest) + "}");
    }

    private static String chosen(String guest, String choice) {
        return "{" + RestCalls.guest(guest) + ",\"choices\":[{\"element\":\"a\",\"cell\":\"property\",\"name\":\"n\"," + choice + "}]}";
    }

    private JsonNode choose(String id, String choice) throws Exception {
        return RestCalls.answer(rest.send("PUT", "/merge-requests/" + id + "/choices", chosen("ben", choice)), 200).get("conflicts");
    }

    /** The value of {@code n} of an element. */
    private JsonNode value(String branch, String id) throws Exception {
        for (JsonNode element : rest.read("/document?branch=" + branch).at("/document/elements")) {
            if (element.get("id").textValue().equals(id)) {
                return element.at("/props/n");
            }
        }
        return TestServer.JSON.missingNode();
    }

    private int number(String branch, String id) throws Exception {
        return value(branch, id).intValue();
    }

    private static List<String> slugs(JsonNode array) {
        var slugs = new ArrayList<String>();
        array.forEach(each -> slugs.add(each.textValue()));
        return slugs;
    }

    private JsonNode distance(String branch) throws Exception {
        return rest.read("/branches/" + branch);
    }

    /** All at the same time. */
    private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<T>();
            for (var each : threads.invokeAll(calls)) {
                results.add(each.get());
            }
            return results;
        }
    }

    // ---- one request

    @Test
    @DisplayName("[MRQ-1][MRQ-4][MRQ-5][MRQ-8][CHG-7] conflicts are chosen for, a choice lapses when somebody edits, the merge is one change that can be undone")
    void given_a_fork_when_both_go_on_then_it_is_merged_once_everything_is_chosen() throws Exception {
        edit("ana", "main", create("a"), create("b"), create("c"));
        fork("idea", "main");
        edit("ben", "idea", set("a", 5), set("b", 6));
        edit("ana", "main", set("a", 1), set("c", 7));
        String id = open("ben", "idea", "main");
        JsonNode request = read(id);
        assertThat(request.get("status").textValue()).isEqualTo("open");
        assertThat(request.at("/base/branch").textValue()).isEqualTo("main");
        assertThat(request.get("openConflicts").intValue()).isEqualTo(1);
        assertThat(request.get("differences").intValue()).isEqualTo(2);
        assertThat(slugs(request.get("blockers"))).containsExactly("merge-conflicts");
        assertThat(rest.read("/merge-requests/" + id + "/diff").get("differences")).hasSize(2);

        JsonNode conflict = rest.read("/merge-requests/" + id + "/conflicts").at("/conflicts/0");
        assertThat(conflict.get("ours").intValue()).isEqualTo(1);
        assertThat(conflict.get("theirs").intValue()).isEqualTo(5);
        assertThat(slugs(conflict.get("choices"))).containsExactly("OURS", "THEIRS", "AVERAGE", "VALUE");
        assertThat(refusal("ben", id)).isEqualTo("merge-conflicts");

        JsonNode now = choose(id, "\"choice\":\"VALUE\",\"value\":3,\"ours\":1,\"theirs\":5");
        assertThat(now.at("/0/choice/value").intValue()).isEqualTo(3);
        assertThat(read(id).get("mergeable").booleanValue()).isTrue();
        edit("ana", "main", set("a", 2));
        assertThat(refusal("ben", id)).as("the choice lapsed").isEqualTo("merge-conflicts");
        assertThat(rest.problem("PUT", "/merge-requests/" + id + "/choices", chosen("ben", "\"choice\":\"OURS\",\"ours\":1,\"theirs\":5")))
            .isEqualTo("conflict-stale");
        choose(id, "\"choice\":\"THEIRS\"");

        try (var watcher = server.join(session, "eve")) {
            JsonNode done = merged("ben", id);
            Map<String, JsonNode> heard = both(watcher, "changes", "mergeRequest");
            JsonNode change = heard.get("changes").at("/changes/0");
            assertThat(change.get("kind").textValue()).isEqualTo("merge");
            assertThat(change.get("changeId")).isEqualTo(done.get("changeId"));
            assertThat(change.at("/merged/branch").textValue()).isEqualTo("idea");
            assertThat(change.at("/merged/revision").longValue()).isEqualTo(read(id).at("/head/source").longValue());
            assertThat(heard.get("mergeRequest").at("/mergeRequest/status").textValue()).isEqualTo("merged");
            assertThat(List.of(number("main", "a"), number("main", "b"), number("main", "c"))).containsExactly(5, 6, 7);
            assertThat(refusal("ben", id)).isEqualTo("merge-request-closed");
            assertThat(distance("idea").get("ahead").longValue()).isZero();
            assertThat(distance("idea").get("behind").longValue()).isEqualTo(2);

            rest.post("/changes/" + done.get("changeId").textValue() + "/undo", "{" + RestCalls.guest("ben") + "}");
            assertThat(List.of(number("main", "a"), number("main", "b"))).containsExactly(2, 0);
        }
        assertThat(read(id).at("/merged/by/name").textValue()).isEqualTo("ben");
        assertThat(read(id).get("differences").intValue()).as("what it brought").isEqualTo(2);
    }

    /** What is committed, and that it was asked for, are told by two threads: either may be first. */
    private static Map<String, JsonNode> both(TestClient client, String one, String other) {
        var heard = new HashMap<String, JsonNode>();
        while (heard.size() < 2) {
            JsonNode frame = client.next(each -> Set.of(one, other).contains(each.get("type").textValue()));
            heard.put(frame.get("type").textValue(), frame);
        }
        return heard;
    }

    @Test
    @DisplayName("[MRG-11] merged there and back again nothing is asked twice, and both have the same")
    void given_merges_in_both_directions_then_nothing_is_asked_twice() throws Exception {
        edit("ana", "main", create("a"), create("b"));
        fork("idea", "main");
        edit("ben", "idea", set("a", 5));
        edit("ana", "main", set("a", 1), set("b", 8));
        String up = open("ben", "idea", "main");
        choose(up, "\"choice\":\"OURS\"");
        merged("ben", up);
        String down = open("ana", "main", "idea");
        assertThat(read(down).get("openConflicts").intValue()).isZero();
        merged("ana", down);
        assertThat(List.of(number("idea", "a"), number("idea", "b"))).containsExactly(1, 8);
        assertThat(distance("idea").get("behind").longValue()).isZero();
        edit("ben", "idea", set("a", 9));
        String again = open("ben", "idea", "main");
        assertThat(read(again).at("/base/branch").textValue()).isEqualTo("main");
        merged("ben", again);
        assertThat(number("main", "a")).isEqualTo(9);
        String nothing = open("ben", "idea", "main");
        long head = read(nothing).at("/head/target").longValue();
        assertThat(merged("ben", nothing).get("revision").longValue()).as("nothing to do").isEqualTo(head);
        assertThat(read(nothing).get("status").textValue()).isEqualTo("merged");
    }

    // ---- at once

    @Test
    @DisplayName("[MRQ-8] one request merged by many at once is merged once")
    void given_many_who_merge_one_request_then_one_does() throws Exception {
        edit("ana", "main", create("a"));
        fork("idea", "main");
        edit("ben", "idea", set("a", 5));
        String id = open("ben", "idea", "main");
        var calls = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 6; i++) {
            String guest = "p" + i;
            calls.add(() -> merge(guest, id).statusCode());
        }
        assertThat(atOnce(calls)).containsOnlyOnce(200).allMatch(status -> status == 200 || status == 409);
        assertThat(read(id).at("/head/target").longValue()).isEqualTo(2);
    }

    @Test
    @DisplayName("[MRQ-8][MRQ-9] requests into one target at once all come in, but one that then has conflicts, which tells them")
    void given_requests_into_one_target_at_once_then_each_comes_in_or_has_its_conflicts() throws Exception {
        edit("ana", "main", create("a"), create("b"), create("c"));
        var requests = new ArrayList<String>();
        for (String name : List.of("one", "two", "three")) {
            fork(name, "main");
        }
        edit("ana", "one", set("a", 1));
        edit("ana", "two", set("b", 2), set("c", 2));
        edit("ana", "three", set("c", 3));
        for (String name : List.of("one", "two", "three")) {
            requests.add(open("ana", name, "main"));
        }
        List<Integer> statuses = atOnce(requests.stream().<Callable<Integer>>map(id -> () -> merge("ben", id).statusCode()).toList());
        assertThat(statuses.getFirst()).isEqualTo(200);
        assertThat(statuses.subList(1, 3)).containsExactlyInAnyOrder(200, 409);
        String late = requests.get(statuses.indexOf(409));
        assertThat(read(late).get("openConflicts").intValue()).isEqualTo(1);
        assertThat(number("main", "a")).isEqualTo(1);
        assertThat(number("main", "c")).isEqualTo(statuses.get(1) == 200 ? 2 : 3);
        RestCalls.answer(rest.send("PUT", "/merge-requests/" + late + "/choices",
            chosen("ben", "\"choice\":\"THEIRS\"").replace("\"element\":\"a\"", "\"element\":\"c\"")), 200);
        merged("ben", late);
        assertThat(number("main", "b")).isEqualTo(2);
    }

    @Test
    @DisplayName("[MRQ-8] merges of one pair in both directions at once leave both with everything")
    void given_both_directions_at_once_then_one_comes_after_the_other() throws Exception {
        edit("ana", "main", create("a"), create("b"));
        fork("idea", "main");
        for (int round = 1; round <= 4; round++) {
            edit("ben", "idea", set("a", round));
            edit("ana", "main", set("b", round));
            String up = open("ben", "idea", "main");
            String down = open("ana", "main", "idea");
            assertThat(atOnce(List.<Callable<Integer>>of(() -> merge("ben", up).statusCode(), () -> merge("ana", down).statusCode())))
                .containsExactly(200, 200);
            for (String branch : List.of("main", "idea")) {
                assertThat(List.of(number(branch, "a"), number(branch, "b"))).as(branch).containsExactly(round, round);
            }
        }
    }

    // ---- rules

    @Test
    @DisplayName("[MRQ-7][MRQ-9] into a protected branch only who may MERGE does, with approvals of the source as it is")
    void given_a_protected_branch_then_reviews_count() throws Exception {
        edit("ana", "main", create("a"));
        fork("idea", "main");
        edit("ben", "idea", set("a", 5));
        String id = open("ben", "idea", "main");
        RestCalls.answer(rest.send("PATCH", "/branches/main", "{\"protection\":{\"approvals\":1}}", "Chorale-Owner-Key", ownerKey), 200);
        assertThat(refusal("eve", id)).isEqualTo("approvals-missing");
        String review = "/merge-requests/" + id + "/reviews";
        assertThat(rest.problem("POST", review, "{" + RestCalls.guest("ben") + ",\"verdict\":\"APPROVED\"}")).isEqualTo("forbidden");
        rest.post(review, "{" + RestCalls.guest("eve") + ",\"verdict\":\"CHANGES_REQUESTED\",\"text\":\"Why five?\"}");
        assertThat(slugs(read(id).get("blockers"))).containsExactly("changes-requested", "approvals-missing");
        JsonNode approved = rest.post(review, "{" + RestCalls.guest("eve") + ",\"verdict\":\"APPROVED\"}");
        assertThat(approved.get("approvals").intValue()).isEqualTo(1);
        assertThat(refusal("eve", id)).as("no right to MERGE").isEqualTo("forbidden");

        String eve = approved.at("/reviewers/0/userId").textValue();
        RestCalls.answer(rest.send("PUT", "/members/" + eve, "{\"role\":\"ADMIN\"}", "Chorale-Owner-Key", ownerKey), 200);
        edit("ben", "idea", set("a", 6));
        assertThat(read(id).at("/reviewers/0/stale").booleanValue()).isTrue();
        assertThat(refusal("eve", id)).as("the approval is out of date").isEqualTo("approvals-missing");
        assertThat(rest.problem("POST", "/cherry-picks", "{" + RestCalls.guest("eve") + ",\"changeId\":\"x:0\",\"from\":\"idea\"}"))
            .isEqualTo("branch-protected");
        rest.post(review, "{" + RestCalls.guest("eve") + ",\"verdict\":\"APPROVED\"}");
        merged("eve", id);
        assertThat(number("main", "a")).isEqualTo(6);
        assertThat(rest.read("/merge-requests/" + id + "/comments").at("/comments/0/text").textValue()).isEqualTo("Why five?");
    }

    @Test
    @DisplayName("[MRQ-2][MRQ-9][MRQ-11] what cannot be merged is refused: unrelated, closed, archived, gone")
    void given_what_cannot_be_merged_then_it_is_refused() throws Exception {
        edit("ana", "main", create("a"));
        fork("one", "main");
        fork("two", "main");
        edit("ben", "one", set("a", 5));
        String body = "{" + RestCalls.guest("ben") + ",\"source\":\"one\",\"title\":\"x\",\"target\":\"";
        assertThat(rest.problem("POST", "/merge-requests", body + "two\"}")).isEqualTo("unrelated-branches");
        assertThat(rest.problem("POST", "/merge-requests", body + "one\"}")).isEqualTo("unrelated-branches");
        assertThat(rest.problem("POST", "/merge-requests", body + "three\"}")).isEqualTo("branch-not-found");
        assertThat(rest.problem("POST", "/merge-requests", body.replace("one", "main").replace(",\"target\":\"", "}"))).isEqualTo("unrelated-branches");
        assertThat(rest.problem("GET", "/merge-requests/m999999", null)).isEqualTo("merge-request-not-found");
        assertThat(rest.problem("GET", "/merge-requests?status=lost", null)).isEqualTo("invalid-request");

        String id = open("ben", "one", "main");
        assertThat(rest.problem("DELETE", "/branches/one", null, "Chorale-Owner-Key", ownerKey)).isEqualTo("branch-in-use");
        String patch = "/merge-requests/" + id;
        assertThat(rest.problem("PATCH", patch, "{" + RestCalls.guest("eve") + ",\"status\":\"closed\"}")).isEqualTo("forbidden");
        RestCalls.answer(rest.send("PATCH", patch, "{" + RestCalls.guest("ben") + ",\"status\":\"closed\",\"title\":\"Never mind\"}"), 200);
        assertThat(refusal("ben", id)).isEqualTo("merge-request-closed");
        assertThat(rest.read("/merge-requests?status=closed").at("/mergeRequests/0/title").textValue()).isEqualTo("Never mind");
        assertThat(rest.read("/merge-requests?status=open").get("mergeRequests")).isEmpty();
        RestCalls.answer(rest.send("PATCH", patch, "{" + RestCalls.guest("ben") + ",\"status\":\"open\"}"), 200);

        String down = open("ben", "main", "two");
        RestCalls.answer(rest.send("PATCH", "/branches/two", "{\"archived\":true}", "Chorale-Owner-Key", ownerKey), 200);
        assertThat(refusal("ben", down)).isEqualTo("branch-archived");
        assertThat(slugs(read(down).get("blockers"))).containsExactly("branch-archived");
        server.closeSession(session, ownerKey);
        assertThat(refusal("ben", id)).isEqualTo("session-closed");
        assertThat(read(id).get("status").textValue()).isEqualTo("open");
    }

    @Test
    @DisplayName("[MRQ-10] one change of another branch is taken, with what was chosen for its conflicts")
    void given_a_change_of_another_branch_then_it_is_taken_alone() throws Exception {
        edit("ana", "main", create("a"), create("b"));
        fork("idea", "main");
        edit("ben", "idea", set("b", 4));
        String picked = edit("ben", "idea", set("a", 5)).get("changeId").textValue();
        edit("ana", "main", set("a", 1));
        String body = "{" + RestCalls.guest("ana") + ",\"from\":\"idea\",\"changeId\":\"" + picked + "\"";
        HttpResponse<String> refused = rest.send("POST", "/cherry-picks", body + "}");
        assertThat(refused.statusCode()).isEqualTo(409);
        JsonNode conflict = TestServer.JSON.readTree(refused.body()).at("/conflicts/0");
        assertThat(conflict.get("theirs").intValue()).isEqualTo(5);
        rest.post("/cherry-picks", body + ",\"choices\":[{\"element\":\"a\",\"cell\":\"property\",\"name\":\"n\",\"choice\":\"THEIRS\","
            + "\"ours\":1,\"theirs\":5}]}");
        assertThat(List.of(number("main", "a"), number("main", "b"))).containsExactly(5, 0);
        assertThat(rest.problem("POST", "/cherry-picks", body.replace(picked, "nobody:7") + "}")).isEqualTo("unknown-change");
    }
}
