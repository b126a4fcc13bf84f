package org.chorale.document.service;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.chorale.document.Author;
import org.chorale.document.Change;
import org.chorale.document.ChangeId;
import org.chorale.document.ChangeLog;
import org.chorale.document.Document;
import org.chorale.merge.MergeConflict;
import org.chorale.merge.Resolution;
import org.chorale.operation.ElementId;

/**
 * What one author sent together.
 *
 * @param reply      is told, once, what became of the requests: in order, up to and including the first refusal
 * @param receivedAt when it came in, by {@link System#nanoTime}
 */
public record Submission(Author author, List<? extends Request> requests, Consumer<List<Outcome>> reply, long receivedAt) {

    /** Something to be committed under a name of its own. */
    public sealed interface Request {
        ChangeId id();
    }

    /** Somebody's edit. */
    public record Edit(Change change) implements Request {
        @Override
        public ChangeId id() {
            return change.id();
        }
    }

    /** An undo of one of the author's own changes; a redo, where that is an undo itself. */
    public record Undo(ChangeId id, ChangeId undone) implements Request {}

    /**
     * Makes the document what it was, as one change on what it is when it is decided.
     *
     * @param past     the document at some revision; not written to
     * @param elements those that are meant; all of them where none is named
     */
    public record Revert(ChangeId id, Document past, Set<ElementId> elements) implements Request {
        public Revert {
            elements = Set.copyOf(elements);
        }
    }

    /**
     * Brings in what changed between two documents, as one change on what the branch is when it is decided. Comes alone.
     *
     * @param base        what the branch and {@code theirs} had in common last; neither of the two is written to
     * @param resolutions what people chose so far
     * @param entry       what is remembered of a whole branch that is merged; nothing for a part of one
     * @param open        is told the conflicts for which the merge is refused, before its author is
     */
    public record Merge(ChangeId id, Document base, Document theirs, List<Resolution> resolutions, Optional<ChangeLog.MergeEntry> entry,
                        Consumer<List<MergeConflict>> open) implements Request {
        public Merge {
            resolutions = List.copyOf(resolutions);
        }
    }

    public Submission {
        requests = List.copyOf(requests);
        if (requests.size() > 1 && requests.stream().anyMatch(Merge.class::isInstance)) {
            throw new IllegalArgumentException("requests: " + requests.size() + " (expected: 1 where it is a merge)");
        }
    }

    /** Whether it needs a transaction of its own. */
    boolean isMerge() {
        return requests.getFirst() instanceof Merge;
    }

    /** Received now. */
    public Submission(Author author, List<? extends Request> requests, Consumer<List<Outcome>> reply) {
        this(author, requests, reply, System.nanoTime());
    }

    /** Edits alone. */
    public static Submission of(Author author, List<Change> changes, Consumer<List<Outcome>> reply) {
        return new Submission(author, changes.stream().map(Edit::new).toList(), reply);
    }
}
