package org.chorale.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.chorale.problem.ProblemType.INVALID_OPERATION;
import static org.chorale.problem.ProblemType.INVALID_VALUE;
import static org.chorale.text.Side.EARLIER;
import static org.chorale.text.Side.LATER;
import static org.chorale.text.Texts.edit;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.chorale.problem.CollaborationException;
import org.chorale.problem.ProblemType;
import org.chorale.text.TextEdit.Step;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("text edits")
class TextEditTest {
    private static final int LONGEST = Integer.MAX_VALUE;
    private static final String SMILE = "😀";

    @Test
    @DisplayName("[TXT-1] steps retain, insert and delete from the beginning on, and the rest is retained")
    void given_an_edit_when_it_is_applied_then_each_step_takes_effect_in_turn() {
        assertThat(edit(2, "XY", -1, 1, -1).apply("abcdefg")).isEqualTo("abXYdfg");
        assertThat(edit().apply("as it was")).isEqualTo("as it was");
        assertThat(edit("new").apply("")).isEqualTo("new");
    }

    @Test
    @DisplayName("[TXT-2] equal effect in equal places is one edit: joined, in order, without anything empty")
    void given_steps_in_any_order_when_an_edit_is_made_then_it_is_canonical() {
        assertThat(edit(1, 2, "a", "", "b", -1, -2, 3, 4).steps())
            .containsExactly(new Step.Retain(3), new Step.Insert("ab"), new Step.Delete(3));
        assertThat(edit(-1, "a", -1, "b")).isEqualTo(edit("ab", -2));
        assertThat(edit(4, "", 5)).isEqualTo(edit()).matches(TextEdit::isEmpty);
        assertThat(TextEdit.insert(0, "a")).isEqualTo(edit("a"));
        assertThat(TextEdit.insert(3, "a")).isEqualTo(edit(3, "a"));
        assertThat(TextEdit.delete(3, 2)).isEqualTo(edit(3, -2));
    }

