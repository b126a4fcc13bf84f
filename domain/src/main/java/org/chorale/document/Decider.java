package org.chorale.document;

import static org.chorale.document.Note.Code.ADD_WINS;
import static org.chorale.document.Note.Code.CYCLE;
import static org.chorale.document.Note.Code.EDIT_DELETED;
import static org.chorale.document.Note.Code.PARENT_DELETED;
import static org.chorale.document.Note.Code.REF_DELETED;
import static org.chorale.problem.ProblemType.DUPLICATE_ID;
import static org.chorale.problem.ProblemType.INVALID_OPERATION;
import static org.chorale.problem.ProblemType.UNKNOWN_ELEMENT;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.chorale.conflict.Policies;
import org.chorale.conflict.Strategy;
import org.chorale.operation.ElementId;
import org.chorale.operation.ListItem;
import org.chorale.operation.Operation;
import org.chorale.operation.OrderKey;
import org.chorale.operation.Position;
import org.chorale.problem.CollaborationException;
import org.chorale.text.TextEdit;

/**
 * Decides what a change does to the document as it is now, and does it. What no sane client sends is refused; what is merely overtaken
 * by others' edits turns into the nearest thing that makes sense, or into nothing, with a note for its author. Which of two writes of
 * one register counts, {@link PropertyRules} decide.
 */
public final class Decider {
    /** A key longer than this is worth a change of the server's own. */
    private static final int LONGEST_KEY = 40;
    private static final int SHORT_KEY = 12;
    /** So many unseen edits of a deleted element are told one by one. */
    private static final int UNSEEN_TOLD = 16;
    private static final Author SYSTEM = new Author("system", "system");

    private final Document document;
    private final Limits limits;
    private final Policies policies;
    private final PropertyRules properties;
    private final UndoRules undo;

    public Decider(Document document, Limits limits, Policies policies) {
        this.document = document;
        this.limits = limits;
        this.policies = policies;
        this.properties = new PropertyRules(document, limits, policies);
        this.undo = new UndoRules(document, limits);
    }

    /** Starts on changes that a client sent together. */
    public Frame frame(Author author, Instant at) {
        return new Frame(document, this, author, at);
    }

    /** Decides a change that came alone. */
    public Decision decide(Change change, Author author, Instant at) {
        return frame(author, at).decide(change);
    }

    /**
     * Carries out one operation the way that the server most likely will, so that its author sees it at once. What would be refused does
     * nothing. Nobody else is there, so nothing conflicts; the revision stays.
     *
     * @param ahead how many changes are predicted before this one: they take the revisions in between
     * @return what it came to, or nothing where it would be refused
     */
    public Optional<Decision.Accepted> predict(Operation operation, ChangeId change, Author author, int ahead) {
        return attempt(change, author, ahead, outcome -> decide(operation, Operation.EditText::edit, outcome));
    }

    /** As {@link #predict}, for an undo. */
    public Optional<Decision.Accepted> predictUndo(List<Inverse> inverse, ChangeId change, Author author, int ahead) {
        return attempt(change, author, ahead, outcome -> undo(inverse, outcome));
    }

    /**
     * The server's own change after another one, where that made an order key too long: it takes the next revision, named
     * {@link ChangeId#system}. Nothing that anybody did changes by it.
     */
    public Optional<CommittedChange> tidy(Decision.Accepted done, Instant at) {
        for (Operation operation : done.effective()) {
            Optional<Element> element = placed(operation).flatMap(document::element);
            if (element.isPresent() && element.get().order().value().length() > LONGEST_KEY) {
                List<Operation> rebalance = List.of(document.shorterKeys(element.get(), SHORT_KEY));
                long revision = document.revision() + 1;
                var change = new CommittedChange(revision, ChangeId.system(revision), CommittedChange.Kind.SYSTEM, SYSTEM, at, rebalance,
                    List.of());
                document.apply(change);
                return Optional.of(change);
            }
        }
        return Optional.empty();
    }

    private static Optional<ElementId> placed(Operation operation) {
        return switch (operation) {
            case Operation.Create create -> Optional.of(create.element());
            case Operation.Move move -> Optional.of(move.element());
            case Operation.Returned(Operation.Move move, var origins) -> Optional.of(move.element());
            default -> Optional.empty();            // no other operation writes an order key
        };
    }

