package org.chorale.vectors;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Writes histories of random forks, edits and merges in both directions, the same in each run. */
final class MergeHistoryGenerator {
    static final String FILE = "merge-histories.json";
    private static final int CASES = 30;
    private static final int STEPS = 20;
    private static final int MOST_BRANCHES = 4;
    private static final String RULES = "Random histories of branches: each step with the revision and the hash of the branch that it wrote to, "
        + "each merge with its base, how many conflicts it asked about, and what was chosen (MRG-11). "
        + "Written by MergeHistoryGenerator, one seed each; do not edit.";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Random random;
    private final RandomPeople people;
    private final MergeTree tree = new MergeTree();
    private final ArrayNode steps = JSON.arrayNode();

    private MergeHistoryGenerator(int seed) {
        random = new Random(seed);
        people = new RandomPeople(random);
    }

    /** Replaces the generated file in the directory that is the one argument. */
    public static void main(String[] arguments) throws IOException {
        Files.writeString(Path.of(arguments[0]).resolve(FILE), generated());
    }

    static String generated() {
        return Vectors.file(RULES, IntStream.rangeClosed(1, CASES).mapToObj(MergeHistoryGenerator::vector).toList());
    }

    /** The history of a seed. */
    static ObjectNode vector(int seed) {
        var generator = new MergeHistoryGenerator(seed);
        generator.run();
        return JSON.objectNode().put("name", "history of merges, seed " + seed).set("steps", generator.steps);
    }

    private void run() {
        // Tried on branches of their own first: what the people do looks at what is there.
        var scratch = new MergeBranch();
        step(JSON.objectNode().put("step", "edit").put("branch", MergeTree.MAIN)
            .set("changes", JSON.arrayNode().add(people.firstElements(scratch))));
        while (steps.size() < STEPS) {
            step(random.nextInt(5));
        }
    }

    private void step(int dice) {
        List<String> names = tree.names();
        String some = names.get(random.nextInt(names.size()));
        if (names.size() == 1 || dice == 0 && names.size() < MOST_BRANCHES) {
            step(JSON.objectNode().put("step", "fork").put("branch", "b" + names.size()).put("from", some));
        } else if (dice <= 2) {
            step(JSON.objectNode().put("step", "edit").put("branch", some)
                .set("changes", people.changes(tree.branch(some).fork(), some, 1 + random.nextInt(2))));
        } else {
            String child = names.get(1 + random.nextInt(names.size() - 1));
            boolean up = random.nextBoolean();
            merge(up ? child : tree.parentOf(child), up ? tree.parentOf(child) : child);
        }
    }

    private void merge(String source, String target) {
        step(JSON.objectNode().put("step", "merge").put("source", source).put("target", target)
            .set("choices", tree.choices(source, target, people::resolution)));
    }

    private void step(ObjectNode step) {
        steps.add(tree.play(step));
    }
}
