package org.chorale.document;

import static org.chorale.problem.ProblemType.STRICT_CHANGE;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chorale.conflict.Strategy;
import org.chorale.operation.ConflictId;
import org.chorale.operation.ElementId;
import org.chorale.operation.Operation;
import org.chorale.operation.Path;
import org.chorale.value.CanonicalForm;
import org.chorale.value.Value;

/** A change on its way through the rules: who makes it, what they had seen, and what became of it so far. */
final class Outcome {
    /** Who asks, and what they know. */
    record Request(ChangeId id, long seen, boolean strict, Optional<Strategy> onConflict, boolean judged, Stamp stamp) {}

    /** A change's notes hold no more than this of lost values, in canonical bytes: its author had them, and the log has them. */
    private static final int LOST_BYTES = 64 * 1024;

    private final Document document;
    private final Request request;
    private final List<Operation> effective = new ArrayList<>(2);
    private final List<Note> notes = new ArrayList<>(0);
    private final List<Inverse> inverse = new ArrayList<>(2);
    private int index;
    private int lostBytes;

    Outcome(Document document, Request request) {
        this.document = document;
        this.request = request;
    }

    Request request() {
        return request;
    }

    Decision.Accepted accepted() {
        return new Decision.Accepted(effective, notes, inverse.reversed());
    }

    /** Turns to the next operation of the change. */
    void next() {
        index++;
    }

    /** Turns to an operation of the change once more. */
    void turnTo(int operation) {
        index = operation;
    }

    /** A name for a conflict that this operation opens. */
    ConflictId newConflict() {
        return ConflictId.of(request.stamp().revision(), index);
    }

    void apply(Operation operation) {
        document.apply(operation, request.id(), request.stamp()).ifPresent(inverse::add);
        effective.add(operation);
    }

    // ---- what the author could not know

    /** Whether somebody else wrote it after what the author had seen. */
    boolean isUnseen(Stamp write) {
        return isUnseen(write.revision(), write.clientId());
    }

    private boolean isUnseen(long revision, String clientId) {
        return revision > request.seen() && !clientId.equals(request.stamp().clientId());
    }

    /** The newest of the writes that is not the author's own. */
    Stamp others(LastWrites writes) {
        return writes.notBy(request.stamp().clientId());
    }

    /** Whether a write and the present one conflict: unseen by the later author, or by another user just a moment ago. */
    boolean clashes(long revision, String clientId, String userId, Instant at, Duration window) {
        return request.judged() && revision > 0 && (isUnseen(revision, clientId)
            || !window.isZero() && !userId.equals(request.stamp().userId())
                && Duration.between(at, request.stamp().at()).compareTo(window) < 0);
    }

    boolean clashes(Stamp write, Duration window) {
        return clashes(write.revision(), write.clientId(), write.userId(), write.at(), window);
    }

    /** Whether anything was committed that the author had not seen. */
    boolean isConcurrent() {
        return document.revision() > request.seen();
    }

    /** A strict change meets no unseen write. */
    void meet(Stamp write) {
        if (request.strict() && isUnseen(write)) {
            throw STRICT_CHANGE.because("operation " + index + " meets revision " + write.revision() + " (expected: none after "
                + request.seen() + ")");
        }
    }

    // ---- what the author is told

    /** The operation comes to nothing, which needs no explanation. */
    void nothing() {
        if (request.strict()) {
            throw STRICT_CHANGE.because("operation " + index + " has no effect (expected: one)");
        }
    }

    /** The operation comes to nothing. */
    void nothing(Note.Code why, ElementId element) {
        nothing();
        note(why, element);
    }

    void note(Note.Code code, ElementId element) {
        notes.add(new Note(code, element, index));
    }

    /** Tells the author of an edit that nobody sees until its element is restored. */
    void noteIfDeleted(Element element) {
        if (!document.isLive(element.id())) {
            note(Note.Code.EDIT_DELETED, element.id());
        }
    }

    /** Tells of others' writes in an element that is deleted. */
    void note(Note.Code code, ElementId element, List<Note.Write> writes) {
        notes.add(new Note(code, element, index, Optional.empty(), Optional.empty(), writes, Optional.empty()));
    }

    /** Tells of another's write of a register. */
    void note(Note.Code code, ElementId element, Path path, Optional<Value> lost, Stamp other, Optional<ConflictId> conflict) {
        var write = new Note.Write(element, other.revision(), other.userId());
        lostBytes += lost.map(CanonicalForm::bytes).orElse(0);
        notes.add(new Note(code, element, index, Optional.of(path), lost.filter(value -> lostBytes <= LOST_BYTES), List.of(write), conflict));
    }
}
