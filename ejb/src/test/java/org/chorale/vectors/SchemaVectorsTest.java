package org.chorale.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chorale.protocol.ProtocolSchemas.Side.CLIENT;
import static org.chorale.protocol.ProtocolSchemas.Side.SERVER;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chorale.document.codec.Json;
import org.chorale.protocol.ProtocolSchemas;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the vectors take for well formed, docs/protocol/schemas take for well formed. */
@DisplayName("the vectors in the eyes of the schemas")
class SchemaVectorsTest {
    private static final ProtocolSchemas SCHEMAS = new ProtocolSchemas();
    /** What makes a change not well formed, as opposed to one that comes at the wrong time or place. */
    private static final Set<String> MALFORMED = Set.of("invalid-change", "invalid-operation", "invalid-value");
    /** What JSON Schema cannot say: the two halves of a character, sizes of doubles, sums, and how one thing stands to another. */
    private static final Set<String> BEYOND_SCHEMAS = Set.of(
        "[DOC-4] a lone surrogate in a value", "[DOC-4] a lone surrogate in a previous value",
        "[DOC-5] a lone surrogate in a property name",
        "[DOC-9] a lone surrogate as a member", "[DOC-9] a lone surrogate in a text of a create", "[OPS-11] a lone surrogate put in",
        "[OPS-11] halves of a pair put in one after the other",
        "[DOC-4] the number 1e400", "[DOC-4] the number 1e400 as a delta", "[DOC-4] the number -1e400 in a vector",
        "[OPS-11] steps that reach beyond 2147483647", "[OPS-12] items: with one id twice", "[SUB-3] seen beyond the base",
        "[DOC-8] an element below a constraint", "[DOC-8] a move below a constraint", "[DOC-8] a constraint on a constraint",
        "[DOC-8] a move of a constraint below itself",
        "[OPS-11] a delete of half a surrogate pair", "[OPS-11] a delete that begins within a surrogate pair",
        "[OPS-11] an insert between the halves of a surrogate pair", "[OPS-11] an edit that retains beyond the end",
        "[OPS-11] an edit that deletes beyond the end", "[OPS-11] an edit that deletes where nothing was ever written");

    @ParameterizedTest(name = "{0}")
    @MethodSource("histories")
    void given_a_history_then_what_was_accepted_and_what_came_of_it_is_as_described(String name, JsonNode vector) {
        for (JsonNode step : vector.get("steps")) {
            requireAsDescribed(step);
        }
        ObjectNode snapshot = frame("snapshot").put("revision", 0).put("hash", vector.get("hash").textValue());
        assertThat(SCHEMAS.violations(SERVER, snapshot.set("document", vector.get("document")))).isEmpty();
    }

    private static void requireAsDescribed(JsonNode step) {
        JsonNode results = step.get("results");
        for (int i = 0; i < results.size(); i++) {
            JsonNode change = step.at("/submit/changes/" + i);
            if (results.get(i).has("operations")) {
                assertThat(SCHEMAS.violations(SERVER, committed(results.get(i)))).isEmpty();
            }
            if (!change.isMissingNode() && !results.get(i).has("problem")) {
                assertThat(SCHEMAS.violations(CLIENT, submit(change))).isEmpty();
            }
        }
    }

    @Test
    @DisplayName("what no sane client sends is found by the schemas, but for what they cannot say")
    void given_hostile_changes_then_the_schemas_find_those_that_are_malformed() {
        Set<String> unseen = Vectors.cases("hostile.json").stream()
            .filter(vector -> SCHEMAS.violations(CLIENT, submit(Vectors.json(vector.get("change").textValue()))).isEmpty())
            .filter(vector -> MALFORMED.contains(vector.get("problem").textValue()))
            .map(vector -> vector.get("name").textValue()).collect(Collectors.toSet());
        assertThat(unseen).isEqualTo(BEYOND_SCHEMAS);
    }

    private static ObjectNode submit(JsonNode change) {
        ObjectNode submit = frame("submit");
        submit.putArray("changes").add(change);
        return submit;
    }

    /** A result as everybody gets it, the server's own change right behind included. */
    private static ObjectNode committed(JsonNode result) {
        long revision = result.get("revision").longValue();
        ObjectNode changes = frame("changes").put("from", revision).put("to", revision);
        var list = changes.putArray("changes").add(change(revision, "edit", result.get("operations"), result.get("notes")));
        if (result.has("system")) {
            list.add(change(revision + 1, "system", result.get("system"), Json.MAPPER.createArrayNode()));
        }
        return changes;
    }

    private static ObjectNode change(long revision, String kind, JsonNode operations, JsonNode notes) {
        ObjectNode change = Json.MAPPER.createObjectNode().put("revision", revision).put("changeId", "ann:1").put("userId", "ann")
            .put("participantId", "p1").put("at", "2026-01-01T00:00:00Z").put("kind", kind);
        change.set("operations", operations);
        return change.set("notes", notes);
    }

    private static ObjectNode frame(String type) {
        return Json.MAPPER.createObjectNode().put("type", type);
    }

    static Stream<Arguments> histories() {
        return Vectors.of("decide.json", "decide-generated.json", "conflicts.json", "conflicts-generated.json", "undo.json",
            "undo-generated.json");
    }
}
