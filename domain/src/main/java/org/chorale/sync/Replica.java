package org.chorale.sync;

import static org.chorale.problem.ProblemType.STALE_BASE;
import static org.chorale.problem.ProblemType.STORAGE_UNAVAILABLE;
import static org.chorale.problem.ProblemType.TOO_MANY_REQUESTS;
import static org.chorale.problem.ProblemType.UNKNOWN_CHANGE;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.chorale.conflict.Policies;
import org.chorale.document.Author;
import org.chorale.document.ChangeId;
import org.chorale.document.CommittedChange;
import org.chorale.document.Decider;
import org.chorale.document.Decision;
import org.chorale.document.Document;
import org.chorale.document.Inverse;
import org.chorale.document.Limits;
import org.chorale.operation.Operation;
import org.chorale.problem.Problem;
import org.chorale.text.TextDiff;
import org.chorale.text.TextEdit;

/**
 * A client's copy of a document: what the server confirmed and, replayed on top of it, one's own changes that it has not. At most one
 * frame is in flight, so the server sees them in order (after J. Gentle's ShareJS and D. Spiewak's "Understanding and Applying
 * Operational Transformation", 2010).
 *
 * <pre>
 * synchronized ──edit──▸ in flight ──edit──▸ in flight, with a queue
 *      ▴                   │    ▴                        │
 *      └─── own change ────┘    └────── own change ──────┘
 * </pre>
 *
 * Without a socket and for one thread: each method is something that happened, and answers what is to be done now.
 */
public final class Replica {
    /** Of so many own changes the way back is remembered. */
    private static final int UNDOABLE = 1_000;

    private final String clientId;
    private final Author author;
    private final int changesPerFrame;
    private final Map<ChangeId, List<Inverse>> inverses = new LinkedHashMap<>();
    private Document document = new Document();
    private Decider predictor = new Decider(document, Limits.DEFAULT, Policies.DEFAULT);
    private List<Pending> inFlight = List.of();
    private List<Pending> queue = List.of();
    private long counter;

    private boolean connected;
    private boolean held;
    private boolean resyncing;
    /** Missed changes up to here are on their way; until then nothing is sent, as they may contain what was sent before. */
    private long catchUpTo;
    /** The revision on which the last frame was sent. */
    private long framedAt;
    /** The server's head one heartbeat ago. */
    private long head;

    /** @param changesPerFrame the most changes that are sent together */
    public Replica(String clientId, String userId, int changesPerFrame) {
        this.clientId = clientId;
        this.author = new Author(userId, clientId);
        this.changesPerFrame = changesPerFrame;
    }

    /** What people see: the confirmed document with all pending changes. To be read only, and anew after each step. */
    public Document view() {
        return document;
    }

    /** The newest confirmed revision. */
    public long revision() {
        return document.revision();
    }

    /** One's own changes that are not confirmed, in their order. */
    public List<Pending> pending() {
        var all = new ArrayList<>(inFlight);
        all.addAll(queue);
        return all;
    }

    // ---- what the person does

    /** Makes an edit: visible at once, sent as soon as may be. */
    public List<Effect> edit(List<Operation> operations) {
        return edit(operations, Optional.empty());
    }

    /** As {@link #edit(List)}; edits of one gesture that follow each other become one change for as long as it was not sent. */
    public List<Effect> edit(List<Operation> operations, Optional<String> gesture) {
        Optional<Pending> last = queue.isEmpty() ? Optional.empty() : Optional.of(queue.getLast());
        Optional<Pending> continued = last
            .filter(change -> gesture.isPresent() && change.gesture().equals(gesture) && change.fate() == Pending.Fate.UNSENT)
            .flatMap(change -> Composition.of(change.operations(), operations).map(change::with));
        if (continued.isPresent()) {
            queue = append(queue.subList(0, queue.size() - 1), continued.get());
        } else {
            queue = append(queue, pending(operations, Optional.empty(), gesture));
        }
        replay();
        return flush();
    }

    /** Undoes one's own change, or redoes it by undoing its undo, as far as others' later edits allow. */
    public List<Effect> undo(ChangeId undone) {
        if (!canUndo(undone)) {
            throw UNKNOWN_CHANGE.because("changeId: \"" + undone + "\" (expected: one of this client's newest " + UNDOABLE + ")");
        }
        Pending undo = pending(List.of(), Optional.of(undone), Optional.empty());
        List<Operation> effective = predictor.predictUndo(inverses.get(undone), undo.id(), author, pending().size())
            .map(Decision.Accepted::effective).orElse(List.of());
        queue = append(queue, undo.with(List.copyOf(texts(effective))));
        replay();
        return flush();
    }

