package org.chorale.document;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.chorale.text.TextEdit;

/** A text and its newest edits, over which concurrent ones are transformed. */
final class TextCell {
    /** One committed edit. */
    record Write(long revision, ChangeId change, TextEdit edit) {}

    private final StringBuilder content;
    private final Deque<Write> history = new ArrayDeque<>();
    private Stamp stamp;
    private long forgotten;

    /** @param forgotten the revision up to which earlier edits are not known */
    TextCell(String content, Stamp stamp, long forgotten) {
        this.content = new StringBuilder(content);
        this.stamp = stamp;
        this.forgotten = forgotten;
    }

    CharSequence content() {
        return content;
    }

    Stamp stamp() {
        return stamp;
    }

    /** Whether every edit after the revision is known. */
    boolean remembers(long revision) {
        return revision >= forgotten;
    }

    List<Write> after(long revision) {
        var newestFirst = new ArrayList<Write>();
        for (var writes = history.descendingIterator(); writes.hasNext();) {
            Write write = writes.next();
            if (write.revision() <= revision) {
                break;
            }
            newestFirst.add(write);
        }
        return newestFirst.reversed();
    }

    void edit(Write write, Stamp by) {
        write.edit().applyTo(content);
        stamp = by;
        history.addLast(write);
    }

    /** Drops the edits up to a revision. */
    void forgetUpTo(long revision) {
        while (!history.isEmpty() && history.getFirst().revision() <= revision) {
            forgotten = history.removeFirst().revision();
        }
    }

    /** Learns of the edit before those that are known. */
    void recall(Write earlier) {
        history.addFirst(earlier);
    }

    /** All edits after the revision were recalled. */
    void rememberSince(long revision) {
        forgotten = Math.min(forgotten, revision);
    }

    /** Takes the last edit back. */
    void takeBack(TextEdit inverse, Stamp earlier) {
        inverse.applyTo(content);
        stamp = earlier;
        history.removeLast();
    }
}
