package org.chorale.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.stream.Stream;
import org.chorale.conflict.Policies;
import org.chorale.document.Author;
import org.chorale.document.Decider;
import org.chorale.document.Decision;
import org.chorale.document.Document;
import org.chorale.document.DocumentForm;
import org.chorale.document.Limits;
import org.chorale.document.codec.ChangeCodec;
import org.chorale.document.codec.Json;
import org.chorale.problem.CollaborationException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("what no sane client sends")
class HostileVectorsTest {
    private static final Author AUTHOR = new Author("u", "p");
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    private final Document document = new Document();
    private final Decider decider = new Decider(document, Limits.DEFAULT, Policies.DEFAULT);

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void given_a_hostile_change_when_it_arrives_then_it_is_refused_and_leaves_no_trace(String name, JsonNode vector) {
        setUp(vector.get("document"));
        String before = DocumentForm.of(document) + document.revision();
        assertThat(outcome(vector.get("change").textValue())).isInstanceOfSatisfying(Decision.Refused.class,
            refused -> assertThat(refused.problem().type().slug()).isEqualTo(vector.get("problem").textValue()));
        assertThat(DocumentForm.of(document) + document.revision()).isEqualTo(before);
    }

    private void setUp(JsonNode operations) {
        if (operations.isEmpty()) {
            return;
        }
        ObjectNode change = Json.MAPPER.createObjectNode().put("changeId", "setup:0").put("baseRevision", 0).put("seenRevision", 0)
            .set("operations", operations);
        assertThat(decider.decide(ChangeCodec.readSubmitted(change), AUTHOR, AT)).isInstanceOf(Decision.Accepted.class);
    }

    private Decision outcome(String change) {
        try {
            return decider.decide(ChangeCodec.readSubmitted(Vectors.json(change)), AUTHOR, AT);
        } catch (CollaborationException malformed) {
            return new Decision.Refused(malformed.problem());
        }
    }

    static Stream<Arguments> vectors() {
        return Vectors.of("hostile.json");
    }
}
