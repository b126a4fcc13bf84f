package org.chorale.bench;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.chorale.conflict.Policies;
import org.chorale.document.Author;
import org.chorale.document.Change;
import org.chorale.document.ChangeId;
import org.chorale.document.Decider;
import org.chorale.document.Decision;
import org.chorale.document.Document;
import org.chorale.document.Limits;
import org.chorale.operation.ElementId;
import org.chorale.operation.Operation;
import org.chorale.operation.Position;
import org.chorale.value.Value;

/** A drawing of many parts in groups, and what the branch's mailbox does with each change of it. */
final class Drawing {
    static final String ALICE = "alice-3f2a";
    static final String BOB = "bob-77c1";

    /** The default but for the number of elements, so that there is room for more than the largest drawing. */
    private static final Limits LIMITS = new Limits(1_000, 64 * 1024, 16, 1024 * 1024, 1_000_000, 64, 1_000, 10_000, 10_000, 16);

    final Document document;
    final SplittableRandom random = new SplittableRandom(1);
    private final Decider decider;
    private final Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final int size;
    private final int groupSize;
    private ElementId[] parts;
    private long counter;

    /**
     * @param document  an empty one
     * @param groupSize how many parts have one parent
     */
    Drawing(Document document, int size, int groupSize) {
        this.document = document;
        this.decider = new Decider(document, LIMITS, Policies.DEFAULT);
        this.size = size;
        this.groupSize = groupSize;
        for (int i = 0; i < size; i++) {
            if (i % groupSize == 0) {
                commit(new Operation.Create(group(i), "group", ElementId.ROOT, Position.Edge.LAST, Map.of(), Map.of(), List.of()));
            }
            commit(part("part-" + i, group(i)));
        }
    }

    Drawing(int size) {
        this(new Document(), size, 100);
    }

    /** A new part: three vectors, three numbers, a colour and a name. */
    Operation.Create part(String id, ElementId group) {
        return new Operation.Create(new ElementId(id), "box", group, Position.Edge.LAST, Map.of(
            "name", Value.of("Part " + id),
            "position", vector(), "rotation", vector(), "scale", vector(),
            "color", Value.of("#4f8cc9"),
            "width", number(), "height", number(), "depth", number()), Map.of(), List.of());
    }

    ElementId anyPart() {
        return part(random.nextInt(size));
    }

    ElementId anyGroup() {
        return group(random.nextInt(size));
    }

    /** A move of a part behind another one of its group. */
    Operation.Move anyMove() {
        int moving = random.nextInt(size);
        int first = moving - moving % groupSize;
        int sibling = first + random.nextInt(Math.min(groupSize, size - first));
        return new Operation.Move(part(moving), group(moving), new Position.After(part(sibling)));
    }

    Value number() {
        return Value.of(random.nextDouble(100));
    }

    Value vector() {
        return vector(random.nextDouble(100), random.nextDouble(100), random.nextDouble(100));
    }

    static Value vector(double x, double y, double z) {
        return new Value.Array(List.of(Value.of(x), Value.of(y), Value.of(z)));
    }

    /** Decides a change by someone who has seen everything, and keeps it. */
    Decision.Accepted commit(Operation operation) {
        return commit(ALICE, document.revision(), operation);
    }

    Decision.Accepted commit(String client, long seen, Operation operation) {
        Decision.Accepted accepted = decide(client, seen, operation);
        document.keep();
        return accepted;
    }

    /** Decides a change, and leaves open whether it is kept or rolled back. */
    Decision.Accepted decide(String client, long seen, Operation... operations) {
        var change = new Change(new ChangeId(client, counter++), seen, seen, List.of(operations));
        Decision decision = decider.decide(change, new Author(client, client), now);
        if (!(decision instanceof Decision.Accepted accepted) || accepted.effective().isEmpty()) {
            throw new IllegalStateException(decision + " (expected: a change with effect; anything else would be measured in vain)");
        }
        decider.tidy(accepted, now);
        return accepted;
    }

    /** Not the object that the document holds: an id that comes with a change is another one as well. */
    private ElementId part(int index) {
        if (parts == null) {
            parts = IntStream.range(0, size).mapToObj(i -> new ElementId("part-" + i)).toArray(ElementId[]::new);
        }
        return parts[index];
    }

    private ElementId group(int part) {
        return new ElementId("group-" + part / groupSize);
    }
}
