package org.chorale.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.chorale.document.Decision;
import org.chorale.document.Document;
import org.chorale.operation.ListItem;
import org.chorale.operation.Operation;
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

/** Deciding, carrying out and keeping a change of the tree, a list or a set. */
@State(Scope.Benchmark)
@BenchmarkMode({Mode.Throughput, Mode.AverageTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = {"-Xms2g", "-Xmx2g"})
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 1)
public class StructureOperations {
    @Param({"1000", "10000", "100000"})
    public int elements;

    private Drawing drawing;

    @Setup
    public void draw() {
        drawing = new Drawing(elements);
    }

    /** A hundred siblings in a group. */
    @Benchmark
    public Decision move() {
        return drawing.commit(drawing.anyMove());
    }

    @Benchmark
    @OperationsPerInvocation(2)
    public Decision deleteAndRestore() {
        var part = drawing.anyPart();
        drawing.commit(new Operation.Delete(part));
        return drawing.commit(new Operation.Restore(part));
    }

    @Benchmark
    @OperationsPerInvocation(2)
    public Decision memberInAndOut() {
        var part = drawing.anyPart();
        drawing.commit(new Operation.SetMember(part, "tags", "checked", true));
        return drawing.commit(new Operation.SetMember(part, "tags", "checked", false));
    }

    /** All parts are siblings. */
    @State(Scope.Benchmark)
    public static class Flat {
        @Param({"1000", "10000", "100000"})
        public int elements;

        private Drawing drawing;

        @Setup
        public void draw() {
            drawing = new Drawing(new Document(), elements, elements);
        }
    }

    @Benchmark
    public Decision moveFlat(Flat flat) {
        return flat.drawing.commit(flat.drawing.anyMove());
    }

    /** What lets the document grow: done in batches that are rolled back, so that it keeps its size. The rolling back is measured too. */
    @Benchmark
    @OperationsPerInvocation(100)
    public void create() {
        for (int i = 0; i < 100; i++) {
            drawing.decide(Drawing.ALICE, drawing.document.revision(), drawing.part("new-" + i, drawing.anyGroup()));
        }
        drawing.document.rollback();
    }

    @Benchmark
    @OperationsPerInvocation(100)
    public void append() {
        for (int i = 0; i < 100; i++) {
            var item = new ListItem("item-" + i, Value.of("a comment of some words"));
            drawing.decide(Drawing.ALICE, drawing.document.revision(), new Operation.Append(drawing.anyPart(), "comments", List.of(item)));
        }
        drawing.document.rollback();
    }
}
