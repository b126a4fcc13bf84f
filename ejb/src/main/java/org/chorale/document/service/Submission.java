package org.chorale.document.service;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.chorale.document.Author;
import org.chorale.document.Change;
import org.chorale.document.ChangeId;
import org.chorale.document.Document;
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

    public Submission {
        requests = List.copyOf(requests);
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
