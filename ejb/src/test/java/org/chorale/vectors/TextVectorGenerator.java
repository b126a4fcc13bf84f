package org.chorale.vectors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.chorale.document.codec.Json;
import org.chorale.text.TextEdit;
import org.chorale.text.TextEdit.Step;

/** Writes vectors of random edits, the same in each run; what they lead to is what this side finds, for the other to confirm. */
final class TextVectorGenerator {
    static final String FILE = "text-generated.json";

    private static final int CASES = 100;
    private static final String RULES = "TXT-4 to TXT-7 on random edits, see text.json. Written by TextVectorGenerator: do not edit.";
    private static final String[] CHARACTERS = {"a", "b", " ", "\n", "ä", "😀", "😁", "👩‍🚀"};

    private TextVectorGenerator() {}

    /** Replaces the file in the directory that is the one argument. */
    public static void main(String[] arguments) throws IOException {
        Files.writeString(Path.of(arguments[0], FILE), generated());
    }

    static String generated() {
        return IntStream.rangeClosed(1, CASES).mapToObj(seed -> vector(seed).toString())
            .collect(Collectors.joining(",\n", "{\"rules\":\"" + RULES + "\",\"cases\":[\n", "\n]}\n"));
    }

    private static ObjectNode vector(int seed) {
        var random = new Random(seed);
        String text = text(random, 24);
        TextEdit edit = edit(random, text);
        ObjectNode vector = Json.MAPPER.createObjectNode();
        switch (seed % 5) {
            case 0 -> vector.put("name", "[TXT-4] seed " + seed).put("kind", "transform")
                .put("side", random.nextBoolean() ? "earlier" : "later")
                .<ObjectNode>set("mine", TextVectorsTest.json(edit)).set("over", TextVectorsTest.json(edit(random, text)));
            case 1 -> vector.put("name", "[TXT-4] seed " + seed).put("kind", "converge").put("text", text)
                .<ObjectNode>set("earlier", TextVectorsTest.json(edit)).set("later", TextVectorsTest.json(edit(random, text)));
            case 2 -> vector.put("name", "[TXT-5] seed " + seed).put("kind", "compose")
                .<ObjectNode>set("first", TextVectorsTest.json(edit)).set("second", TextVectorsTest.json(edit(random, edit.apply(text))));
            case 3 -> vector.put("name", "[TXT-6] seed " + seed).put("kind", "invert").put("before", text)
                .set("edit", TextVectorsTest.json(edit));
            default -> vector.put("name", "[TXT-7] seed " + seed).put("kind", "diff").put("before", text)
                .put("after", random.nextInt(3) == 0 ? text(random, 24) : edit.apply(text));
        }
        return vector.set("expected", TextVectorsTest.outcome(vector));
    }

    private static String text(Random random, int mostCharacters) {
        return IntStream.range(0, random.nextInt(mostCharacters + 1)).mapToObj(i -> CHARACTERS[random.nextInt(CHARACTERS.length)])
            .collect(Collectors.joining());
    }

    private static TextEdit edit(Random random, String text) {
        var steps = new ArrayList<Step>();
        for (int at = 0; at < text.length(); ) {
            int characters = 1 + random.nextInt(Math.min(5, text.codePointCount(at, text.length())));
            int count = text.offsetByCodePoints(at, characters) - at;
            switch (random.nextInt(4)) {
                case 0 -> steps.add(new Step.Insert(text(random, 3)));
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
