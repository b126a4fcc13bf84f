package org.chorale.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Random;
import java.util.stream.IntStream;

/** Writes vectors of random forks, the same in each run; what merging them leads to is what this side finds, for the other to confirm. */
final class MergeVectorGenerator {
    static final String FILE = "merge-generated.json";
    private static final String WRITTEN = "merge.json";

    private static final int CASES = 120;
    private static final String RULES = "Random forks, as in merge.json. Written by MergeVectorGenerator, one seed each; do not edit.";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Random random;
    private final RandomPeople people;
    private final ObjectNode vector;

    private MergeVectorGenerator(int seed) {
        random = new Random(seed);
        people = new RandomPeople(random);
        vector = JSON.objectNode().put("name", "merge, seed " + seed);
    }

    /** Replaces the generated file in the directory that is the one argument, and completes the other's cases that have no outcome yet. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        Files.writeString(directory.resolve(FILE), generated());
        JsonNode file = Vectors.json(Vectors.text(directory.resolve(WRITTEN)));
        var cases = new ArrayList<JsonNode>();
        file.get("cases").forEach(written ->
            cases.add(written.has("operations") || written.has("problem") ? written : MergeVectors.filled(written)));
        Files.writeString(directory.resolve(WRITTEN), Vectors.file(file.get("rules").textValue(), cases));
    }

    static String generated() {
        return Vectors.file(RULES, IntStream.rangeClosed(1, CASES).mapToObj(seed -> new MergeVectorGenerator(seed).vector()).toList());
    }

    private ObjectNode vector() {
        var setup = new MergeBranch();
        vector.set("setup", JSON.arrayNode().add(people.firstElements(setup)).addAll(people.changes(setup, "s", random.nextInt(3))));
        MergeBranch ours = setup.fork();
        MergeBranch theirs = setup.fork();
        vector.set("ours", people.changes(ours, "o", 1 + random.nextInt(5)));
        vector.set("theirs", people.changes(theirs, "t", 1 + random.nextInt(5)));
        switch (random.nextInt(8)) {
            case 0 -> vector.put("revertTo", random.nextInt(ours.revision()));
            case 1, 2 -> {
                int picked = setup.revision() + random.nextInt(theirs.revision() - setup.revision());
                vector.put("from", picked).put("to", picked + 1);
            }
            default -> { }
        }
        vector.set("resolutions", JSON.arrayNode());
        if (random.nextBoolean()) {
            resolve();
        }
        return MergeVectors.filled(vector);
    }

    /** A choice may lead to another conflict, so this goes on until there is none. */
    private void resolve() {
        ArrayNode resolutions = vector.withArray("resolutions");
        for (var open = MergeVectors.conflicts(vector); !open.isEmpty(); open = MergeVectors.conflicts(vector)) {
            open.forEach(conflict -> resolutions.add(people.resolution(conflict)));
        }
    }
}
