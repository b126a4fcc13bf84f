package org.chorale.document;

import static org.chorale.document.Note.Code.CYCLE;
import static org.chorale.document.Note.Code.EDIT_DELETED;
import static org.chorale.document.Note.Code.PARENT_DELETED;
import static org.chorale.document.Note.Code.REF_DELETED;
import static org.chorale.document.Note.Code.TYPE_MISMATCH;
import static org.chorale.problem.ProblemType.DUPLICATE_ID;
import static org.chorale.problem.ProblemType.INVALID_OPERATION;
import static org.chorale.problem.ProblemType.REVISION_AHEAD;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chorale.operation.ElementId;
import org.chorale.operation.Operation;
import org.chorale.operation.OrderKey;
import org.chorale.operation.Path;
import org.chorale.operation.Position;
import org.chorale.problem.CollaborationException;
import org.chorale.value.Value;

/**
 * Decides what a change does to the document as it is now, and does it. What no sane client sends is refused; what is merely overtaken
 * by others' edits turns into the nearest thing that makes sense, or into nothing, with a note for its author.
 */
public final class Decider {
    private final Document document;
    private final Limits limits;

    public Decider(Document document, Limits limits) {
        this.document = document;
        this.limits = limits;
    }

    /** Carries the change out and takes the next revision, or leaves the document as it was. */
    public Decision decide(Change change) {
        int savepoint = document.savepoint();
        try {
            if (change.baseRevision() > document.revision()) {
                throw REVISION_AHEAD.because("baseRevision: " + change.baseRevision() + " (expected: at most " + document.revision() + ")");
            }
            limits.checkOperations(change.operations().size());
            var outcome = new Outcome();
            for (Operation operation : change.operations()) {
                decide(operation, outcome);
                outcome.index++;
            }
            document.advance();
            return new Decision.Accepted(List.copyOf(outcome.effective), List.copyOf(outcome.notes));
        } catch (CollaborationException refusal) {
            document.rollback(savepoint);
            return new Decision.Refused(refusal.problem());
        }
    }

    private void decide(Operation operation, Outcome outcome) {
        switch (operation) {
            case Operation.Create create -> create(create, outcome);
            case Operation.SetProperty set -> set(set, outcome);
            case Operation.UnsetProperty unset -> unset(unset, outcome);
            case Operation.AddToProperty add -> add(add, outcome);
            case Operation.Move move -> move(move, outcome);
            case Operation.Delete(var id) -> flag(operation, document.require(id), true, outcome);
            case Operation.Restore(var id) -> restore(operation, document.require(id), outcome);
        }
    }

    private void create(Operation.Create create, Outcome outcome) {
        ElementId id = create.element();
        if (document.isUsed(id)) {
            throw DUPLICATE_ID.because("id: \"" + id + "\" (expected: one that was never used)");
        }
        limits.checkElements(document.size() + 1);
        create.props().values().forEach(limits::checkValue);
        create.texts().values().forEach(limits::checkText);
        requireNoClientKey(create.position());
        create.refs().forEach(this::requireBindable);
        requireParent(create.parent());
        ElementId parent = document.nearestLive(create.parent());
        if (!parent.equals(create.parent())) {
            outcome.note(PARENT_DELETED, id);
        }
        limits.checkTreeDepth(document.depth(parent) + 1);
        if (!create.refs().stream().allMatch(document::isLive)) {
            outcome.note(REF_DELETED, id);
        }
        outcome.apply(create.at(parent, document.keyFor(parent, create.position(), id)));
    }

    private void set(Operation.SetProperty set, Outcome outcome) {
        limits.checkValue(set.value());
        Element element = document.require(set.element());
        Optional<Value> written = Register.written(element.prop(set.path().property()), set.path().component(), set.value());
        if (written.isEmpty()) {
            outcome.note(TYPE_MISMATCH, element.id());
            return;
        }
        limits.checkValue(written.get());
        noteDeleted(element, outcome);
        outcome.apply(new Operation.SetProperty(element.id(), set.path(), set.value()));
    }

