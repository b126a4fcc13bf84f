package org.chorale.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chorale.text.Side.EARLIER;
import static org.chorale.text.Side.LATER;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.chorale.text.TextEdit.Step;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for all edits, tried on random ones; the seed in a test's name reproduces it. */
class TextEditPropertiesTest {

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("[TXT-4] two concurrent edits lead to one text on both ways (TP1)")
    void given_two_edits_of_one_text_when_each_is_transformed_over_the_other_then_both_ways_meet(long seed) {
        var random = new Random(seed);
        String text = Texts.text(random, 40);
        TextEdit earlier = Texts.edit(random, text);
        TextEdit later = Texts.edit(random, text);
        assertThat(earlier.transform(later, EARLIER).apply(later.apply(text)))
            .isEqualTo(later.transform(earlier, LATER).apply(earlier.apply(text)));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("[TXT-4] a client's waiting edits and the server's new ones lead to one text")
    void given_two_histories_of_one_text_when_they_are_transformed_over_each_other_then_both_ways_meet(long seed) {
        var random = new Random(seed);
        String start = Texts.text(random, 20);
        List<TextEdit> committed = history(random, start);
        List<TextEdit> waiting = history(random, start);
        String client = applied(start, waiting);
        String server = applied(start, committed);
        for (TextEdit next : committed) {
            TextEdit theirs = next;
            for (int i = 0; i < waiting.size(); i++) {
                TextEdit mine = waiting.get(i);
                waiting.set(i, mine.transform(theirs, LATER));
                theirs = theirs.transform(mine, EARLIER);
            }
            client = theirs.apply(client);
        }
        assertThat(applied(server, waiting)).isEqualTo(client);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("[TXT-5] composed edits have the effect of one after the other, whatever is composed first")
    void given_edits_one_after_the_other_when_they_are_composed_then_the_effect_is_the_same(long seed) {
        var random = new Random(seed);
        String text = Texts.text(random, 40);
        TextEdit a = Texts.edit(random, text);
        TextEdit b = Texts.edit(random, a.apply(text));
        TextEdit c = Texts.edit(random, b.apply(a.apply(text)));
        String expected = c.apply(b.apply(a.apply(text)));
        assertThat(a.compose(b).compose(c).apply(text)).isEqualTo(expected);
        assertThat(a.compose(b.compose(c)).apply(text)).isEqualTo(expected);
        assertThat(a.compose(TextEdit.of())).isEqualTo(a).isEqualTo(TextEdit.of().compose(a));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("[TXT-6] an edit and its inverse leave the text as it was")
    void given_an_edit_when_it_and_its_inverse_are_applied_then_the_text_is_as_before(long seed) {
        var random = new Random(seed);
        String text = Texts.text(random, 40);
        TextEdit edit = Texts.edit(random, text);
        TextEdit inverse = edit.invert(text);
        assertThat(inverse.apply(edit.apply(text))).isEqualTo(text);
        assertThat(edit.compose(inverse).apply(text)).isEqualTo(text);
        assertThat(inverse.invert(edit.apply(text))).isEqualTo(edit);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("[TXT-2][TXT-3] whatever comes out is canonical, fits and has the length it promises")
    void given_edits_when_new_ones_are_made_of_them_then_they_are_canonical_and_fit(long seed) {
        var random = new Random(seed);
        String text = Texts.text(random, 40);
        TextEdit a = Texts.edit(random, text);
        TextEdit b = Texts.edit(random, text);
        TextEdit next = Texts.edit(random, a.apply(text));
        assertSound(a, text);
        assertSound(a.transform(b, LATER), b.apply(text));
        assertSound(a.compose(next), text);
        assertSound(a.invert(text), a.apply(text));
        assertSound(TextDiff.between(text, b.apply(text)), text);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("[TXT-7] the difference between two texts leads from one to the other")
    void given_two_texts_when_they_are_compared_then_the_edit_turns_one_into_the_other(long seed) {
        var random = new Random(seed);
        String before = Texts.text(random, 60);
        TextEdit edit = Texts.edit(random, before);
        for (String after : List.of(edit.apply(before), Texts.text(random, 60), "", before)) {
            assertThat(TextDiff.between(before, after).apply(before)).isEqualTo(after);
        }
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.rangeClosed(1, 100), new Random().longs(200));
    }

    private static List<TextEdit> history(Random random, String start) {
        var edits = new ArrayList<TextEdit>();
        String text = start;
        for (int i = random.nextInt(6); i > 0; i--) {
            TextEdit edit = Texts.edit(random, text);
            edits.add(edit);
            text = edit.apply(text);
        }
        return edits;
    }

    private static String applied(String text, List<TextEdit> edits) {
        String result = text;
        for (TextEdit edit : edits) {
            result = edit.apply(result);
        }
        return result;
    }

    private static void assertSound(TextEdit edit, String text) {
        edit.requireFits(text);
        assertThat(edit.apply(text)).hasSize(text.length() + edit.lengthChange());
        List<Step> steps = edit.steps();
        for (int i = 0; i < steps.size(); i++) {
            boolean last = i == steps.size() - 1;
            boolean inOrder = switch (steps.get(i)) {
                case Step.Retain retain -> !last && !(steps.get(i + 1) instanceof Step.Retain);
                case Step.Insert(String inserted) -> !inserted.isEmpty() && (last || !(steps.get(i + 1) instanceof Step.Insert));
                case Step.Delete delete -> last || steps.get(i + 1) instanceof Step.Retain;
            };
            assertThat(inOrder).as("step %d of %s", i, steps).isTrue();
        }
    }
}
