package org.chorale.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.chorale.operation.OrderKey;
import org.chorale.problem.CollaborationException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("order keys: what the TypeScript client finds as well")
class OrderKeyVectorsTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void given_a_vector_when_keys_are_made_or_read_then_they_are_as_expected(String name, JsonNode vector) {
        if (vector.has("valid")) {
            assertThat(isValid(vector.get("key").textValue())).isEqualTo(vector.get("valid").booleanValue());
        } else if (vector.has("spread")) {
            var expected = StreamSupport.stream(vector.get("spread").spliterator(), false).map(JsonNode::textValue).toList();
            assertThat(OrderKey.spread(key(vector, "low"), key(vector, "high"), vector.get("count").intValue()))
                .extracting(OrderKey::value).isEqualTo(expected).isSorted();
        } else {
            assertThat(OrderKey.between(key(vector, "low"), key(vector, "high"))).hasToString(vector.get("between").textValue());
        }
    }

    private static boolean isValid(String key) {
        try {
            return new OrderKey(key).value().equals(key);
        } catch (CollaborationException refused) {
            return false;
        }
    }

    private static Optional<OrderKey> key(JsonNode vector, String field) {
        return Optional.ofNullable(vector.get(field).textValue()).map(OrderKey::new);
    }

    static Stream<Arguments> vectors() {
        return Vectors.of("order-keys.json");
    }
}
