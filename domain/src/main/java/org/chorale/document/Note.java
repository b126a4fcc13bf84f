package org.chorale.document;

import java.util.List;
import java.util.Optional;
import org.chorale.operation.ConflictId;
import org.chorale.operation.ElementId;
import org.chorale.operation.Path;
import org.chorale.value.Value;

/**
 * What people should know: an operation did not do just what it says, or did it to somebody. Everybody gets the notes of every change;
 * {@code writes} tells whom else they concern.
 *
 * @param operation the index in the submitted change
 * @param path      the register, where it is about one
 * @param lost      the value that was overwritten, if there was one
 * @param writes    what others wrote there, unseen by the author
 * @param conflict  the record in which the write waits
 */
public record Note(Code code, ElementId element, int operation, Optional<Path> path, Optional<Value> lost, List<Write> writes,
                   Optional<ConflictId> conflict) {

    /** Somebody else's write that the note is about. */
    public record Write(ElementId element, long revision, String userId) {}

    /** The reasons. Public names: they travel in {@code accepted} and {@code changes}. */
    public enum Code {
        /** The parent was deleted: the element went to the nearest live ancestor, or stayed where it was. */
        PARENT_DELETED,
        /** A referred element is not live, so the new one stays hidden. */
        REF_DELETED,
        /** The register does not hold what the operation needs; nothing happened. */
        TYPE_MISMATCH,
        /** The element would have come under itself; nothing happened. */
        CYCLE,
        /** The element is deleted: the edit is kept, and seen once it is restored. Or: what was deleted had edits its deleter had not seen. */
        EDIT_DELETED,
        /** The write replaced a value that its author had not seen. */
        OVERWROTE,
        /** The write was blended with one that its author had not seen. */
        MERGED,
        /** The write waits for a decision. */
        WITHHELD,
        /** A member stays in its set, because somebody added it unseen. */
        ADD_WINS,
        /** There is nothing left to undo there: somebody wrote since. */
        UNDO_SKIPPED
    }

    public Note {
        writes = List.copyOf(writes);
    }

    public Note(Code code, ElementId element, int operation) {
        this(code, element, operation, Optional.empty(), Optional.empty(), List.of(), Optional.empty());
    }
}
