package org.chorale.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.chorale.text.TextEdit.Step;

/** Edits by hand and at random. */
final class Texts {
    /** Few characters, so that equal ones meet; some take two code units, one picture takes five. */
    private static final String[] CHARACTERS = {"a", "b", "c", " ", "\n", "ä", "😀", "😁", "👩‍🚀"};

    private Texts() {}

    /** An edit as it stands on the wire: {@code edit(5, "abc", -3)}. */
    static TextEdit edit(Object... steps) {
        return new TextEdit(Arrays.stream(steps).map(Texts::step).toList());
    }

    private static Step step(Object step) {
        return switch (step) {
            case Integer count when count < 0 -> new Step.Delete(-count);
            case Integer count -> new Step.Retain(count);
            default -> new Step.Insert(step.toString());
        };
    }

    static String text(Random random, int mostCharacters) {
        return IntStream.range(0, random.nextInt(mostCharacters + 1)).mapToObj(i -> CHARACTERS[random.nextInt(CHARACTERS.length)])
            .collect(Collectors.joining());
    }

    /** An edit that fits a text: mostly several small steps, sometimes none, sometimes everything at once. */
    static TextEdit edit(Random random, String text) {
        if (!text.isEmpty() && random.nextInt(12) == 0) {
            return TextEdit.delete(0, text.length());
        }
        var steps = new ArrayList<Step>();
        int longest = 1 + random.nextInt(20);
        for (int at = 0; at < text.length(); ) {
            int left = text.codePointCount(at, text.length());
            int count = text.offsetByCodePoints(at, 1 + random.nextInt(Math.min(longest, left))) - at;
            switch (random.nextInt(5)) {
                case 0 -> steps.add(new Step.Insert(text(random, 4)));
                case 1 -> {
                    steps.add(new Step.Delete(count));
                    at += count;
                }
                default -> {
                    steps.add(new Step.Retain(count));
                    at += count;
                }
            }
        }
        steps.add(new Step.Insert(text(random, 2)));
        return new TextEdit(steps);
    }
}
