package org.chorale.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.chorale.problem.CollaborationException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("[DOC-6] order keys")
class OrderKeyTest {

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "-,  -,   a0", "a0, -,   a1", "-,  a0,  Zz", "a0, a1,  a0V", "a0, a0V, a0G", "az, -,   b00", "-,  Z0,  Yzz", "a0V, a1, a0l", "Zz, a0, ZzV", "a0, a2, a1",
        "-,  a0V, a0",
    })
    void given_two_bounds_when_a_key_is_made_then_it_is_the_shortest_middle(String low, String high, String expected) {
        assertThat(between(low, high)).hasToString(expected);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void given_random_inserts_when_keys_are_made_then_they_stay_unique_and_in_order(long seed) {
        var random = new Random(seed);
        List<OrderKey> keys = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            // Runs at one place are what makes keys long.
            int place = random.nextInt(4) == 0 ? random.nextInt(keys.size() + 1) : Math.min(7, keys.size());
            Optional<OrderKey> low = place == 0 ? Optional.empty() : Optional.of(keys.get(place - 1));
            Optional<OrderKey> high = place == keys.size() ? Optional.empty() : Optional.of(keys.get(place));
            keys.add(place, OrderKey.between(low, high));
        }
        assertThat(keys).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void given_ten_thousand_appends_when_keys_are_made_then_they_stay_short() {
        var last = OrderKey.between(Optional.empty(), Optional.empty());
        for (int i = 0; i < 10_000; i++) {
            var next = OrderKey.between(Optional.of(last), Optional.empty());
            assertThat(next).isGreaterThan(last);
            last = next;
        }
        assertThat(last.value().length()).isLessThanOrEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "a", "a00", "b0", "a0!", "aä", " a0"})
    void given_text_that_is_no_key_when_it_is_read_then_it_is_refused(String text) {
        assertThatThrownBy(() -> new OrderKey(text)).isInstanceOf(CollaborationException.class);
    }

    @Test
    void given_bounds_in_the_wrong_order_when_a_key_is_made_then_it_is_an_error_of_the_caller() {
        assertThatThrownBy(() -> between("a1", "a0")).isInstanceOf(IllegalArgumentException.class);
    }

    private static OrderKey between(String low, String high) {
        return OrderKey.between(Optional.ofNullable(low).map(OrderKey::new), Optional.ofNullable(high).map(OrderKey::new));
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 2, 3), new Random().longs(50));
    }
}
