package org.chorale.sync;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.chorale.document.Change;
import org.chorale.document.ChangeId;
import org.chorale.operation.Operation;

/**
 * One's own change that is not confirmed yet.
 *
 * @param seen       the newest revision received when the edit was made; conflicts are judged by it
 * @param operations as they now read on the confirmed document and the pending changes before this one; of an undo, only the text edits
 *                   that it is predicted to make
 * @param undoes     the change that this one undoes, if it is an undo
 * @param gesture    edits of one gesture become one change for as long as it was not sent
 * @param fate       what the server may know of it
 * @param accepted   the revision as which the server said that it is stored
 */
public record Pending(ChangeId id, long seen, List<Operation> operations, Optional<ChangeId> undoes, Optional<String> gesture, Fate fate,
                      OptionalLong accepted) {

    /** What the server may know of a change. */
    public enum Fate {
        /** Never sent: the server cannot know it. */
        UNSENT,
        /** Sent, and not answered: the missed changes will tell. */
        SENT,
        /** Sent, and a snapshot took the place of the missed changes: only the server can tell whether it is in there. */
        UNCERTAIN
    }

    public Pending {
        operations = List.copyOf(operations);
    }

    Pending with(List<Operation> others) {
        return new Pending(id, seen, others, undoes, gesture, fate, accepted);
    }

    Pending with(Fate other) {
        return new Pending(id, seen, operations, undoes, gesture, other, accepted);
    }

    Pending acceptedAs(long revision) {
        return new Pending(id, seen, operations, undoes, gesture, fate, OptionalLong.of(revision));
    }

    boolean isIn(long revision) {
        return accepted.isPresent() && accepted.getAsLong() <= revision;
    }

    /** The change as it goes to the server. */
    Change on(long base) {
        return new Change(id, base, Math.min(seen, base), operations);
    }
}
