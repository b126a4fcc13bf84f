package org.chorale.bench;

import java.util.concurrent.TimeUnit;
import org.chorale.document.Document;
import org.chorale.document.DocumentForm;
import org.chorale.document.Element;
import org.chorale.operation.Operation;
import org.chorale.operation.Path;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Writing a whole document out, and comparing it by its fingerprint. Target: 100 ms for 10,000 elements. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = {"-Xms2g", "-Xmx2g"})
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 1)
public class Snapshot {
    private static final Path WIDTH = Path.of("width");

    @Param({"1000", "10000", "100000"})
    public int elements;

    private Drawing drawing;

    @Setup
    public void draw() {
        drawing = new Drawing(elements);
    }

    @Benchmark
    public String form() {
        return DocumentForm.of(drawing.document);
    }

    @Benchmark
    public String hashAfterOneChange() {
        drawing.commit(new Operation.SetProperty(drawing.anyPart(), WIDTH, drawing.number()));
        return DocumentForm.hash(drawing.document);
    }

    /** A document of which every element was written since it was last hashed. */
    @State(Scope.Benchmark)
    public static class Rewritten {
        private Document document;

        @Setup(Level.Invocation)
        public void write(Snapshot snapshot) {
            Drawing drawing = snapshot.drawing;
            document = drawing.document;
            for (Element element : document.elements()) {
                drawing.commit(new Operation.SetProperty(element.id(), WIDTH, drawing.number()));
            }
        }
    }

    @Benchmark
    public String hashAnew(Rewritten rewritten) {
        return DocumentForm.hash(rewritten.document);
    }
}