    // ---- for a frame

    Decision decide(Outcome.Request request, Consumer<Outcome> rules) {
        int savepoint = document.savepoint();
        try {
            var outcome = new Outcome(document, request);
            rules.accept(outcome);
            document.advance();
            return outcome.accepted();
        } catch (CollaborationException refusal) {
            document.rollback(savepoint);
            return new Decision.Refused(refusal.problem());
        }
    }

    void decide(List<Operation> operations, Function<Operation.EditText, TextEdit> transformed, Outcome outcome) {
        if (outcome.request().judged()) {
            limits.checkOperations(operations.size());      // a merge may be as large as what it brings
        }
        for (Operation operation : operations) {
            decide(operation, transformed, outcome);
            outcome.next();
        }
    }

    void undo(List<Inverse> inverse, Outcome outcome) {
        undo.undo(inverse, outcome);
    }

    private Optional<Decision.Accepted> attempt(ChangeId change, Author author, int ahead, Consumer<Outcome> rules) {
        int savepoint = document.savepoint();
        try {
            long next = document.revision() + 1 + ahead;
            var stamp = new Stamp(next, change.clientId(), author.userId(), Instant.EPOCH, next);
            var outcome = new Outcome(document, new Outcome.Request(change, document.revision(), false, Optional.empty(), false, stamp));
            rules.accept(outcome);
            return Optional.of(outcome.accepted());
        } catch (CollaborationException refusal) {
            document.rollback(savepoint);
            return Optional.empty();
        }
    }

    // ---- the rules

    private void decide(Operation operation, Function<Operation.EditText, TextEdit> transformed, Outcome outcome) {
        switch (operation) {
            case Operation.Create create -> create(create, outcome);
            case Operation.SetProperty(var id, var path, var value, var previous) ->
                properties.write(document.require(id), path, Optional.of(value), previous, outcome);
            case Operation.UnsetProperty(var id, var path, var previous) ->
                properties.write(document.require(id), path, Optional.empty(), previous, outcome);
            case Operation.AddToProperty add -> properties.add(document.require(add.element()), add, outcome);
            case Operation.EditText edit -> edit(document.require(edit.element()), edit, transformed, outcome);
            case Operation.Append append -> append(document.require(append.element()), append, outcome);
            case Operation.Retract retract -> retract(document.require(retract.element()), retract, outcome);
            case Operation.SetMember member -> put(document.require(member.element()), member, outcome);
            case Operation.Move move -> move(document.require(move.element()), move, outcome);
            case Operation.Delete(var id) -> delete(document.require(id), operation, outcome);
            case Operation.Restore(var id) -> restore(document.require(id), operation, outcome);
            case Operation.Resolve resolve -> properties.resolve(resolve, outcome);
            case Operation.Decided decided -> throw INVALID_OPERATION.because("operation (expected: one that clients make)");
        }
    }

