package org.chorale.bench;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.chorale.document.Author;
import org.chorale.document.ChangeId;
import org.chorale.document.CommittedChange;
import org.chorale.document.Decision;
import org.chorale.document.Inverse;
import org.chorale.operation.Operation;
import org.chorale.operation.Path;
import org.chorale.value.Value;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Deciding, carrying out and keeping a change of one write. Target: 500,000 a second on one core with 10,000 elements. */
@State(Scope.Benchmark)
@BenchmarkMode({Mode.Throughput, Mode.AverageTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = {"-Xms2g", "-Xmx2g"})
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 1)
public class RegisterOperations {
    private static final Path WIDTH = Path.of("width");
    private static final Path POSITION = Path.of("position");
    private static final Path[] COORDINATES = {Path.of("position", 0), Path.of("position", 1), Path.of("position", 2)};
    private static final Value ZERO = Drawing.vector(0, 0, 0);

    @Param({"1000", "10000", "100000"})
    public int elements;

    private Drawing drawing;
    private long created;

    @Setup
    public void draw() {
        drawing = new Drawing(elements);
        created = drawing.document.revision();
    }

    @Benchmark
    public Decision setNumber() {
        return drawing.commit(numberSet());
    }

    @Benchmark
    public Decision setVector() {
        return drawing.commit(vectorSet());
    }

    @Benchmark
    public Decision setComponent() {
        return drawing.commit(componentSet());
    }

    @Benchmark
    public Decision add() {
        return drawing.commit(addition());
    }

    @Benchmark
    @OperationsPerInvocation(2)
    public Decision unsetAndSetAgain() {
        var part = drawing.anyPart();
        drawing.commit(new Operation.UnsetProperty(part, WIDTH));
        return drawing.commit(new Operation.SetProperty(part, WIDTH, drawing.number()));
    }

    /** What dragging and typing into fields comes to. */
    @Benchmark
    public Decision mix() {
        int dice = drawing.random.nextInt(10);
        return drawing.commit(dice < 5 ? vectorSet() : dice < 7 ? numberSet() : dice < 9 ? componentSet() : addition());
    }

    /** Two people write the same registers and see nothing of each other: each write is a conflict, and the last one wins. */
    @Benchmark
    @OperationsPerInvocation(2)
    public Decision overwriteUnseen() {
        var part = drawing.anyPart();
        drawing.commit(Drawing.ALICE, created, new Operation.SetProperty(part, WIDTH, drawing.number()));
        return drawing.commit(Drawing.BOB, created, new Operation.SetProperty(part, WIDTH, drawing.number()));
    }

    /** The second write knows nothing of the first and changes another component of the vector, so both are kept. */
    @Benchmark
    @OperationsPerInvocation(2)
    public Decision mergeUnseen() {
        var part = drawing.anyPart();
        long seen = drawing.document.revision();
        drawing.commit(new Operation.SetProperty(part, POSITION, Drawing.vector(drawing.random.nextDouble(), 0, 0)));
        var second = Drawing.vector(0, drawing.random.nextDouble(), 0);
        return drawing.commit(Drawing.BOB, seen, new Operation.SetProperty(part, POSITION, second, Optional.of(ZERO)));
    }

    /** Only carrying out, as a replica does with what was decided elsewhere. */
    @Benchmark
    public List<Inverse> fold() {
        long revision = drawing.document.revision() + 1;
        var change = new CommittedChange(revision, new ChangeId(Drawing.ALICE, revision), CommittedChange.Kind.EDIT,
            new Author(Drawing.ALICE, Drawing.ALICE), Instant.EPOCH, List.of(vectorSet()), List.of());
        List<Inverse> inverse = drawing.document.apply(change);
        drawing.document.keep();
        return inverse;
    }

    private Operation numberSet() {
        return new Operation.SetProperty(drawing.anyPart(), WIDTH, drawing.number());
    }

    private Operation vectorSet() {
        return new Operation.SetProperty(drawing.anyPart(), POSITION, drawing.vector());
    }

    private Operation componentSet() {
        return new Operation.SetProperty(drawing.anyPart(), COORDINATES[drawing.random.nextInt(3)], drawing.number());
    }

    private Operation addition() {
        return new Operation.AddToProperty(drawing.anyPart(), WIDTH, Value.of(1));
    }
}
