package org.chorale.bench;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.chorale.document.Decision;
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

/** Deciding, carrying out and keeping small edits of a long text. Target: 20,000 a second with 100,000 characters. */
@State(Scope.Benchmark)
@BenchmarkMode({Mode.Throughput, Mode.AverageTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = {"-Xms2g", "-Xmx2g"})
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 1)
public class TextOperations {
    private static final ElementId NOTE = new ElementId("note");
    private static final String WORD = "kernel, ";

    @Param({"10000", "100000", "1000000"})
    public int length;

    /** A text with one character beyond Latin-1 takes two bytes for each. */
    @Param({"latin", "unicode"})
    public String script;

    private final Drawing drawing = new Drawing(0);
    private int present;
    private int cursor;

    @Setup
    public void write() {
        String text = (script.equals("latin") ? "." : "—") + "lorem ipsum ".repeat(length / 12);
        drawing.commit(new Operation.Create(NOTE, "note", ElementId.ROOT, Position.Edge.LAST, Map.of(), Map.of("body", text), List.of()));
        present = text.length();
    }

    /** Puts in or takes out up to eight characters anywhere; the length stays about the same. */
    @Benchmark
    public Decision anywhere() {
        int count = 1 + drawing.random.nextInt(WORD.length());
        if (present > length) {
            present -= count;
            return edit(TextEdit.delete(1 + drawing.random.nextInt(present), count));
        }
        int at = drawing.random.nextInt(present);
        present += count;
        return edit(TextEdit.insert(at, WORD.substring(0, count)));
    }

    /** One character after the other; now and then somewhere else, and what is too much is cut at the end. */
    @Benchmark
    public Decision typing() {
        if (present > length) {
            int excess = Math.min(present - 1, 1000);
            present -= excess;
            cursor = Math.min(cursor, present);
            return edit(TextEdit.delete(present, excess));
        }
        cursor = drawing.random.nextInt(50) == 0 ? drawing.random.nextInt(present) : cursor + 1;
        present++;
        return edit(TextEdit.insert(Math.min(cursor, present - 1), "x"));
    }

    private Decision edit(TextEdit edit) {
        return drawing.commit(new Operation.EditText(NOTE, "body", edit));
    }
}
