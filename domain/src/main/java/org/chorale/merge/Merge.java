package org.chorale.merge;

import static org.chorale.merge.MergeConflict.Reason.BOTH_CHANGED;
import static org.chorale.merge.MergeConflict.Reason.BOTH_MOVED;
import static org.chorale.merge.MergeConflict.Reason.CYCLE;
import static org.chorale.merge.MergeConflict.Reason.DELETED_AND_EDITED;
import static org.chorale.merge.MergeConflict.Reason.MISSING;
import static org.chorale.problem.ProblemType.INVALID_OPERATION;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.chorale.conflict.Blending;
import org.chorale.document.Document;
import org.chorale.document.Element;
import org.chorale.document.ItemCell;
import org.chorale.operation.ElementId;
import org.chorale.operation.ListItem;
import org.chorale.operation.Operation;
import org.chorale.operation.Path;
import org.chorale.operation.Position;
import org.chorale.text.Side;
import org.chorale.text.TextDiff;
import org.chorale.text.TextEdit;
import org.chorale.value.Value;

/**
 * Brings what changed between {@code base} and {@code theirs} into {@code ours}, cell by cell: what one side changed is taken, what both
 * changed is blended where that loses nothing, the rest people decide. The result are ordinary operations for one change on our head, so
 * a merge can be undone like any edit.
 *
 * <p>A revert is the merge of an old revision with our head as the base; a cherry-pick of a change is the merge of the revision that it
 * made, with the one before it as the base.
 */
public final class Merge {
    private final Document base;
    private final Document ours;
    private final Document theirs;
    private final Map<CellId, Resolution> resolutions;
    private final Map<CellId, Difference> ourChanges;
    private final Set<ElementId> editedByUs = new HashSet<>();
    private final Set<ElementId> editedByThem = new HashSet<>();

    private final List<MergeConflict> open = new ArrayList<>();
    private final Set<MergeConflict> settled = new LinkedHashSet<>();
    private final Set<ElementId> created = new HashSet<>();
    private final Set<ElementId> moved = new HashSet<>();
    private final Set<ElementId> restored = new HashSet<>();
    /** Deleted before and after, but not while something is put below them. */
    private final Set<ElementId> opened = new LinkedHashSet<>();
    private final List<Operation> restoring = new ArrayList<>();
    private final List<Operation> placing = new ArrayList<>();
    private final List<Operation> writing = new ArrayList<>();
    private final List<Operation> deleting = new ArrayList<>();
    private final Map<CellId.Item, List<ListItem>> appending = new LinkedHashMap<>();
    private final Map<ElementId, ElementId> newParents = new HashMap<>();

    private Merge(Document base, Document ours, Document theirs, List<Resolution> resolutions) {
        this.base = base;
        this.ours = ours;
        this.theirs = theirs;
        this.resolutions = resolutions.stream().collect(Collectors.toMap(Resolution::cell, Function.identity(), (first, last) -> last));
        this.ourChanges = Diff.between(base, ours).stream().collect(Collectors.toMap(Difference::cell, Function.identity()));
    }

    /**
     * What a merge comes to.
     *
     * @param operations to be decided as one change, once no conflict is open
     * @param conflicts  that nobody has chosen for, or whose values changed since
     * @param settled    those that a choice holds for
     */
    public record Result(List<Operation> operations, List<MergeConflict> conflicts, List<MergeConflict> settled) {
        public Result {
            operations = List.copyOf(operations);
            conflicts = List.copyOf(conflicts);
            settled = List.copyOf(settled);
        }
    }

    /**
     * Merges three ways.
     *
     * @param base        the revision that the two sides had in common last
     * @param resolutions what people chose so far; those for other values are ignored
     * @throws org.chorale.problem.CollaborationException when a choice does not suit its conflict
     */
    public static Result of(Document base, Document ours, Document theirs, List<Resolution> resolutions) {
        return new Merge(base, ours, theirs, resolutions).run(element -> true);
    }

