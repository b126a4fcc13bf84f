package org.chorale.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.chorale.document.BranchPoint;
import org.chorale.document.CommittedChange.Kind;
import org.chorale.document.Crossing;
import org.chorale.document.Document;
import org.chorale.document.DocumentForm;
import org.chorale.merge.Merge;
import org.chorale.merge.MergeBase;
import org.chorale.merge.MergeConflict;
import org.chorale.merge.Resolution;

/** Branches that were forked from each other, and merged with each other: what a vector of {@code merge-histories.json} plays. */
final class MergeTree {
    static final String MAIN = "main";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Map<String, MergeBranch> branches = new LinkedHashMap<>();
    /** Where each branch but the first begins. */
    private final Map<String, BranchPoint> forks = new LinkedHashMap<>();
    private final List<Crossing> crossings = new ArrayList<>();

    MergeTree() {
        branches.put(MAIN, new MergeBranch());
    }

    /** A merge that was not committed yet. */
    record Sides(BranchPoint base, Document baseDocument, MergeBranch ours, MergeBranch theirs, Merge.Result result) {}

    MergeBranch branch(String name) {
        return branches.get(name);
    }

    List<String> names() {
        return List.copyOf(branches.keySet());
    }

    /** The branch that another one was forked from. */
    String parentOf(String name) {
        return forks.get(name).branch();
    }

    void fork(String name, String from) {
        forks.put(name, new BranchPoint(from, branch(from).revision()));
        branches.put(name, branch(from).fork());
    }

    List<Crossing> crossings(String one, String other) {
        return crossings.stream().filter(crossing -> isBetween(crossing, one, other) || isBetween(crossing, other, one)).toList();
    }

    private static boolean isBetween(Crossing crossing, String source, String target) {
        return crossing.source().branch().equals(source) && crossing.target().branch().equals(target);
    }

    private BranchPoint base(String one, String other) {
        return MergeBase.of(forkOf(one, other), Crossing.last(crossings(one, other).stream()));
    }

    /** The parent's revision at which the one of two branches begins that is the other's child. */
    BranchPoint forkOf(String one, String other) {
        return forks.containsKey(one) && parentOf(one).equals(other) ? forks.get(one) : forks.get(other);
    }

    Sides sides(String source, String target, List<Resolution> resolutions) {
        BranchPoint base = base(source, target);
        Document baseDocument = branch(base.branch()).at((int) base.revision()).document();
        return new Sides(base, baseDocument, branch(target), branch(source),
            Merge.of(baseDocument, branch(target).document(), branch(source).document(), resolutions));
    }

    /** Commits what a merge comes to, and remembers that the two now have the source in common. */
    void merge(String source, String target, List<Resolution> resolutions) {
        Merge.Result result = sides(source, target, resolutions).result();
        assertThat(result.conflicts()).isEmpty();
        assertThat(result.operations().isEmpty() || branch(target).commit(result.operations(), Kind.MERGE)).isTrue();
        crossings.add(new Crossing(new BranchPoint(source, branch(source).revision()), new BranchPoint(target, branch(target).revision())));
    }

    /** Choices for a merge until none is missing: one may lead to another conflict. */
    ArrayNode choices(String source, String target, Function<MergeConflict, ObjectNode> choose) {
        ArrayNode choices = JSON.arrayNode();
        for (var open = sides(source, target, List.of()).result().conflicts(); !open.isEmpty();
                open = sides(source, target, MergeVectors.resolutions(choices)).result().conflicts()) {
            open.forEach(conflict -> choices.add(choose.apply(conflict)));
        }
        return choices;
    }

    // ---- as JSON

    /** Plays a step, and tells what it led to. */
    ObjectNode play(JsonNode step) {
        ObjectNode played = step.deepCopy();
        String target = step.path("branch").asText(step.path("target").asText());
        switch (step.get("step").textValue()) {
            case "edit" -> step.get("changes").forEach(change ->
                assertThat(branch(target).commit(MergeBranch.operations(change), Kind.EDIT)).isTrue());
            case "fork" -> fork(target, step.get("from").textValue());
            case "merge" -> {
                String source = step.get("source").textValue();
                List<Resolution> choices = MergeVectors.resolutions(step.get("choices"));
                Sides before = sides(source, target, List.of());
                played.putObject("base").put("branch", before.base().branch()).put("revision", before.base().revision());
                played.put("asked", before.result().conflicts().size());
                merge(source, target, choices);
            }
            default -> throw new IllegalArgumentException("step: " + step);
        }
        return played.put("revision", branch(target).revision()).put("hash", DocumentForm.hash(branch(target).document()));
    }

    /** A vector with what its steps led to. */
    static ObjectNode played(JsonNode vector) {
        var tree = new MergeTree();
        ArrayNode steps = JSON.arrayNode();
        vector.get("steps").forEach(step -> steps.add(tree.play(step)));
        return vector.<ObjectNode>deepCopy().set("steps", steps);
    }
}
