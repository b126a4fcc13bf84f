package org.chorale.bench;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.chorale.document.Document;
import org.chorale.operation.ElementId;
import org.chorale.operation.Operation;
import org.chorale.operation.Position;
import org.chorale.text.TextEdit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Deciding a change of a text that lies many revisions behind, and taking it back. Target: 50 ms for one edit 10,000 behind. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = {"-Xms2g", "-Xmx2g"})
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 1)
public class TextTransform {
    private static final ElementId NOTE = new ElementId("note");
    private static final int LENGTH = 100_000;
    /** More than the default: the newest edit must not push out the oldest one that the next run is based on. */
    private static final int MEMORY = 20_000;

    @Param({"100", "1000", "10000"})
    public int behind;

    private final Drawing drawing = new Drawing(new Document(MEMORY), 0, 1);
    private long base;

    @Setup
    public void write() {
        drawing.commit(new Operation.Create(NOTE, "note", ElementId.ROOT, Position.Edge.LAST, Map.of(),
            Map.of("body", "x".repeat(LENGTH)), List.of()));
        base = drawing.document.revision();
        for (int i = 0; i < behind; i++) {
            boolean inserts = i % 2 == 0;
            int at = drawing.random.nextInt(LENGTH - 1);
            drawing.commit(edit(inserts ? TextEdit.insert(at, "ab") : TextEdit.delete(at, 2)));
        }
    }

    @Benchmark
    public void oneEdit() {
        drawing.decide(Drawing.BOB, base, anyEdit());
        drawing.document.rollback();
    }

    /** What somebody typed while offline. */
    @Benchmark
    public void tenEdits() {
        drawing.decide(Drawing.BOB, base, IntStream.range(0, 10).mapToObj(i -> anyEdit()).toArray(Operation[]::new));
        drawing.document.rollback();
    }

    private Operation anyEdit() {
        return edit(TextEdit.insert(drawing.random.nextInt(LENGTH), "mine"));
    }

    private static Operation edit(TextEdit edit) {
        return new Operation.EditText(NOTE, "body", edit);
    }
}