    /** The operations that make our document what it was, or what another one is. */
    public static List<Operation> revert(Document ours, Document version) {
        return revert(ours, version, element -> true);
    }

    /**
     * The same for some elements alone. What was made since and is not among them stays, also where it hangs below one that was not there.
     *
     * @param isMeant asked for each element that differs
     */
    public static List<Operation> revert(Document ours, Document version, Predicate<ElementId> isMeant) {
        return new Merge(ours, ours, version, List.of()).run(isMeant).operations();
    }

    private Result run(Predicate<ElementId> isMeant) {
        List<Difference> theirChanges = Diff.between(base, theirs).stream().filter(change -> isMeant.test(change.cell().element())).toList();
        collectEdited(ourChanges.values(), ours, editedByUs);
        collectEdited(theirChanges, theirs, editedByThem);
        theirChanges.forEach(this::take);
        ourChanges.values().stream().sorted(Comparator.comparing(change -> change.cell().element().value()))
            .forEach(this::keepWhatTheyEdited);
        place(ElementId.ROOT, false);
        place(ElementId.ROOT, true);
        restoreBelow(ElementId.ROOT);
        opened.forEach(id -> deleting.add(new Operation.Delete(id)));
        appending.forEach((list, items) -> writing.add(new Operation.Append(list.element(), list.list(), items)));
        var operations = new ArrayList<>(restoring);
        operations.addAll(placing);
        operations.addAll(writing);
        operations.addAll(deleting);
        return new Result(operations, open, List.copyOf(settled));
    }

    /**
     * An edit counts for the element and for all that it hangs below, as deleting any of these would hide it. Another place among the same
     * siblings does not: every merge assigns its own order keys.
     */
    private static void collectEdited(Iterable<Difference> changes, Document document, Set<ElementId> edited) {
        for (Difference change : changes) {
            if (change.cell() instanceof CellId.Deleted && isTrue(change.after()) || isReordered(change)) {
                continue;
            }
            Optional<Element> at = document.element(change.cell().element());
            while (at.isPresent() && edited.add(at.get().id())) {
                at = document.element(at.get().parent());
            }
        }
    }

    private static boolean isReordered(Difference change) {
        return change.cell() instanceof CellId.Place && change.before().isPresent()
            && change.before().map(Cells::parent).equals(change.after().map(Cells::parent));
    }

    // ---- their changes, one cell at a time

    private void take(Difference change) {
        ElementId id = change.cell().element();
        Optional<Element> our = ours.element(id);
        if (theirs.element(id).isEmpty()) {
            if (change.cell() instanceof CellId.Existence && our.isPresent() && !our.get().isDeleted()) {
                deleting.add(new Operation.Delete(id));
            }
        } else if (our.isEmpty()) {
            if (change.cell() instanceof CellId.Existence) {
                create(theirs.element(id).get());
            } else {
                comesAlong(id);
            }
        } else {
            take(change, our.get(), theirs.element(id).get());
        }
    }

    private void take(Difference change, Element our, Element their) {
        switch (change.cell()) {
            case CellId.Existence both -> { }
            case CellId.Deleted flag -> takeFlag(flag, change, our, their);
            case CellId.Place place -> takePlace(place, change, our, their);
            case CellId.Property property -> takeProperty(property, change, our);
            case CellId.Text text -> takeText(text, change, our);
            case CellId.Item item -> takeItem(item, our, their);
            case CellId.Member member -> takeMember(member, change, our);
        }
    }

    private void create(Element their) {
        ElementId id = their.id();
        comesAlong(their.parent());
        if (!their.refs().stream().filter(ref -> !comesAlong(ref)).toList().isEmpty()) {
            return;                                         // a constraint is nothing without all that it binds
        }
        created.add(id);
        for (String list : their.listNames().stream().sorted().toList()) {
            for (ItemCell item : their.list(list)) {
                append(new CellId.Item(id, list, item.id()), item);
            }
        }
        for (String set : their.setNames().stream().sorted().toList()) {
            their.set(set).entrySet().stream().filter(member -> member.getValue().on()).map(Map.Entry::getKey).sorted()
                .forEach(member -> writing.add(new Operation.SetMember(id, set, member, true)));
        }
        if (their.isDeleted()) {
            deleting.add(new Operation.Delete(id));
        }
    }

