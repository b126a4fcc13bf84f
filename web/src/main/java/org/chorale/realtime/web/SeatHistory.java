package org.chorale.realtime.web;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;
import org.chorale.document.ChangeId;

/**
 * What comes next when somebody at a seat undoes or redoes without naming a change. Kept as frames come in, before they are answered,
 * since an undo may follow an edit closely; what is refused is taken out again.
 */
final class SeatHistory {
    private static final int REMEMBERED = 1_000;

    private final SequencedSet<ChangeId> done = new LinkedHashSet<>();
    private final SequencedSet<ChangeId> undone = new LinkedHashSet<>();

    synchronized Optional<ChangeId> lastDone() {
        return last(done);
    }

    synchronized Optional<ChangeId> lastUndone() {
        return last(undone);
    }

    /** A new edit: what was undone stays undone. One that is sent again is no new one. */
    synchronized void edited(ChangeId change) {
        if (!done.contains(change)) {
            push(done, change);
            undone.clear();
        }
    }

    /** A change was undone by another; where it was an undo itself, that is a redo. */
    synchronized void undone(ChangeId change, ChangeId by) {
        if (undone.remove(change)) {
            push(done, by);
        } else {
            done.remove(change);
            push(undone, by);
        }
    }

    synchronized void refused(ChangeId change) {
        done.remove(change);
        undone.remove(change);
    }

    private static Optional<ChangeId> last(SequencedSet<ChangeId> changes) {
        return changes.isEmpty() ? Optional.empty() : Optional.of(changes.getLast());
    }

    private static void push(SequencedSet<ChangeId> changes, ChangeId change) {
        changes.addLast(change);
        if (changes.size() > REMEMBERED) {
            changes.removeFirst();
        }
    }
}
