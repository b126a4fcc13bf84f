package org.chorale.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("what a client does between a person's edits and the server's word: what the TypeScript client does as well")
class ClientVectorsTest {
    private static final List<String> RULES = List.of("CLI-1", "CLI-2", "CLI-3", "CLI-4", "CLI-5", "CLI-6", "CLI-7", "CLI-8", "CLI-9",
        "CHG-5", "CON-5");

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void given_a_vector_when_its_steps_happen_then_the_client_does_and_shows_what_is_expected(String name, JsonNode vector) {
        assertThat(Vectors.canonical(ClientTrace.filled(vector))).isEqualTo(Vectors.canonical(vector));
    }

    @Test
    void given_the_generated_vectors_when_they_are_generated_again_then_they_are_the_same() {
        assertThat(Vectors.text(Vectors.DIRECTORY.resolve(ClientVectorGenerator.GENERATED))).isEqualTo(ClientVectorGenerator.generated());
    }

    @Test
    void given_the_vectors_written_by_hand_then_each_rule_is_cited() {
        String names = Vectors.cases(ClientVectorGenerator.WRITTEN).stream().map(vector -> vector.get("name").textValue())
            .collect(Collectors.joining());
        assertThat(RULES).allSatisfy(rule -> assertThat(names).contains("[" + rule + "]"));
    }

    static Stream<Arguments> vectors() {
        return Vectors.of(ClientVectorGenerator.WRITTEN, ClientVectorGenerator.GENERATED);
    }
}