    /** Whether we have what their change needs, or will have it. What both sides' base has and we do not, somebody has to choose. */
    private boolean comesAlong(ElementId id) {
        if (id.isRoot() || ours.element(id).isPresent() || created.contains(id) || base.element(id).isEmpty()) {
            return true;
        }
        Element their = theirs.element(id).orElseThrow();
        var type = Optional.of(Value.of(their.type()));
        var conflict = new MergeConflict(new CellId.Existence(id), MISSING, type, Optional.empty(), type);
        if (!open.contains(conflict) && wantsTheirs(conflict)) {
            create(their);
        }
        return created.contains(id);
    }

    private void takeFlag(CellId.Deleted flag, Difference change, Element our, Element their) {
        if (our.isDeleted() == their.isDeleted()) {
            return;
        }
        if (our.isDeleted()) {
            if (isTrue(change.before())) {                  // else both made it, and we deleted it: see keepWhatTheyEdited
                restore(our);
            }
        } else if (!editedByUs.contains(our.id())
            || wantsTheirs(new MergeConflict(flag, DELETED_AND_EDITED, bool(false), bool(false), bool(true)))) {
            deleting.add(new Operation.Delete(our.id()));
        }
    }

    /** What we deleted and they edited; their edits are taken either way, and seen if the element comes back. */
    private void keepWhatTheyEdited(Difference change) {
        boolean deletedByUs = change.cell() instanceof CellId.Deleted && isTrue(change.after());
        if (deletedByUs && editedByThem.contains(change.cell().element()) && isAlive(theirs, change.cell().element())
            && wantsTheirs(new MergeConflict(change.cell(), DELETED_AND_EDITED, bool(false), bool(true), bool(false)))) {
            restore(ours.element(change.cell().element()).orElseThrow());
        }
    }

    /** What comes back under something deleted rises to the nearest live ancestor, and must be put where it belongs. */
    private void restore(Element our) {
        restored.add(our.id());
        if (!ours.isLive(our.parent())) {
            moved.add(our.id());
        }
    }

    private void takePlace(CellId.Place place, Difference change, Element our, Element their) {
        if (our.parent().equals(their.parent()) && our.order().equals(their.order())) {
            return;
        }
        Optional<ElementId> before = change.before().map(Cells::parent);
        boolean theyReparented = !Optional.of(their.parent()).equals(before);
        boolean weReparented = !Optional.of(our.parent()).equals(before);
        if (weReparented && !our.parent().equals(their.parent())) {
            // A new place among siblings that the element left is of no use any more.
            boolean both = theyReparented
                && wantsTheirs(new MergeConflict(place, BOTH_MOVED, change.before(), value(ours, place), change.after()));
            if (!both) {
                return;
            }
        }
        if (comesAlong(their.parent())) {
            moved.add(our.id());
        }
    }

    private void takeProperty(CellId.Property property, Difference change, Element our) {
        Optional<Value> present = our.prop(property.name());
        if (present.equals(change.after())) {
            return;
        }
        if (present.equals(change.before())) {
            write(property, change.after());
            return;
        }
        Optional<Value> merged = Blending.lossless(change.before(), present, change.after());
        if (merged.isPresent()) {
            write(property, merged);
            return;
        }
        var conflict = new MergeConflict(property, BOTH_CHANGED, change.before(), present, change.after());
        resolution(conflict).ifPresent(resolution -> {
            Optional<Value> chosen = chosen(resolution, conflict);
            if (!chosen.equals(present)) {
                write(property, chosen);
            }
        });
    }

    private void write(CellId.Property property, Optional<Value> value) {
        Path path = Path.of(property.name());
        writing.add(value.<Operation>map(present -> new Operation.SetProperty(property.element(), path, present))
            .orElseGet(() -> new Operation.UnsetProperty(property.element(), path)));
    }