    private void unset(Operation.UnsetProperty unset, Outcome outcome) {
        Element element = document.require(unset.element());
        Optional<Value> property = element.prop(unset.path().property());
        if (property.isEmpty()) {
            return;
        }
        switch (unset.path().component()) {
            case Path.Whole whole -> { }
            case Path.Index index -> {
                outcome.note(TYPE_MISMATCH, element.id());
                return;
            }
            case Path.Field(var key) -> {
                if (!(property.get() instanceof Value.Struct(var fields))) {
                    outcome.note(TYPE_MISMATCH, element.id());
                    return;
                }
                if (!fields.containsKey(key)) {
                    return;
                }
            }
        }
        noteDeleted(element, outcome);
        outcome.apply(new Operation.UnsetProperty(element.id(), unset.path()));
    }

    private void add(Operation.AddToProperty add, Outcome outcome) {
        limits.checkValue(add.delta());
        Element element = document.require(add.element());
        Optional<Value> sum = Register.read(element.prop(add.path().property()), add.path().component())
            .flatMap(present -> Register.sum(present, add.delta()));
        if (sum.isEmpty()) {
            outcome.note(TYPE_MISMATCH, element.id());
            return;
        }
        noteDeleted(element, outcome);
        outcome.apply(add);
    }

    private void move(Operation.Move move, Outcome outcome) {
        Element element = document.require(move.element());
        requireNoClientKey(move.position());
        requireParent(move.parent());
        if (document.isWithin(move.parent(), element.id())) {
            outcome.note(CYCLE, element.id());
        } else if (!document.isLive(move.parent())) {
            outcome.note(PARENT_DELETED, element.id());
        } else {
            limits.checkTreeDepth(document.depth(move.parent()) + document.height(element.id()));
            noteDeleted(element, outcome);
            OrderKey key = document.keyFor(move.parent(), move.position(), element.id());
            outcome.apply(new Operation.Move(element.id(), move.parent(), new Position.At(key)));
        }
    }

    private void restore(Operation operation, Element element, Outcome outcome) {
        if (!element.isDeleted()) {
            return;
        }
        ElementId parent = document.nearestLive(element.parent());
        if (!parent.equals(element.parent())) {
            outcome.note(PARENT_DELETED, element.id());
            OrderKey key = document.keyFor(parent, Position.Edge.LAST, element.id());
            outcome.apply(new Operation.Move(element.id(), parent, new Position.At(key)));
        }
        flag(operation, element, false, outcome);
    }

    private void flag(Operation operation, Element element, boolean deleted, Outcome outcome) {
        if (element.isDeleted() != deleted) {
            outcome.apply(operation);
        }
    }

    private void noteDeleted(Element element, Outcome outcome) {
        if (!document.isLive(element.id())) {
            outcome.note(EDIT_DELETED, element.id());
        }
    }

    /** Constraints bind elements, never other constraints. */
    private void requireBindable(ElementId ref) {
        if (document.require(ref).isConstraint()) {
            throw INVALID_OPERATION.because("refs: \"" + ref + "\" is a constraint (expected: another element)");
        }
    }

    /** A constraint carries nothing: else an element could hang below what lives only as long as itself. */
    private void requireParent(ElementId parent) {
        if (!parent.isRoot() && document.require(parent).isConstraint()) {
            throw INVALID_OPERATION.because("parent: \"" + parent + "\" is a constraint (expected: another element)");
        }
    }

    private static void requireNoClientKey(Position position) {
        if (position instanceof Position.At) {
            throw INVALID_OPERATION.because("order (expected: absent; the server assigns it)");
        }
    }

    /** What has been decided of one change so far. */
    private final class Outcome {
        private final List<Operation> effective = new ArrayList<>();
        private final List<Note> notes = new ArrayList<>();
        private int index;

        void apply(Operation operation) {
            document.apply(operation);
            effective.add(operation);
        }

        void note(Note.Code code, ElementId element) {
            notes.add(new Note(code, element, index));
        }
    }
}
