package org.chorale.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("what changes do to a document: what the TypeScript client finds as well")
class HistoryVectorsTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void given_a_vector_when_its_steps_are_carried_out_then_the_outcome_is_as_expected(String name, JsonNode vector) {
        assertThat(Vectors.canonical(History.filled(vector))).isEqualTo(Vectors.canonical(vector));
    }

    @ParameterizedTest
    @EnumSource
    void given_the_generated_vectors_when_they_are_generated_again_then_they_are_the_same(HistoryGenerator.Theme theme) {
        assertThat(Vectors.text(Vectors.DIRECTORY.resolve(theme.file()))).isEqualTo(HistoryGenerator.generated(theme));
    }

    static Stream<Arguments> vectors() {
        return Stream.concat(Vectors.of("decide.json", "conflicts.json", "undo.json"),
            Stream.of(HistoryGenerator.Theme.values()).flatMap(theme -> Vectors.of(theme.file())));
    }
}
