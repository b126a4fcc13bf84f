package org.chorale.sync;

import java.util.List;
import org.chorale.document.Change;
import org.chorale.document.ChangeId;
import org.chorale.document.CommittedChange;
import org.chorale.problem.Problem;

/** What is to be done, or told, after a step of the {@link Replica}. */
public sealed interface Effect {

    /** Send these changes in one frame. */
    record Submit(List<Change> changes) implements Effect {
        public Submit {
            changes = List.copyOf(changes);
        }
    }

    /** Ask the server to undo a change; {@code id} names the undo. */
    record Undo(ChangeId id, ChangeId undone) implements Effect {}

    /** Ask for everything after a revision. */
    record Resync(long revision) implements Effect {}

    /** These were folded. */
    record Folded(List<CommittedChange> changes) implements Effect {
        public Folded {
            changes = List.copyOf(changes);
        }
    }

    /** One's own change is stored durably. */
    record Accepted(ChangeId id, long revision) implements Effect {}

    /** One's own change was refused; it can still be shown, exported or made again. */
    record Refused(Pending change, Problem problem) implements Effect {}
}
