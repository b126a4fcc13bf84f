package org.chorale.document;

import static org.chorale.problem.ProblemType.INVALID_CHANGE;
import static org.chorale.problem.ProblemType.REVISION_AHEAD;
import static org.chorale.problem.ProblemType.STALE_BASE;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chorale.operation.ElementId;
import org.chorale.operation.Operation;
import org.chorale.problem.CollaborationException;
import org.chorale.text.TextEdit;

/**
 * Changes that one client sends together, one after the other. Those with the same base continue each other: the second one's places in
 * a text count what the first one wrote. So what others wrote meanwhile advances over each of them, and over those that the log knows
 * already: else the client's second change would be transformed as if its first had not happened (the dOPT puzzle, Ellis and Gibbs 1989).
 */
public final class Frame {
    private final Document document;
    private final Decider decider;
    private final Author author;
    private final Instant at;
    /** Nothing for a text whose edits since that base are not known. */
    private final Map<TextAt, Optional<Bridge>> bridges = new HashMap<>();
    private final Set<ChangeId> passed = new HashSet<>();

    Frame(Document document, Decider decider, Author author, Instant at) {
        this.document = document;
        this.decider = decider;
        this.author = author;
        this.at = at;
    }

    private record TextAt(ElementId element, String name, long base) {}

    /** Carries the change out and takes the next revision, or leaves the document as it was. */
    public Decision decide(Change change) {
        return decide(change, CommittedChange.Kind.EDIT);
    }

    /** As {@link #decide(Change)}; conflicts are judged for edits only, since a merge or a revert was decided by people already. */
    public Decision decide(Change change, CommittedChange.Kind kind) {
        boolean judged = kind == CommittedChange.Kind.EDIT;
        var request = new Outcome.Request(change.id(), change.seenRevision(), change.strict(), change.onConflict(), judged,
            stamp(change.id()));
        return decider.decide(request, outcome -> {
            requireClient(change.id());
            if (change.baseRevision() > document.revision()) {
                throw REVISION_AHEAD.because("baseRevision: " + change.baseRevision() + " (expected: at most " + document.revision() + ")");
            }
            decider.decide(change.operations(), edit -> transformed(edit, change), outcome);
        });
    }

    /** Passes over a change that is in the log already; whatever it holds, it is not decided again. */
    public void skip(Change known) {
        if (!passed.add(known.id())) {
            return;
        }
        for (Operation operation : known.operations()) {
            if (operation instanceof Operation.EditText edit) {
                pass(known, edit);
            }
        }
        bridges.values().forEach(bridge -> bridge.ifPresent(one -> one.forget(known.id())));
    }

    private void pass(Change known, Operation.EditText edit) {
        try {
            bridge(edit, known.baseRevision()).crossKnown(known.id(), edit.edit());
        } catch (CollaborationException e) {
            // What follows it in that text has no place any more, and is told so when its turn comes.
            bridges.put(new TextAt(edit.element(), edit.name(), known.baseRevision()), Optional.empty());
        }
    }

    /**
     * Undoes a change, or redoes it by undoing its undo, as far as others' later edits allow.
     *
     * @param id      the undo's own name: it is a change like every other
     * @param inverse of the change to undo, as {@link Decision.Accepted#inverse} told
     */
    public Decision undo(ChangeId id, List<Inverse> inverse) {
        var request = new Outcome.Request(id, document.revision(), false, Optional.empty(), false, stamp(id));
        return decider.decide(request, outcome -> {
            requireClient(id);
            decider.undo(inverse, outcome);
        });
    }

    private static void requireClient(ChangeId id) {
        if (id.isSystem()) {
            throw INVALID_CHANGE.because("changeId: \"" + id + "\" (expected: another client id; this one is the server's)");
        }
    }

    private Stamp stamp(ChangeId id) {
        long revision = document.revision() + 1;
        return new Stamp(revision, id.clientId(), author.userId(), at, revision);
    }

    private TextEdit transformed(Operation.EditText edit, Change change) {
        passed.add(change.id());
        return bridge(edit, change.baseRevision()).cross(edit.edit());
    }

    private Bridge bridge(Operation.EditText edit, long base) {
        return bridges.computeIfAbsent(new TextAt(edit.element(), edit.name(), base), this::bridge).orElseThrow(() -> STALE_BASE.because(
            "baseRevision: " + base + " (expected: one that the server remembers the edits of \"" + edit.name() + "\" from)"));
    }

    private Optional<Bridge> bridge(TextAt at) {
        TextCell text = document.require(at.element()).textCells().get(at.name());
        if (text == null) {
            return Optional.of(new Bridge(List.of()));
        }
        return text.remembers(at.base()) ? Optional.of(new Bridge(text.after(at.base()))) : Optional.empty();
    }
}
