package org.chorale.simulation;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random histories; the seed in a test's name reproduces one. {@code -Dchorale.fuzz.seeds} tells how many, {@code -Dchorale.fuzz.operations=1000000} runs until so many operations
 * were committed.
 */
class ConvergenceTest {
    private static final int STEPS = 400;
    private static final int SEEDS = Integer.getInteger("chorale.fuzz.seeds", 200);

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("[CLI-1][CHG-2] whatever the network does, everybody sees the same in the end")
    void given_people_who_edit_on_a_bad_network_when_it_is_at_rest_then_all_documents_are_equal(long seed) {
        new Simulation(seed, 2 + (int) Long.remainderUnsigned(seed, 4)).run(STEPS);
    }

    @ParameterizedTest(name = "{0} operations")
    @MethodSource("operations")
    @DisplayName("[CLI-1][CHG-2] a long run of them")
    void given_a_number_of_operations_then_histories_run_until_they_are_reached(long operations) {
        var random = new Random();
        for (long done = 0; done < operations; ) {
            long seed = random.nextLong();
            try {
                done += new Simulation(seed, 2 + random.nextInt(5)).run(STEPS * 5);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.rangeClosed(1, SEEDS / 2), new Random().longs(SEEDS / 2));
    }

    static LongStream operations() {
        return LongStream.of(Long.getLong("chorale.fuzz.operations", 2_000));
    }
}