    /** Both sides' edits are kept: theirs is transformed over ours, as if it had come later. */
    private void takeText(CellId.Text text, Difference change, Element our) {
        String before = string(change.before());
        String after = string(change.after());
        String present = our.text(text.name());
        TextEdit edit = TextDiff.between(before, after).transform(TextDiff.between(before, present), Side.LATER);
        if (!edit.isEmpty() && !present.equals(after)) {
            writing.add(new Operation.EditText(text.element(), text.name(), edit));
        }
    }

    private void takeItem(CellId.Item cell, Element our, Element their) {
        Optional<ItemCell> present = our.item(cell.list(), cell.item());
        Optional<ItemCell> other = their.item(cell.list(), cell.item());
        if (present.isEmpty()) {
            other.ifPresent(item -> append(cell, item));
            return;
        }
        boolean retracted = other.isEmpty() || other.get().retracted();
        if (present.get().retracted() != retracted) {
            writing.add(new Operation.Retract(cell.element(), cell.list(), cell.item(), retracted));
        }
    }

    private void append(CellId.Item cell, ItemCell item) {
        appending.computeIfAbsent(new CellId.Item(cell.element(), cell.list(), ""), list -> new ArrayList<>())
            .add(new ListItem(item.id(), item.value()));
        if (item.retracted()) {
            deleting.add(new Operation.Retract(cell.element(), cell.list(), cell.item(), true));
        }
    }

    private void takeMember(CellId.Member cell, Difference change, Element our) {
        boolean on = isTrue(change.after());
        var present = our.set(cell.set()).get(cell.member());
        if ((present != null && present.on()) != on) {
            writing.add(new Operation.SetMember(cell.element(), cell.set(), cell.member(), on));
        }
    }

    // ---- places, in the order of their tree: parents and earlier siblings first

    /** @param constraints whether to make constraints, which need what they bind; or to do all else */
    private void place(ElementId parent, boolean constraints) {
        List<ElementId> earlier = new ArrayList<>();
        for (Element their : theirs.children(parent)) {
            if (created.contains(their.id())) {
                if (their.isConstraint() == constraints) {
                    put(their, behind(earlier, knownParent(their)));
                }
            } else if (!constraints && moved.contains(their.id()) && closesNoCycle(their)) {
                move(their, behind(earlier, knownParent(their)));
            }
            earlier.add(their.id());
            place(their.id(), constraints);
        }
    }

    private void put(Element their, Position position) {
        ElementId parent = newParent(their);
        placing.add(new Operation.Create(their.id(), their.type(), parent, position, their.props(), their.texts(), their.refs()));
    }

    private void move(Element their, Position position) {
        placing.add(new Operation.Move(their.id(), newParent(their), position));
    }

    private ElementId newParent(Element their) {
        ElementId parent = knownParent(their);
        newParents.put(their.id(), parent);
        if (!theirs.isLive(their.parent())) {
            openWayTo(parent);
        }
        return parent;
    }

    /** What they have below something deleted stays hidden below it; but nothing can be put below what is deleted. */
    private void openWayTo(ElementId parent) {
        for (ElementId at = parent; !at.isRoot(); at = parentOf(at)) {
            if (ours.element(at).filter(Element::isDeleted).isPresent() && !restored.contains(at)) {
                opened.add(at);
            }
        }
    }

    private void restoreBelow(ElementId parent) {
        for (Element our : ours.children(parent)) {
            if (restored.contains(our.id()) || opened.contains(our.id())) {
                restoring.add(new Operation.Restore(our.id()));
            }
            restoreBelow(our.id());
        }
    }

    private ElementId knownParent(Element their) {
        ElementId parent = their.parent();
        return parent.isRoot() || ours.element(parent).isPresent() || newParents.containsKey(parent) ? parent : ElementId.ROOT;
    }

