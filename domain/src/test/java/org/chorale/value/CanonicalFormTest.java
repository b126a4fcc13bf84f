package org.chorale.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.chorale.problem.CollaborationException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("[DOC-4] values and their canonical form")
class CanonicalFormTest {

    /** The numbers of RFC 8785, appendix B, and the edges of ECMAScript's notation. */
    @ParameterizedTest
    @CsvSource({
        "0, 0", "-0.0, 0", "1, 1", "-1.5, -1.5", "4.9E-324, 5e-324", "-4.9E-324, -5e-324", "1.7976931348623157E308, 1.7976931348623157e+308",
        "9007199254740992, 9007199254740992", "295147905179352830000, 295147905179352830000", "9.999999999999997E22, 9.999999999999997e+22",
        "1.0E23, 1e+23", "1.0000000000000001E23, 1.0000000000000001e+23", "999999999999999700000, 999999999999999700000",
        "1.0E21, 1e+21", "9.999999999999997E-7, 9.999999999999997e-7", "0.000001, 0.000001", "333333333.3333332, 333333333.3333332",
        "1.0E15, 1000000000000000", "123456.789, 123456.789", "0.1, 0.1", "1e-7, 1e-7",
    })
    void given_a_number_when_it_is_written_then_it_reads_as_in_ecmascript(double number, String text) {
        assertThat(CanonicalForm.of(new Value.Num(number))).isEqualTo(text);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void given_any_finite_double_when_it_is_written_then_it_reads_back_equal(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            double number = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(number)) {
                assertThat(Double.parseDouble(CanonicalForm.number(number))).isEqualTo(number == 0 ? 0.0 : number);
            }
        }
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(8785), new Random().longs(20));
    }

    @Test
    void given_a_struct_when_it_is_written_then_its_keys_are_sorted_by_code_unit() {
        var fields = new LinkedHashMap<String, Value>();
        for (String key : List.of("\u20ac", "\r", "\ufb33", "1", "\ud83d\ude00", "\u0080", "\u00f6")) {
            fields.put(key, Value.Null.NULL);
        }
        assertThat(CanonicalForm.of(new Value.Struct(fields)))
            .isEqualTo("{\"\\r\":null,\"1\":null,\"\u0080\":null,\"\u00f6\":null,\"\u20ac\":null,\"\ud83d\ude00\":null,\"\ufb33\":null}");
    }

    @Test
    void given_text_when_it_is_written_then_only_what_must_be_escaped_is() {
        assertThat(CanonicalForm.of(Value.of("\u20ac$\u000f\nA'B\"\\\\\"/\u007f"))).isEqualTo("\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\u007f\"");
    }

    @Test
    void given_text_beyond_ascii_when_its_bytes_are_counted_then_utf8_is_counted() {
        String text = "a\u00f6\u20ac\ud83d\ude00";
        assertThat(CanonicalForm.bytes(Value.of(text))).isEqualTo(2 + text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void given_a_number_that_is_not_finite_when_it_is_made_then_it_is_refused(double number) {
        assertThatThrownBy(() -> new Value.Num(number)).isInstanceOf(CollaborationException.class).hasMessageContaining("invalid-value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud83d", "x\ude00", "\ude00\ud83d", "\ud83dx"})
    void given_a_lone_surrogate_when_text_is_made_then_it_is_refused(String text) {
        assertThatThrownBy(() -> Value.of(text)).isInstanceOf(CollaborationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"__proto__", "constructor", "prototype", ""})
    void given_a_key_that_would_pollute_an_object_when_a_struct_is_made_then_it_is_refused(String key) {
        assertThatThrownBy(() -> new Value.Struct(Map.of(key, Value.Null.NULL))).isInstanceOf(CollaborationException.class);
    }
}
