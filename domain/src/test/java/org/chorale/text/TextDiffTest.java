package org.chorale.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.chorale.text.Texts.edit;

import java.util.Random;
import java.util.stream.LongStream;
import org.chorale.problem.CollaborationException;
import org.chorale.text.TextEdit.Step;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("[TXT-7] differences between texts")
class TextDiffTest {
    private static final String SMILE = "😀";
    private static final String GRIN = "😁";
    private static final String SAME_LOW_HALF = "\uD83C\uDE00";

    @Test
    void given_small_differences_when_texts_are_compared_then_only_they_are_in_the_edit() {
        assertThat(TextDiff.between("same", "same")).isEqualTo(edit());
        assertThat(TextDiff.between("", "new")).isEqualTo(edit("new"));
        assertThat(TextDiff.between("old", "")).isEqualTo(edit(-3));
        assertThat(TextDiff.between("one two three", "one 2 three")).isEqualTo(edit(4, "2", -3));
        assertThat(TextDiff.between("the cat sat", "a cat sits")).isEqualTo(edit("a", -3, 6, "i", -1, 1, "s"));
        assertThat(TextDiff.between("aaa", "aaaa")).isEqualTo(edit(3, "a"));
    }

    @Test
    void given_pairs_that_share_a_half_when_texts_are_compared_then_whole_pairs_are_replaced() {
        assertThat(TextDiff.between("a" + SMILE + "b", "a" + GRIN + "b")).isEqualTo(edit(1, GRIN, -2));
        assertThat(TextDiff.between("a" + SMILE + "b", "a" + SAME_LOW_HALF + "b")).isEqualTo(edit(1, SAME_LOW_HALF, -2));
        assertThat(TextDiff.between(SMILE, SMILE + SMILE)).isEqualTo(edit(2, SMILE));
    }

    @Test
    void given_more_than_two_hundred_differences_when_texts_are_compared_then_the_middle_is_replaced_as_one() {
        String before = "<" + "xo".repeat(100) + ">";
        assertThat(TextDiff.between(before, "<" + "xi".repeat(100) + ">").steps()).hasSizeGreaterThan(100);
        String after = "<" + "xi".repeat(101) + ">";
        // The first x is a common prefix.
        assertThat(TextDiff.between("<" + "xo".repeat(101) + ">", after)).isEqualTo(edit(2, after.substring(2, 203), -201));
    }

    @Test
    void given_a_lone_surrogate_when_it_would_be_put_in_then_it_is_refused() {
        assertThatThrownBy(() -> TextDiff.between("a", "a\uD83D")).isInstanceOf(CollaborationException.class);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void given_an_edit_of_a_text_when_both_texts_are_compared_then_no_more_is_changed(long seed) {
        var random = new Random(seed);
        String before = plain(Texts.text(random, 60));
        TextEdit edit = Texts.edit(random, before);
        String after = plain(edit.apply(before));
        assertThat(changed(TextDiff.between(before, after))).isLessThanOrEqualTo(changed(edit));
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.rangeClosed(1, 50), new Random().longs(50));
    }

    /** One code unit for each character. */
    private static String plain(String text) {
        return text.replaceAll("[^a-z]", "-");
    }

    private static int changed(TextEdit edit) {
        return edit.steps().stream().filter(step -> !(step instanceof Step.Retain)).mapToInt(Step::length).sum();
    }
}