    @Test
    @DisplayName("[TXT-2] an edit knows how long a text it needs and what it adds")
    void given_an_edit_when_it_is_measured_then_inserts_are_not_required_and_retains_do_not_count_as_change() {
        assertThat(edit(5, "abc", -3, 2, -1, 9).requiredLength()).isEqualTo(11);
        assertThat(edit(5, "abc", -3, 2, -1, 9).lengthChange()).isEqualTo(-1);
        assertThat(edit(LONGEST - 1, -1).requiredLength()).isEqualTo(LONGEST);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    @DisplayName("[TXT-2] a count is at least 1")
    void given_a_count_below_one_when_a_step_is_made_then_it_is_refused(int count) {
        assertRefused(INVALID_OPERATION, () -> new Step.Retain(count));
        assertRefused(INVALID_OPERATION, () -> new Step.Delete(count));
        assertRefused(INVALID_OPERATION, () -> TextEdit.delete(1, count));
    }

    @Test
    @DisplayName("[TXT-2] no text before or after an edit is longer than 2^31-1")
    void given_lengths_that_overflow_when_an_edit_is_made_then_it_is_refused() {
        assertRefused(INVALID_OPERATION, () -> edit(LONGEST, 1, "a"));
        assertRefused(INVALID_OPERATION, () -> edit(LONGEST, "a"));
        assertRefused(INVALID_OPERATION, () -> edit(-LONGEST, -1));
        assertRefused(INVALID_OPERATION, () -> edit(1, "a", LONGEST, -1));
        assertRefused(INVALID_OPERATION, () -> edit(LONGEST - 1, "a").transform(edit("bc"), LATER));
        assertRefused(INVALID_OPERATION, () -> edit(LONGEST - 1, "a").compose(edit("b")));
        assertThat(edit(LONGEST, LONGEST, LONGEST)).isEqualTo(edit());
    }

    @Test
    @DisplayName("[TXT-3] what an edit retains and deletes must be there")
    void given_a_text_that_is_too_short_when_an_edit_is_applied_then_it_is_refused_and_the_text_untouched() {
        var text = new StringBuilder("abc");
        assertRefused(INVALID_OPERATION, () -> edit("x", 2, -2).applyTo(text));
        assertRefused(INVALID_OPERATION, () -> edit(4, "x").apply("abc"));
        assertRefused(INVALID_OPERATION, () -> edit(4, "x").invert("abc"));
        assertThat(text).hasToString("abc");
        assertThat(edit(3, "x").apply("abc")).isEqualTo("abcx");
    }

    @Test
    @DisplayName("[TXT-3] no edit cuts a surrogate pair")
    void given_a_place_inside_of_a_pair_when_an_edit_is_applied_then_it_is_refused() {
        String text = "a" + SMILE + SMILE + "b";
        assertRefused(INVALID_OPERATION, () -> edit(2, "x").requireFits(text));
        assertRefused(INVALID_OPERATION, () -> edit(2, -2).requireFits(text));
        assertRefused(INVALID_OPERATION, () -> edit(1, -1).requireFits(text));
        assertRefused(INVALID_OPERATION, () -> edit(-2).requireFits(text));
        assertThat(edit(3, "x", -2).apply(text)).isEqualTo("a" + SMILE + "xb");
    }

    @Test
    @DisplayName("[TXT-3] inserts are Unicode, also before they are joined")
    void given_a_lone_surrogate_when_an_insert_is_made_then_it_is_refused() {
        assertRefused(INVALID_VALUE, () -> edit("\uD83D"));
        assertRefused(INVALID_VALUE, () -> edit("\uD83D", "\uDE00"));
    }

    @Test
    @DisplayName("[TXT-4] inserts at one place stand in the order of their commits")
    void given_two_inserts_at_one_place_when_they_are_transformed_then_the_earlier_stands_left() {
        assertThat(edit(2, "mine").transform(edit(2, "theirs"), EARLIER)).isEqualTo(edit(2, "mine"));
        assertThat(edit(2, "mine").transform(edit(2, "theirs"), LATER)).isEqualTo(edit(8, "mine"));
    }

    @Test
    @DisplayName("[TXT-4] what both delete is deleted once")
    void given_overlapping_deletes_when_they_are_transformed_then_only_the_difference_is_left() {
        assertThat(edit(2, -4).transform(edit(4, -4), LATER)).isEqualTo(edit(2, -2));
        assertThat(edit(4, -4).transform(edit(2, -4), LATER)).isEqualTo(edit(2, -2));
        assertThat(edit(3, -2).transform(edit(1, -9), EARLIER)).isEqualTo(edit());
    }

    @Test
    @DisplayName("[TXT-4] an insert survives where the text around it is deleted")
    void given_an_insert_inside_of_a_deleted_range_when_it_is_transformed_then_it_stands_at_the_place_of_the_deletion() {
        assertThat(edit(4, "x").transform(edit(2, -5), LATER)).isEqualTo(edit(2, "x"));
        assertThat(edit(2, -5).transform(edit(4, "x"), EARLIER)).isEqualTo(edit(2, -2, 1, -3));
    }

    @ParameterizedTest
    @CsvSource({"EARLIER, xZ", "LATER, Zx"})
    @DisplayName("[TXT-4] two who replace the same text keep both replacements")
    void given_two_replacements_of_one_range_when_they_are_transformed_then_both_stand(Side side, String expected) {
        TextEdit mine = edit("x", -3);
        TextEdit theirs = edit("Z", -3);
        assertThat(mine.transform(theirs, side).apply(theirs.apply("abc"))).isEqualTo(expected);
    }

    @Test
    @DisplayName("[TXT-5] two edits become one")
    void given_two_edits_when_they_are_composed_then_what_the_second_deletes_of_the_first_was_never_there() {
        assertThat(edit(2, "abc").compose(edit(3, -1))).isEqualTo(edit(2, "ac"));
        assertThat(edit(2, "abc").compose(edit(1, -5))).isEqualTo(edit(1, -2));
        assertThat(edit(2, -3).compose(edit(1, -2))).isEqualTo(edit(1, -5));
        assertThat(edit(2, -3).compose(edit(2, "x"))).isEqualTo(edit(2, "x", -3));
        assertThat(edit(2, "a").compose(edit(2, "b"))).isEqualTo(edit(2, "ba"));
        assertThat(edit(2, "a").compose(edit(9, "b"))).isEqualTo(edit(2, "a", 6, "b"));
        assertThat(edit(2, "a").compose(edit(2, -1))).isEqualTo(edit());
    }

    @Test
    @DisplayName("[TXT-5] nor can the second cut a pair that the first put in")
    void given_a_second_edit_that_cuts_a_pair_of_the_first_when_they_are_composed_then_they_are_refused() {
        assertRefused(INVALID_OPERATION, () -> edit(SMILE).compose(edit(1, "x")));
        assertRefused(INVALID_OPERATION, () -> edit(SMILE + SMILE).compose(edit(1, -2)));
        assertThat(edit(SMILE + SMILE).compose(edit(2, "x", -2))).isEqualTo(edit(SMILE + "x"));
    }

    @Test
    @DisplayName("[TXT-6] the inverse puts back what was deleted and takes out what was inserted")
    void given_an_edit_when_it_is_inverted_then_it_leads_back() {
        assertThat(edit(1, "xy", -2, 1, -1).invert("abcde")).isEqualTo(edit(1, "bc", -2, 1, "e"));
        assertThat(edit().invert("abc")).isEqualTo(edit());
    }

    @Test
    @DisplayName("a small edit is transformed over ten thousand others, and a large one, while nobody notices")
    void given_many_concurrent_edits_when_an_edit_is_transformed_then_it_is_quick() {
        // Twenty times what it takes of a processor: what else a busy machine does is not counted.
        assertThat(timeOfSmallTransforms()).isLessThan(Duration.ofMillis(500));
        assertThat(timeOfOneLargeTransform()).isLessThan(Duration.ofSeconds(2));
    }

    private static Duration timeOfSmallTransforms() {
        List<TextEdit> others = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            others.add(i % 3 == 0 ? TextEdit.delete(i, 1) : TextEdit.insert(i, "typed"));
        }
        long start = processorNanos();
        TextEdit mine = edit(20_000, "x", -1);
        for (TextEdit other : others) {
            mine = mine.transform(other, LATER);
        }
        assertThat(mine.lengthChange()).isZero();
        return Duration.ofNanos(processorNanos() - start);
    }

    private static Duration timeOfOneLargeTransform() {
        List<Step> pattern = List.of(new Step.Retain(3), new Step.Insert("ab"), new Step.Delete(2));
        List<Step> steps = Collections.nCopies(100_000, pattern).stream().flatMap(List::stream).toList();
        long start = processorNanos();
        var large = new TextEdit(steps);
        var text = new StringBuilder("x".repeat(500_000));
        large.applyTo(text);
        large.transform(large, EARLIER).applyTo(text);
        return Duration.ofNanos(processorNanos() - start);
    }

    private static long processorNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void assertRefused(ProblemType type, ThrowingCallable action) {
        assertThatThrownBy(action).isInstanceOfSatisfying(CollaborationException.class,
            refused -> assertThat(refused.problem().type()).isEqualTo(type));
    }
}
