package org.chorale.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("what a merge comes to: what the TypeScript client finds as well")
class MergeVectorsTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void given_a_vector_when_its_forks_are_merged_then_the_outcome_is_as_expected(String name, JsonNode vector) {
        assertThat(Vectors.canonical(MergeVectors.filled(vector))).isEqualTo(Vectors.canonical(vector));
    }

    @Test
    void given_the_generated_vectors_when_they_are_generated_again_then_they_are_the_same() {
        assertThat(Vectors.text(Vectors.DIRECTORY.resolve(MergeVectorGenerator.FILE))).isEqualTo(MergeVectorGenerator.generated());
    }

    @Test
    void given_the_vectors_written_by_hand_then_each_rule_but_that_of_undo_is_cited() {
        var cited = Vectors.cases("merge.json").stream().map(vector -> vector.get("name").textValue())
            .map(name -> name.substring(1, name.indexOf(']'))).collect(Collectors.toCollection(TreeSet::new));
        assertThat(cited).isEqualTo(IntStream.rangeClosed(1, 15).filter(rule -> rule != 12).mapToObj(rule -> "MRG-" + rule)
            .collect(Collectors.toCollection(TreeSet::new)));
    }

    static Stream<Arguments> vectors() {
        return Vectors.of("merge.json", MergeVectorGenerator.FILE);
    }
}
