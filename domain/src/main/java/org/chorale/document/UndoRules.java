package org.chorale.document;

import static org.chorale.document.Note.Code.CYCLE;
import static org.chorale.document.Note.Code.PARENT_DELETED;
import static org.chorale.document.Note.Code.UNDO_SKIPPED;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chorale.operation.ElementId;
import org.chorale.operation.Operation;
import org.chorale.operation.OrderKey;
import org.chorale.operation.Origins;
import org.chorale.operation.Path;
import org.chorale.operation.Position;
import org.chorale.text.TextEdit;
import org.chorale.value.Value;

/** Undoes single operations where nobody wrote since; what cannot be undone any more is told, never forced. */
final class UndoRules {
    private final Document document;
    private final Limits limits;

    UndoRules(Document document, Limits limits) {
        this.document = document;
        this.limits = limits;
    }

    /** Undoes a whole change. Its edits of one text continue each other, so what came since advances over each. */
    void undo(List<Inverse> inverse, Outcome outcome) {
        var bridges = new HashMap<TextOf, Optional<Bridge>>();
        for (Inverse each : inverse) {
            undo(each, bridges, outcome);
            outcome.next();
        }
        // Only now, since the change's other operations may bring back what an element stands below.
        for (int i = 0; i < inverse.size(); i++) {
            if (inverse.get(i) instanceof Inverse.OfFlag(var id, boolean deleted, long expects, long restores) && !deleted) {
                outcome.turnTo(i);
                Element restored = document.require(id);
                if (!restored.isDeleted() && restored.flagged().revision() == outcome.request().stamp().revision()) {
                    liftUp(document, restored, outcome);
                }
            }
        }
    }

    private record TextOf(ElementId element, String name) {}

    private void undo(Inverse inverse, Map<TextOf, Optional<Bridge>> bridges, Outcome outcome) {
        Element element = document.require(inverse.element());
        switch (inverse) {
            case Inverse.OfProperty property -> property(element, property, outcome);
            case Inverse.OfText(var id, var name, var edit, long revision) -> text(element, name, edit,
                bridges.computeIfAbsent(new TextOf(id, name), text -> bridge(element, name, revision)), outcome);
            case Inverse.OfAppended appended -> appended(element, appended, outcome);
            case Inverse.OfItem(var id, var list, var item, boolean retracted, long expects, long restores) -> {
                ItemCell cell = element.items(list).get(item);
                guarded(element, cell != null && cell.stamp().origin() == expects && cell.retracted() != retracted,
                    new Operation.Retract(id, list, item, retracted), restores, outcome);
            }
            case Inverse.OfMember(var id, var set, var member, boolean on, long expects, long restores) -> {
                MemberCell cell = element.set(set).get(member);
                guarded(element, cell != null && cell.stamp().origin() == expects,
                    new Operation.SetMember(id, set, member, on), restores, outcome);
            }
            case Inverse.OfPlace place -> place(element, place, outcome);
            case Inverse.OfFlag(var id, boolean deleted, long expects, long restores) -> {
                if (element.flagged().origin() != expects || element.isDeleted() == deleted) {
                    outcome.note(UNDO_SKIPPED, id);
                    return;
                }
                Operation write = deleted ? new Operation.Delete(id) : new Operation.Restore(id);
                outcome.apply(new Operation.Returned(write, new Origins(restores)));
            }
        }
    }

    /** Takes an element that comes back out from under deleted ones, to the nearest that people see. */
    static void liftUp(Document document, Element element, Outcome outcome) {
        ElementId parent = document.nearestLive(element.parent());
        if (!parent.equals(element.parent())) {
            outcome.note(PARENT_DELETED, element.id());
            OrderKey key = document.keyFor(parent, Position.Edge.LAST, element.id());
            outcome.apply(new Operation.Move(element.id(), parent, new Position.At(key)));
        }
    }

    private void property(Element element, Inverse.OfProperty undone, Outcome outcome) {
        Path path = undone.path();
        Cell cell = element.cell(path.property());
        boolean fits = Components.fits(cell.value(), path.component(), undone.old().isEmpty());
        if (fits && cell.origins(path.component()).equals(undone.expects())) {
            Operation write = undone.old().<Operation>map(old -> new Operation.SetProperty(element.id(), path, old))
                .orElseGet(() -> new Operation.UnsetProperty(element.id(), path));
            outcome.noteIfDeleted(element);
            outcome.apply(new Operation.Returned(write, undone.restores()));
            return;
        }
        Optional<Value> delta = undone.delta().filter(negated -> Components.read(cell.value(), path.component())
            .flatMap(present -> Components.sum(present, negated)).isPresent());
        if (delta.isEmpty()) {
            outcome.note(UNDO_SKIPPED, element.id());
            return;
        }
        outcome.noteIfDeleted(element);
        outcome.apply(new Operation.AddToProperty(element.id(), path, delta.get()));
    }

    private static Optional<Bridge> bridge(Element element, String name, long revision) {
        TextCell text = element.textCells().get(name);
        return text == null || !text.remembers(revision) ? Optional.empty() : Optional.of(new Bridge(text.after(revision)));
    }

    private void text(Element element, String name, TextEdit inverse, Optional<Bridge> bridge, Outcome outcome) {
        TextEdit edit = bridge.map(since -> since.cross(inverse)).orElse(TextEdit.of());
        if (edit.isEmpty()) {
            outcome.note(UNDO_SKIPPED, element.id());
            return;
        }
        limits.checkText(element.textCells().get(name).content().length() + edit.lengthChange());
        outcome.noteIfDeleted(element);
        outcome.apply(new Operation.EditText(element.id(), name, edit));
    }

    private void appended(Element element, Inverse.OfAppended appended, Outcome outcome) {
        for (String id : appended.items()) {
            ItemCell item = element.items(appended.list()).get(id);
            guarded(element, item != null && item.stamp().origin() == appended.expects() && !item.retracted(),
                new Operation.Retract(element.id(), appended.list(), id, true), Document.NEVER, outcome);
        }
    }

    private void place(Element element, Inverse.OfPlace undone, Outcome outcome) {
        if (element.placed().origin() != undone.expects()) {
            outcome.note(UNDO_SKIPPED, element.id());
        } else if (document.isWithin(undone.parent(), element.id())) {
            outcome.note(CYCLE, element.id());
        } else if (!document.isLive(undone.parent())) {
            outcome.note(PARENT_DELETED, element.id());
        } else {
            limits.checkTreeDepth(document.depth(undone.parent()) + document.height(element.id()));
            OrderKey key = document.formerKey(undone.parent(), undone.order(), undone.behind(), element.id());
            guarded(element, true, new Operation.Move(element.id(), undone.parent(), new Position.At(key)), undone.restores(), outcome);
        }
    }

    private void guarded(Element element, boolean holds, Operation write, long restores, Outcome outcome) {
        if (!holds) {
            outcome.note(UNDO_SKIPPED, element.id());
            return;
        }
        outcome.noteIfDeleted(element);
        outcome.apply(new Operation.Returned(write, new Origins(restores)));
    }
}
