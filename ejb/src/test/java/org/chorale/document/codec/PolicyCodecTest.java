package org.chorale.document.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.chorale.problem.ProblemType.INVALID_REQUEST;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Map;
import org.chorale.conflict.Policies;
import org.chorale.conflict.Policy;
import org.chorale.problem.CollaborationException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("[CNF-5] policies as JSON")
class PolicyCodecTest {

    @Test
    void given_policies_when_they_are_read_and_written_then_they_are_the_same() throws JsonProcessingException {
        String json = "{\"*.*\":{\"strategy\":\"MERGE\",\"blend\":\"AVERAGE\",\"windowMs\":0,\"atomic\":false},"
            + "\"box.a.b\":{\"strategy\":\"REJECT\",\"blend\":\"DELTA\",\"windowMs\":500,\"atomic\":true}}";
        Map<String, Policy> policies = PolicyCodec.read(Json.read(json));
        assertThat(Json.write(out -> PolicyCodec.write(out, policies))).isEqualTo(json);
        assertThat(Policies.of(policies).of("box", "a.b")).isEqualTo(policies.get("box.a.b"));
    }

    @Test
    void given_an_absent_field_then_it_is_as_by_default() throws JsonProcessingException {
        assertThat(PolicyCodec.read(Json.read("{\"a.b\":{}}"))).isEqualTo(Map.of("a.b", Policy.DEFAULT));
    }

    @Test
    void given_policies_when_they_are_stored_and_loaded_then_they_are_the_same() {
        assertThat(PolicyCodec.load(PolicyCodec.store(Policies.DEFAULT.entries()))).isEqualTo(Policies.DEFAULT.entries());
        assertThatThrownBy(() -> PolicyCodec.load("{")).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{\"a\":{}}", "{\".a\":{}}", "{\"a.\":{}}", "{\"a.b\":1}", "{\"a.b\":{\"window\":1}}",
        "{\"a.b\":{\"strategy\":\"merge\"}}", "{\"a.b\":{\"blend\":\"SUM\"}}", "{\"a.b\":{\"windowMs\":-1}}",
        "{\"a.b\":{\"windowMs\":0.5}}", "{\"a.b\":{\"atomic\":1}}"})
    void given_what_is_no_policy_then_it_is_refused(String json) {
        assertThatThrownBy(() -> PolicyCodec.read(Json.read(json))).isInstanceOfSatisfying(CollaborationException.class,
            refused -> assertThat(refused.problem().type()).isEqualTo(INVALID_REQUEST));
    }
}