    /** Right behind the nearest earlier sibling of theirs that will be a sibling here. */
    private Position behind(List<ElementId> earlier, ElementId parent) {
        for (ElementId sibling : earlier.reversed()) {
            boolean here = newParents.containsKey(sibling) || ours.element(sibling).isPresent();
            if (here && parentOf(sibling).equals(parent)) {
                return new Position.After(sibling);
            }
        }
        return Position.Edge.FIRST;
    }

    private ElementId parentOf(ElementId id) {
        ElementId placed = newParents.get(id);
        return placed != null ? placed : ours.element(id).map(Element::parent).orElse(ElementId.ROOT);
    }

    /**
     * Where their place and our places would close a cycle, somebody has to choose. Theirs then takes the places of as many of their
     * ancestors as it needs: from the top down, so that each comes below what is out of the cycle already.
     */
    private boolean closesNoCycle(Element their) {
        if (!isWithin(knownParent(their), their.id())) {
            return true;
        }
        var place = new CellId.Place(their.id());
        if (!wantsTheirs(new MergeConflict(place, CYCLE, value(base, place), value(ours, place), value(theirs, place)))) {
            return false;
        }
        for (Element ancestor : theirAncestors(their)) {
            if (isWithin(ancestor.id(), their.id())) {
                move(ancestor, Position.Edge.LAST);
            }
        }
        return true;
    }

    private boolean isWithin(ElementId id, ElementId ancestor) {
        ElementId at = id;
        while (!at.isRoot() && !at.equals(ancestor)) {
            at = parentOf(at);
        }
        return at.equals(ancestor);
    }

    private List<Element> theirAncestors(Element their) {
        var ancestors = new LinkedList<Element>();
        for (var at = theirs.element(their.parent()); at.isPresent(); at = theirs.element(at.get().parent())) {
            ancestors.addFirst(at.get());
        }
        return ancestors;
    }

    // ---- what people decide

    /** The choice made for a conflict as it is now; without one it stays open. */
    private Optional<Resolution> resolution(MergeConflict conflict) {
        Optional<Resolution> chosen = Optional.ofNullable(resolutions.get(conflict.cell())).filter(one -> one.isFor(conflict));
        if (chosen.isEmpty()) {
            open.add(conflict);
        } else {
            settled.add(conflict);
        }
        return chosen;
    }

    private boolean wantsTheirs(MergeConflict conflict) {
        return resolution(conflict).map(resolution -> switch (resolution.choice()) {
            case OURS -> false;
            case THEIRS -> true;
            case AVERAGE, VALUE -> throw unsuitable(resolution, "OURS or THEIRS");
        }).orElse(false);
    }

    private static Optional<Value> chosen(Resolution resolution, MergeConflict conflict) {
        return switch (resolution.choice()) {
            case OURS -> conflict.ours();
            case THEIRS -> conflict.theirs();
            case VALUE -> resolution.value();
            case AVERAGE -> {
                Optional<Value> mean = conflict.ours().flatMap(our -> conflict.theirs().flatMap(their -> Blending.mean(List.of(our, their))));
                if (mean.isEmpty()) {
                    throw unsuitable(resolution, "numbers, or vectors of one length");
                }
                yield mean;
            }
        };
    }

    private static RuntimeException unsuitable(Resolution resolution, String expected) {
        return INVALID_OPERATION.because("choice: " + resolution.choice() + " for " + resolution.cell() + " (expected: " + expected + ")");
    }

    // ---- values

    private static Optional<Value> value(Document document, CellId cell) {
        return Optional.ofNullable(Diff.cells(document, cell.element()).get(cell));
    }

    private static boolean isAlive(Document document, ElementId id) {
        return document.element(id).filter(element -> !element.isDeleted()).isPresent();
    }

    private static Optional<Value> bool(boolean value) {
        return Optional.of(new Value.Bool(value));
    }

    private static boolean isTrue(Optional<Value> value) {
        return value.isPresent() && value.get() instanceof Value.Bool(boolean flag) && flag;
    }

    private static String string(Optional<Value> value) {
        return value.isPresent() && value.get() instanceof Value.Text(var text) ? text : "";
    }
}
