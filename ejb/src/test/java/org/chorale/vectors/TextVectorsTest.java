package org.chorale.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chorale.problem.ProblemType.INVALID_OPERATION;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.chorale.document.codec.Json;
import org.chorale.problem.CollaborationException;
import org.chorale.text.Side;
import org.chorale.text.TextDiff;
import org.chorale.text.TextEdit;
import org.chorale.text.TextEdit.Step;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("text edits: what the TypeScript client finds as well")
class TextVectorsTest {
    private static final Path VECTORS = Path.of("..", "protocol-vectors");

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void given_a_vector_when_it_is_run_then_the_outcome_is_as_expected(String name, JsonNode vector) {
        try {
            assertThat(outcome(vector)).hasToString(vector.path("expected").toString());
        } catch (CollaborationException refused) {
            assertThat(refused.problem().type().slug()).isEqualTo(vector.path("problem").textValue());
        }
    }

    @Test
    void given_the_generated_vectors_when_they_are_generated_again_then_they_are_the_same() throws IOException {
        assertThat(Files.readString(VECTORS.resolve(TextVectorGenerator.FILE))).isEqualTo(TextVectorGenerator.generated());
    }

    static Stream<Arguments> vectors() throws IOException {
        return Stream.concat(read("text.json"), read(TextVectorGenerator.FILE));
    }

    private static Stream<Arguments> read(String file) throws IOException {
        JsonNode cases = Json.read(Files.readString(VECTORS.resolve(file))).path("cases");
        return StreamSupport.stream(cases.spliterator(), false).map(vector -> Arguments.of(vector.path("name").textValue(), vector));
    }

    /** What a vector leads to, as the JSON that it expects. */
    static JsonNode outcome(JsonNode vector) {
        return switch (text(vector, "kind")) {
            case "normalize" -> json(edit(vector, "steps"));
            case "measure" -> Json.MAPPER.createObjectNode().put("requiredLength", edit(vector, "edit").requiredLength())
                .put("lengthChange", edit(vector, "edit").lengthChange());
            case "apply" -> json(edit(vector, "edit").apply(text(vector, "text")));
            case "transform" -> json(edit(vector, "mine").transform(edit(vector, "over"), side(vector)));
            case "converge" -> json(converged(text(vector, "text"), edit(vector, "earlier"), edit(vector, "later")));
            case "compose" -> json(edit(vector, "first").compose(edit(vector, "second")));
            case "invert" -> json(edit(vector, "edit").invert(text(vector, "before")));
            case "diff" -> json(TextDiff.between(text(vector, "before"), text(vector, "after")));
            default -> throw new IllegalArgumentException("kind of vector: " + vector);
        };
    }

    static ArrayNode json(TextEdit edit) {
        ArrayNode steps = Json.MAPPER.createArrayNode();
        for (Step step : edit.steps()) {
            switch (step) {
                case Step.Retain(int count) -> steps.add(count);
                case Step.Insert(String text) -> steps.add(text);
                case Step.Delete(int count) -> steps.add(-count);
            }
        }
        return steps;
    }

    private static JsonNode json(String text) {
        return Json.MAPPER.getNodeFactory().textNode(text);
    }

    private static String converged(String text, TextEdit earlier, TextEdit later) {
        String converged = later.transform(earlier, Side.LATER).apply(earlier.apply(text));
        assertThat(earlier.transform(later, Side.EARLIER).apply(later.apply(text))).isEqualTo(converged);
        return converged;
    }

    private static TextEdit edit(JsonNode vector, String field) {
        JsonNode steps = vector.path(field);
        if (!steps.isArray()) {
            throw INVALID_OPERATION.because(field + " (expected: an array)");
        }
        return new TextEdit(StreamSupport.stream(steps.spliterator(), false).map(TextVectorsTest::step).toList());
    }

    private static Step step(JsonNode step) {
        if (step.isTextual()) {
            return new Step.Insert(step.textValue());
        }
        boolean whole = step.isNumber() && step.canConvertToExactIntegral() && Math.abs(step.doubleValue()) <= Integer.MAX_VALUE;
        if (!whole) {
            throw INVALID_OPERATION.because("step of a text edit (expected: a string or a count)");
        }
        return step.intValue() < 0 ? new Step.Delete(-step.intValue()) : new Step.Retain(step.intValue());
    }

    private static String text(JsonNode vector, String field) {
        return vector.path(field).textValue();
    }

    private static Side side(JsonNode vector) {
        return Side.valueOf(text(vector, "side").toUpperCase(Locale.ROOT));
    }
}
