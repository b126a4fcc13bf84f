package org.chorale.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.chorale.document.codec.ValueCodec;
import org.chorale.problem.CollaborationException;
import org.chorale.value.CanonicalForm;
import org.chorale.value.Value;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("the canonical form of values (RFC 8785): what the TypeScript client finds as well")
class CanonicalVectorsTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void given_a_json_text_when_it_is_read_then_its_value_has_the_expected_form(String name, JsonNode vector) {
        try {
            Value value = ValueCodec.read(Vectors.json(vector.get("json").textValue()));
            assertThat(CanonicalForm.of(value)).isEqualTo(vector.path("canonical").textValue());
            assertThat(ValueCodec.read(Vectors.json(CanonicalForm.of(value)))).isEqualTo(value);
        } catch (CollaborationException refused) {
            assertThat(refused.problem().type().slug()).isEqualTo(vector.path("problem").textValue());
        }
    }

    static Stream<Arguments> vectors() {
        return Vectors.of("canonical.json");
    }
}
