package org.chorale.bench;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.management.JMException;
import javax.management.ObjectName;
import org.chorale.document.Document;
import org.chorale.document.DocumentForm;
import org.chorale.operation.ElementId;
import org.chorale.operation.Operation;
import org.chorale.operation.Path;
import org.chorale.operation.Position;
import org.chorale.text.TextEdit;
import org.chorale.value.Value;

/** How much heap a document keeps for each of its elements, and of what. Each number is what the heap grows by, after collecting garbage. */
public final class MemoryPerElement {
    private static final int LARGEST_CLASSES = 14;

    private MemoryPerElement() {}

    /** @param arguments numbers of elements */
    public static void main(String... arguments) throws JMException {
        new Drawing(1_000);                                     // loads the classes
        int[] sizes = arguments.length > 0 ? List.of(arguments).stream().mapToInt(Integer::parseInt).toArray() : new int[] {10_000, 100_000};
        System.out.println("| elements | as created | after hash | position written by component | each property written again |");
        System.out.println("|---:|---:|---:|---:|---:|");
        for (int size : sizes) {
            System.out.println(row(size));
        }
        System.out.println(text());
        System.out.println(histogram(new Drawing(10_000)));
    }

    private static String row(int size) {
        long empty = used();
        var drawing = new Drawing(size);
        long created = used();
        DocumentForm.hash(drawing.document);
        long hashed = used();
        writeAll(drawing, id -> {
            for (int i = 0; i < 3; i++) {
                drawing.commit(new Operation.SetProperty(id, Path.of("position", i), drawing.number()));
            }
        });
        long components = used();
        writeAll(drawing, id -> drawing.part("other", ElementId.ROOT).props()
            .forEach((name, value) -> drawing.commit(new Operation.SetProperty(id, Path.of(name), value))));
        long rewritten = used();
        return "| %d | %d | %d | %d | %d |".formatted(drawing.document.elements().size(), (created - empty) / size, (hashed - empty) / size,
            (components - empty) / size, (rewritten - empty) / size);
    }

    private static void writeAll(Drawing drawing, Consumer<ElementId> write) {
        drawing.document.elements().stream().filter(element -> !element.type().equals("group")).forEach(part -> write.accept(part.id()));
    }

    /** A text of 100,000 characters, whose last 10,000 edits are remembered. */
    private static String text() {
        long empty = used();
        var drawing = new Drawing(0);
        var note = new ElementId("note");
        drawing.commit(new Operation.Create(note, "note", ElementId.ROOT, Position.Edge.LAST, Map.of(), Map.of("body", "x".repeat(100_000)),
            List.of()));
        long created = used();
        for (int i = 0; i < 10_000; i++) {
            drawing.commit(new Operation.EditText(note, "body", TextEdit.insert(drawing.random.nextInt(100_000), "a")));
        }
        long edited = used();
        int edits = (int) drawing.document.revision() - 1;
        return "\ntext of 100,000 characters: %d KB; each remembered edit: %d bytes%n".formatted((created - empty) / 1024,
            (edited - created) / edits);
    }

    private static long used() {
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** The classes that take most, of what is alive. */
    private static String histogram(Drawing alive) throws JMException {
        var histogram = (String) ManagementFactory.getPlatformMBeanServer().invoke(
            new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
            new Object[] {new String[0]}, new String[] {String[].class.getName()});
        String largest = String.join("\n", histogram.lines().limit(LARGEST_CLASSES + 2).toList());
        return "whole heap with %d elements alive%n%s".formatted(alive.document.elements().size(), largest);
    }
}