    private void create(Operation.Create create, Outcome outcome) {
        ElementId id = create.element();
        if (id.isRoot()) {
            throw INVALID_OPERATION.because("id: \"\" (expected: one of an element)");
        }
        if (document.isUsed(id)) {
            throw DUPLICATE_ID.because("id: \"" + id + "\" (expected: one that was never used)");
        }
        limits.checkElements(document.size() + 1);
        limits.checkNames(create.props().size() + create.texts().size());
        create.props().values().forEach(limits::checkValue);
        create.texts().values().forEach(text -> limits.checkText(text.length()));
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

    private void edit(Element element, Operation.EditText operation, Function<Operation.EditText, TextEdit> transformed, Outcome outcome) {
        TextCell text = element.textCells().get(operation.name());
        if (text == null) {
            limits.checkNames(element.names() + 1);
        }
        TextEdit edit = transformed.apply(operation);
        CharSequence content = text == null ? "" : text.content();
        edit.requireFits(content);
        limits.checkText(content.length() + edit.lengthChange());
        if (text != null) {
            outcome.meet(text.stamp());
        }
        if (edit.isEmpty()) {
            outcome.nothing();
            return;
        }
        outcome.noteIfDeleted(element);
        outcome.apply(new Operation.EditText(element.id(), operation.name(), edit));
    }

    private void append(Element element, Operation.Append append, Outcome outcome) {
        var items = element.items(append.list());
        if (items.isEmpty()) {
            limits.checkNames(element.names() + 1);
        }
        limits.checkListItems(items.size() + append.items().size());
        for (ListItem item : append.items()) {
            limits.checkValue(item.value());
            if (items.containsKey(item.id())) {
                throw DUPLICATE_ID.because("item: \"" + item.id() + "\" (expected: one that the list never had)");
            }
        }
        outcome.noteIfDeleted(element);
        outcome.apply(append);
    }

    private void retract(Element element, Operation.Retract retract, Outcome outcome) {
        ItemCell item = element.items(retract.list()).get(retract.item());
        if (item == null) {
            throw UNKNOWN_ELEMENT.because("item: \"" + retract.item() + "\" (expected: one of the list's)");
        }
        outcome.meet(item.stamp());
        if (item.retracted() == retract.retracted()) {
            outcome.nothing();
            return;
        }
        outcome.noteIfDeleted(element);
        outcome.apply(retract);
    }

    private void put(Element element, Operation.SetMember member, Outcome outcome) {
        var members = element.set(member.set());
        MemberCell present = members.get(member.member());
        if (present == null) {
            limits.checkNames(element.names() + (members.isEmpty() ? 1 : 0));
            limits.checkSetMembers(members.size() + 1);
        } else {
            outcome.meet(present.stamp());
        }
        if (!member.on()) {
            if (present == null || !present.on()) {
                outcome.nothing();
                return;
            }
            if (outcome.isUnseen(present.stamp()) && addWins(element, member, outcome)) {
                outcome.nothing(ADD_WINS, element.id());
                return;
            }
        }
        outcome.noteIfDeleted(element);
        // A member that is put in again counts as put in now: whoever takes it out without knowing does not win.
        outcome.apply(member);
    }

    private boolean addWins(Element element, Operation.SetMember member, Outcome outcome) {
        Strategy strategy = outcome.request().onConflict().orElse(policies.of(element.type(), member.set()).strategy());
        return outcome.request().judged() && (strategy == Strategy.AUTOMATIC || strategy == Strategy.MERGE);
    }

    private void move(Element element, Operation.Move move, Outcome outcome) {
        requireNoClientKey(move.position());
        requireParent(move.parent());
        outcome.meet(element.placed());
        if (document.isWithin(move.parent(), element.id())) {
            outcome.nothing(CYCLE, element.id());
        } else if (!document.isLive(move.parent())) {
            outcome.nothing(PARENT_DELETED, element.id());
        } else {
            limits.checkTreeDepth(document.depth(move.parent()) + document.height(element.id()));
            outcome.noteIfDeleted(element);
            OrderKey key = document.keyFor(move.parent(), move.position(), element.id());
            outcome.apply(new Operation.Move(element.id(), move.parent(), new Position.At(key)));
        }
    }

    private void delete(Element element, Operation operation, Outcome outcome) {
        outcome.meet(outcome.others(element.lastWrites()));
        if (element.isDeleted()) {
            outcome.nothing();
            return;
        }
        if (outcome.isConcurrent()) {
            var unseen = new ArrayList<Note.Write>();
            collectUnseen(element, outcome, unseen);
            if (!unseen.isEmpty()) {
                outcome.note(EDIT_DELETED, element.id(), unseen);
            }
        }
        outcome.apply(operation);
    }

    private void collectUnseen(Element element, Outcome outcome, List<Note.Write> unseen) {
        if (unseen.size() == UNSEEN_TOLD) {
            return;
        }
        Stamp last = outcome.others(element.lastWrites());
        if (outcome.isUnseen(last)) {
            unseen.add(new Note.Write(element.id(), last.revision(), last.userId()));
        }
        document.children(element.id()).forEach(child -> collectUnseen(child, outcome, unseen));
    }

    private void restore(Element element, Operation operation, Outcome outcome) {
        outcome.meet(element.flagged());
        if (!element.isDeleted()) {
            outcome.nothing();
            return;
        }
        UndoRules.liftUp(document, element, outcome);
        outcome.apply(operation);
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
}