    /** Whether the way back from a change is known. */
    public boolean canUndo(ChangeId change) {
        return inverses.containsKey(change);
    }

    private Pending pending(List<Operation> operations, Optional<ChangeId> undoes, Optional<String> gesture) {
        counter++;
        return new Pending(new ChangeId(clientId, counter), revision(), operations, undoes, gesture, Pending.Fate.UNSENT,
            OptionalLong.empty());
    }

    private static List<Pending> append(List<Pending> changes, Pending last) {
        var more = new ArrayList<>(changes);
        more.add(last);
        return List.copyOf(more);
    }

    // ---- what the connection does

    /** The connection stands; missed changes up to the head are on their way. */
    public List<Effect> connected(long head) {
        connected = true;
        held = false;
        resyncing = false;
        catchUpTo = head;
        this.head = 0;
        return flush();
    }

    /** The connection ended: what was not confirmed goes again, first of all, with the same ids. */
    public void disconnected() {
        connected = false;
        unframe(0);
    }

    /** Takes back what is in flight, from a place on: it goes again, and the server may know it. */
    private void unframe(int from) {
        var waiting = new ArrayList<Pending>();
        inFlight.subList(from, inFlight.size()).forEach(change ->
            waiting.add(change.fate() == Pending.Fate.UNSENT ? change.with(Pending.Fate.SENT) : change));
        waiting.addAll(queue);
        inFlight = inFlight.subList(0, from);
        queue = List.copyOf(waiting);
    }

    /** Hears of the server's head: whoever is still behind the one of a heartbeat ago has lost something. */
    public List<Effect> onHead(long revision) {
        boolean behind = revision() < head;
        head = revision;
        resyncing = resyncing && !behind && revision() < revision;
        return behind ? resync() : flush();
    }

    /** Folds what comes next, ignores what is known and asks for what is missing. */
    public List<Effect> onChanges(List<CommittedChange> changes) {
        var effects = new ArrayList<Effect>();
        var folded = new ArrayList<CommittedChange>();
        document.rollback();
        boolean missing = false;
        for (CommittedChange change : changes) {
            if (change.revision() == revision() + 1) {
                fold(change).ifPresent(effects::add);
                folded.add(change);
            } else if (change.revision() > revision()) {
                missing = true;
                break;
            }
        }
        replay();
        if (!folded.isEmpty()) {
            resyncing = false;
            effects.add(new Effect.Folded(folded));
        }
        effects.addAll(missing ? resync() : flush());
        return effects;
    }

    /** Takes a whole document in the place of missed changes. The replica owns it from now on. */
    public List<Effect> onSnapshot(Document snapshot) {
        document.rollback();
        unframe(0);
        List<Pending> contained = queue.stream().filter(change -> change.isIn(snapshot.revision())).toList();
        contained.forEach(change -> predict(change, 0));
        List<Pending> remaining = queue.stream().filter(change -> !contained.contains(change))
            .map(change -> change.fate() == Pending.Fate.SENT ? change.with(Pending.Fate.UNCERTAIN) : change).toList();
        for (Operation.EditText text : distinctTexts(remaining)) {
            // All that happened meanwhile as one foreign edit: what it was is not known any more.
            String created = createdText(remaining, text);
            remaining = Rebase.over(remaining, new Operation.EditText(text.element(), text.name(),
                TextDiff.between(text(document, text).orElse(created), text(snapshot, text).orElse(created))));
        }
        document = snapshot;
        document.keep();
        predictor = new Decider(document, Limits.DEFAULT, Policies.DEFAULT);
        var fitting = new ArrayList<Pending>();
        remaining.forEach(change -> fitting.add(fitted(change, fitting.size())));
        queue = List.copyOf(fitting);
        resyncing = false;
        catchUpTo = revision();
        replay();
        return flush();
    }

    /** The server stored a change. It stays pending until it is folded, unless a snapshot had brought it already. */
    public List<Effect> onAccepted(ChangeId id, long revision) {
        Optional<Pending> known = inFlight.stream().filter(change -> change.id().equals(id)).findFirst();
        if (known.isEmpty()) {
            return List.of();
        }
        var effects = new ArrayList<Effect>();
        if (known.get().accepted().isEmpty()) {
            effects.add(new Effect.Accepted(id, revision));
        }
        if (revision <= revision()) {
            remember(id, List.of());                        // it was predicted on top of itself: the server knows the way back
            remove(known.get());
            effects.addAll(flush());
        } else {
            inFlight = inFlight.stream().map(change -> change == known.get() ? change.acceptedAs(revision) : change).toList();
        }
        return effects;
    }

