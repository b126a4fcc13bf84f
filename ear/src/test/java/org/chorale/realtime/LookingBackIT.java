package org.chorale.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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

/** A branch's past: who wrote what, the whole of it at a glance, and as files. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class LookingBackIT {
    private static final String HOST = "localhost:19080";

    private TestServer server;
    private String session;
    private RestCalls rest;

    @Deployment(testable = false)
    static EnterpriseArchive deployment() {
        return Deployments.application(LookingBackIT.class);
    }

    @BeforeEach
    void startSession() throws Exception {
        start("scene");
    }

    private void start(String kind) throws Exception {
        server = new TestServer(HOST);
        session = server.startSession(10, kind).get("sessionId").textValue();
        rest = new RestCalls(HOST, session);
    }

    private static String create(String id) {
        return "{\"op\":\"create\",\"id\":\"" + id + "\",\"elementType\":\"box\",\"parent\":null,\"props\":{\"n\":0}}";
    }

    private static String set(String id, String name, String value) {
        return "{\"op\":\"set\",\"id\":\"" + id + "\",\"path\":[\"" + name + "\"],\"value\":" + value + "}";
    }

    // ---- who wrote what

    @Test
    @DisplayName("[TIM-1][TIM-2] each cell has its author, by name, and the change")
    void given_a_document_of_two_people_when_it_is_blamed_then_each_cell_has_its_author() throws Exception {
        rest.commit("ana", create("a"));
        rest.commit("ben", set("a", "n", "5"));
        rest.commit("ben", create("b"));
        JsonNode changes = rest.read("/changes").get("changes");
        JsonNode blame = rest.read("/blame?element=a");
        assertThat(blame.get("revision").longValue()).isEqualTo(3);
        assertThat(blame.get("cells").findValuesAsText("cell")).containsExactly("existence", "deleted", "place", "property");
        JsonNode n = blame.at("/cells/3");
        assertThat(n.get("name").textValue()).isEqualTo("n");
        assertThat(n.at("/by/name").textValue()).isEqualTo("ben");
        assertThat(n.at("/by/userId")).isEqualTo(changes.at("/1/userId"));
        assertThat(n.at("/by/changeId")).isEqualTo(changes.at("/1/changeId"));
        assertThat(n.at("/by/at")).isEqualTo(changes.at("/1/at"));
        assertThat(rest.read("/blame?element=a&revision=1").at("/cells/3/by/name").textValue()).isEqualTo("ana");
        assertThat(rest.read("/diff?from=1").at("/differences/0/by/name").textValue()).isEqualTo("ben");

        JsonNode all = rest.read("/blame");
        JsonNode first = rest.read("/blame?limit=2");
        rest.commit("ana", create("0"));
        JsonNode second = rest.read("/blame?cursor=" + first.get("nextCursor").textValue());
        assertThat(second.get("revision").longValue()).as("the revision of the first page").isEqualTo(3);
        var joined = new ArrayList<JsonNode>();
        first.get("cells").forEach(joined::add);
        second.get("cells").forEach(joined::add);
        assertThat(joined).hasSize(8).isEqualTo(List.copyOf(list(all.get("cells"))));
    }

    @Test
    @DisplayName("[TIM-1] who came over a socket is known by the last name they had, with a secret or without")
    void given_people_on_sockets_when_they_are_gone_then_their_names_are_told() throws Exception {
        try (var cara = server.join(session, "cara")) {
            cara.send("{\"type\":\"submit\",\"changes\":[" + TestServer.change("s:0", 0, create("a")) + "]}");
            cara.next("accepted");
        }
        server.untilEmpty(session);
        server.until("the name is kept", () -> rest.read("/blame").at("/cells/0/by").has("name"));
        assertThat(rest.read("/blame").at("/cells/0/by/name").textValue()).isEqualTo("cara");
    }

    @ParameterizedTest
    @CsvSource({"/blame?revision=9, revision-ahead", "/blame?revision=x, branch-not-found", "/blame?element=nobody, unknown-element",
        "/blame?cursor=9.0, revision-ahead", "/blame?cursor=1.x, invalid-request", "/blame?cursor=99999999999999999999.1, invalid-request",
        "/blame?limit=0, invalid-request", "/blame?branch=nowhere, branch-not-found", "/timeline?from=3&to=2, invalid-request",
        "/timeline?from=0, invalid-request", "/timeline?to=0, invalid-request", "/timeline?buckets=1001, invalid-request",
        "/timeline?branch=nowhere, branch-not-found", "/timeline.json?from=-1, invalid-request", "/timeline.json?limit=0, invalid-request",
        "/timeline.json?from=2&to=1, invalid-request", "/timeline.csv?to=x, invalid-request", "/timeline.csv?branch=nowhere, branch-not-found"})
    @DisplayName("[TIM-2][TIM-3][TIM-4] what cannot be read is refused")
    void given_a_question_about_nothing_then_it_is_refused(String path, String slug) throws Exception {
        rest.commit("ana", create("a"));
        assertThat(rest.problem("GET", path, null)).isEqualTo(slug);
        assertThat(new RestCalls(HOST, "0000000000").problem("GET", path.split("\\?")[0], null)).isEqualTo("session-not-found");
    }

    // ---- all of it

    @Test
    @DisplayName("[TIM-3][TIM-4] the past at a glance, and all of its changes as one file")
    void given_a_history_when_it_is_taken_along_then_every_change_is_in_it() throws Exception {
        rest.commit("ana", create("a"));
        var operations = new ArrayList<String>();
        for (int i = 0; i < 250; i++) {
            operations.add("{\"operations\":[" + set("a", "n", Integer.toString(i)) + "]}");
        }
        for (List<String> some : List.of(operations.subList(0, 100), operations.subList(100, 200), operations.subList(200, 250))) {
            rest.post("/changes", "{" + RestCalls.guest("ben") + ",\"changes\":[" + String.join(",", some) + "]}");
        }
        JsonNode overview = rest.read("/timeline?buckets=4");
        assertThat(overview.get("head").longValue()).isEqualTo(251);
        assertThat(overview.get("buckets")).hasSize(4);
        assertThat(new HashSet<>(overview.at("/buckets/0/users").findValuesAsText("name"))).isEqualTo(new HashSet<>(List.of("ana", "ben")));
        assertThat(overview.at("/buckets/3/to").longValue()).isEqualTo(251);
        assertThat(overview.get("endAt")).isEqualTo(overview.at("/buckets/3/at"));

        JsonNode all = rest.read("/timeline.json");
        assertThat(all).hasSize(251);
        JsonNode change = rest.read("/changes?from=200&to=200").at("/changes/0");
        JsonNode entry = all.get(199);
        for (String field : List.of("revision", "changeId", "userId", "at", "kind", "operations")) {
            assertThat(entry.get(field)).as(field).isEqualTo(change.get(field));
        }
        assertThat(entry.get("name").textValue()).isEqualTo("ben");
        assertThat(rest.read("/timeline.json?from=5&limit=3").findValuesAsText("revision")).containsExactly("5", "6", "7");
        assertThat(rest.read("/timeline.json?from=999")).isEmpty();

        List<String> table = rest.send("GET", "/timeline.csv?to=2", null).body().lines().toList();
        assertThat(table).hasSize(3);
        assertThat(table.getFirst()).isEqualTo("revision,at,userId,name,kind,operations,elements");
        assertThat(table.get(1)).startsWith("1,20").endsWith(",ana,edit,1,a");
    }

    @Test
    @DisplayName("[TIM-5] a parameter session's table has a column for each parameter, and no formulas")
    void given_a_parameter_session_when_its_table_is_taken_along_then_it_has_the_values() throws Exception {
        start("parameters");
        rest.commit("ana", "{\"op\":\"create\",\"id\":\"parameters\",\"elementType\":\"parameters\",\"parent\":null,"
            + "\"props\":{\"mu\":1,\"definition:mu\":{}}}");
        rest.commit("=ben", set("parameters", "nu", "2.5"));
        rest.commit("=ben", set("parameters", "definition:mu", "{\"min\":0}"));
        HttpResponse<String> answer = rest.send("GET", "/timeline.csv", null);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
        assertThat(answer.headers().firstValue("Content-Disposition").orElse("")).startsWith("attachment");
        List<String> rows = answer.body().lines().toList();
        assertThat(rows).hasSize(3);
        assertThat(rows.getFirst()).isEqualTo("revision,at,userId,name,mu,nu");
        assertThat(rows.get(1)).endsWith(",ana,1,");
        assertThat(rows.get(2)).startsWith("2,").endsWith(",\"'=ben\",1,2.5");
        assertThat(rest.send("GET", "/timeline.csv?from=99", null).body()).isEqualTo("revision,at,userId,name,mu,nu\r\n");
    }

    private static List<JsonNode> list(JsonNode array) {
        var items = new ArrayList<JsonNode>();
        array.forEach(items::add);
        return items;
    }
}