    /** Drops the refused change; what followed it in the frame was not decided and goes again. */
    public List<Effect> onRefused(ChangeId id, Problem problem) {
        Optional<Pending> refused = inFlight.stream().filter(change -> change.id().equals(id)).findFirst();
        if (refused.isEmpty()) {
            return List.of();
        }
        unframe(inFlight.indexOf(refused.get()));
        if (problem.type() == STORAGE_UNAVAILABLE || problem.type() == TOO_MANY_REQUESTS) {
            held = true;                                    // nobody's fault and soon over
            return List.of();
        }
        if (problem.type() == STALE_BASE) {
            return framedAt < revision() ? flush() : resync();      // it fits again on a newer revision
        }
        inverses.remove(id);
        remove(queue.getFirst());
        var effects = new ArrayList<Effect>();
        effects.add(new Effect.Refused(refused.get(), problem));
        effects.addAll(flush());
        return effects;
    }

    /** Sends again after the server could not store. */
    public List<Effect> release() {
        held = false;
        return flush();
    }

    // ---- steps, each on the confirmed document alone

    /** Folds the next change; answers that one's own is stored, where that was not told yet. */
    private Optional<Effect> fold(CommittedChange change) {
        Optional<Pending> own = pending().stream().filter(each -> each.id().equals(change.id())).findFirst();
        if (own.isEmpty()) {
            rebase(0, all -> Rebase.over(all, texts(change.operations())));
        } else if (!texts(own.get().operations()).equals(texts(change.operations()))) {
            // Mostly it happened as predicted; here what follows stood on something else.
            rebaseBehind(own.get(), texts(change.operations()));
        }
        own.ifPresent(this::drop);
        List<Inverse> inverse = document.apply(change);
        document.keep();
        if (change.id().clientId().equals(clientId)) {
            remember(change.id(), inverse);
        }
        return own.filter(pending -> pending.accepted().isEmpty()).map(pending -> new Effect.Accepted(change.id(), change.revision()));
    }

    /** Takes out a change that did not happen, or that happened long ago: what follows it must do without. */
    private void remove(Pending change) {
        document.rollback();
        rebaseBehind(change, List.of());
        drop(change);
        replay();
    }

    private void drop(Pending change) {
        inFlight = inFlight.stream().filter(each -> each != change).toList();
        queue = queue.stream().filter(each -> each != change).toList();
    }

    /** Moves what follows a change back over its texts' inverses, and over what happened instead. */
    private void rebaseBehind(Pending change, List<Operation.EditText> instead) {
        int place = pending().indexOf(change);
        List<Operation.EditText> inverse = inverseTexts(change, place);
        rebase(place + 1, later -> Rebase.over(Rebase.over(later, inverse), instead));
    }

    private void rebase(int from, UnaryOperator<List<Pending>> rebase) {
        List<Pending> all = pending();
        var rebased = new ArrayList<>(all.subList(0, from));
        rebased.addAll(rebase.apply(all.subList(from, all.size())));
        int frame = inFlight.size();
        inFlight = List.copyOf(rebased.subList(0, frame));
        queue = List.copyOf(rebased.subList(frame, rebased.size()));
    }

    /** What takes a pending change's text edits back, the last one first. */
    private List<Operation.EditText> inverseTexts(Pending change, int place) {
        List<Pending> all = pending();
        for (int i = 0; i < place; i++) {
            predict(all.get(i), i);
        }
        var inverse = new ArrayList<Operation.EditText>();
        for (Operation operation : change.operations()) {
            if (operation instanceof Operation.EditText edit) {
                text(document, edit).filter(edit.edit()::fits).ifPresent(text ->
                    inverse.addFirst(new Operation.EditText(edit.element(), edit.name(), edit.edit().invert(text))));
            }
            predictor.predict(operation, change.id(), author, place);
        }
        document.rollback();
        return inverse;
    }

    /** Puts every pending change on top of the confirmed document. */
    private void replay() {
        document.rollback();
        List<Pending> all = pending();
        for (int i = 0; i < all.size(); i++) {
            remember(all.get(i).id(), predict(all.get(i), i).reversed());
        }
    }

    /** Carries a pending change out; answers how to undo it, first operation first. */
    private List<Inverse> predict(Pending change, int ahead) {
        var inverse = new ArrayList<Inverse>();
        change.undoes().ifPresent(undone -> {
            // Its text edits are among the operations: what follows counts on just these.
            List<Inverse> registers = inverses.getOrDefault(undone, List.of()).stream()
                .filter(each -> !(each instanceof Inverse.OfText)).toList();
            predictor.predictUndo(registers, change.id(), author, ahead).ifPresent(done -> inverse.addAll(done.inverse().reversed()));
        });
        for (Operation operation : change.operations()) {
            predictor.predict(operation, change.id(), author, ahead).ifPresent(done -> inverse.addAll(done.inverse().reversed()));
        }
        return inverse;
    }

    /**
     * The change with no more text edits than have a place in the document as it is now. After a snapshot nobody knows how a text became
     * what it is; an edit without a place comes to nothing, so that what follows it stands on what people see.
     */
    private Pending fitted(Pending change, int ahead) {
        var operations = new ArrayList<Operation>();
        for (Operation operation : change.operations()) {
            if (operation instanceof Operation.EditText edit && text(document, edit).filter(text -> !edit.edit().fits(text)).isPresent()) {
                operations.add(new Operation.EditText(edit.element(), edit.name(), TextEdit.of()));
            } else {
                operations.add(operation);
            }
            predictor.predict(operations.getLast(), change.id(), author, ahead);
        }
        return change.with(operations);
    }

    private void remember(ChangeId id, List<Inverse> inverse) {
        inverses.put(id, inverse);
        if (inverses.size() > UNDOABLE) {
            inverses.remove(inverses.keySet().iterator().next());
        }
    }

    // ---- sending

    /** Sends what waits, where nothing is in flight and no missed changes are on their way. */
    private List<Effect> flush() {
        boolean ready = connected && !held && !resyncing && revision() >= catchUpTo;
        if (!ready || !inFlight.isEmpty() || queue.isEmpty()) {
            return List.of();
        }
        Pending first = queue.getFirst();
        int count = isAlone(first) ? 1 : (int) queue.stream().limit(changesPerFrame).takeWhile(change -> !isAlone(change)).count();
        inFlight = List.copyOf(queue.subList(0, count));
        queue = List.copyOf(queue.subList(count, queue.size()));
        framedAt = revision();
        return List.of(first.undoes().isPresent() ? new Effect.Undo(first.id(), first.undoes().get())
            : new Effect.Submit(inFlight.stream().map(change -> change.on(revision())).toList()));
    }

    /** What follows an undo, or a change that the document may contain already, can be placed only once the server answered. */
    private static boolean isAlone(Pending change) {
        return change.undoes().isPresent() || change.fate() == Pending.Fate.UNCERTAIN;
    }

    private List<Effect> resync() {
        if (!connected || resyncing) {
            return List.of();
        }
        resyncing = true;
        return List.of(new Effect.Resync(revision()));
    }

    // ---- texts

    private static List<Operation.EditText> texts(List<Operation> operations) {
        return operations.stream().filter(Operation.EditText.class::isInstance).map(Operation.EditText.class::cast)
            .filter(edit -> !edit.edit().isEmpty()).toList();
    }

    /** One edit of each text that is edited. */
    private static List<Operation.EditText> distinctTexts(List<Pending> pending) {
        var distinct = new ArrayList<Operation.EditText>();
        for (Pending change : pending) {
            for (Operation.EditText edit : texts(change.operations())) {
                if (distinct.stream().noneMatch(known -> Rebase.isOn(known, edit.element(), edit.name()))) {
                    distinct.add(edit);
                }
            }
        }
        return distinct;
    }

    /** The text that is edited, where its element is there. */
    private static Optional<String> text(Document document, Operation.EditText of) {
        return document.element(of.element()).map(element -> element.text(of.name()));
    }

    /** What the element will have been created with, as a pending change says; it may have been stored meanwhile. */
    private static String createdText(List<Pending> pending, Operation.EditText of) {
        return pending.stream().flatMap(change -> change.operations().stream())
            .filter(operation -> operation instanceof Operation.Create create && create.element().equals(of.element()))
            .map(operation -> ((Operation.Create) operation).texts().getOrDefault(of.name(), "")).findFirst().orElse("");
    }
}
