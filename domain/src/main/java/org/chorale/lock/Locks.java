package org.chorale.lock;

import static org.chorale.problem.ProblemType.FORBIDDEN;
import static org.chorale.problem.ProblemType.INVALID_REQUEST;
import static org.chorale.problem.ProblemType.LIMIT_EXCEEDED;
import static org.chorale.problem.ProblemType.LOCKED;
import static org.chorale.problem.ProblemType.UNKNOWN_ELEMENT;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chorale.document.Decision;
import org.chorale.document.Document;
import org.chorale.document.Inverse;
import org.chorale.operation.ElementId;
import org.chorale.operation.Operation;
import org.chorale.problem.CollaborationException;
import org.chorale.problem.Problem;

/** The locks of one branch as one node knows them (SPEC, LCK). They are no part of the document; a {@link LockStore} keeps them for all nodes. */
public final class Locks {
    private final Document document;
    private final int perParticipant;
    private final Duration longest;
    private final Map<ElementId, Lock> locks = new LinkedHashMap<>();
    private long lastLease;

    /**
     * @param perParticipant how many one participant may hold
     * @param longest        the longest lease
     */
    public Locks(Document document, int perParticipant, Duration longest) {
        this.document = document;
        this.perParticipant = perParticipant;
        this.longest = longest;
    }

    /** Those that hold, the oldest first. */
    public List<Lock> all() {
        return List.copyOf(locks.values());
    }

    /** From now on these hold, and no others; but those on elements that the document does not have. */
    public void replaceBy(List<Lock> others) {
        locks.clear();
        others.stream().filter(lock -> document.element(lock.element()).isPresent()).forEach(this::take);
    }

    /** Takes an element and all below it, or prolongs what the participant holds already, as {@link #propose} says. */
    public Lock acquire(ElementId element, LockHolder holder, Duration lease, Instant now) {
        Lock lock = propose(element, holder, lease, now);
        take(lock);
        return lock;
    }

    /** From now on this holds. */
    public void take(Lock lock) {
        lastLease = Math.max(lastLease, lock.lease());
        locks.put(lock.element(), lock);
    }

    /**
     * The lock that somebody may have on an element and all below it; one that they hold already, prolonged. It does not hold yet.
     *
     * @throws CollaborationException {@code locked}, {@code unknown-element}, {@code limit-exceeded}, or
     *     {@code invalid-request} for a lease that is too short or too long
     */
    public Lock propose(ElementId element, LockHolder holder, Duration lease, Instant now) {
        if (lease.compareTo(Duration.ofSeconds(1)) < 0 || lease.compareTo(longest) > 0) {
            throw INVALID_REQUEST.because("leaseSeconds: " + lease.toSeconds() + " (expected: 1 to " + longest.toSeconds() + ")");
        }
        if (document.element(element).isEmpty()) {
            throw UNKNOWN_ELEMENT.because("element: \"" + element + "\" (expected: one of the document's)");
        }
        Optional<Lock> foreign = foreignAround(element, holder.userId());
        if (foreign.isPresent()) {
            throw new CollaborationException(problem(foreign.get()));
        }
        Optional<Lock> present = Optional.ofNullable(locks.get(element));
        boolean prolonged = present.isPresent() && present.get().holder().participantId().equals(holder.participantId());
        long held = locks.values().stream().filter(lock -> lock.holder().participantId().equals(holder.participantId())).count();
        if (!prolonged && held >= perParticipant) {
            throw LIMIT_EXCEEDED.because("locks of one participant: " + (held + 1) + " (expected: at most " + perParticipant + ")");
        }
        // Higher than every one before, also where those were given by another node and are forgotten.
        long number = prolonged ? present.get().lease() : Math.max(lastLease + 1, now.toEpochMilli());
        return new Lock(element, holder, number, now.plus(lease));
    }

    /**
     * Gives an element free.
     *
     * @return whether it was locked
     * @throws CollaborationException {@code forbidden} when another user holds it
     */
    public boolean release(ElementId element, String userId) {
        boolean held = isHeldBy(element, userId);
        locks.remove(element);
        return held;
    }

    /**
     * Whether a user may give an element free, and it is locked at all.
     *
     * @throws CollaborationException {@code forbidden} when another user holds it
     */
    public boolean isHeldBy(ElementId element, String userId) {
        Lock lock = locks.get(element);
        if (lock != null && lock.isForeignTo(userId)) {
            throw FORBIDDEN.because("element: \"" + element + "\" (expected: one that one holds oneself)");
        }
        return lock != null;
    }

    /** Gives an element free, whoever holds it. */
    public void release(ElementId element) {
        locks.remove(element);
    }

    /** What a participant holds. */
    public List<ElementId> heldBy(String participantId) {
        return locks.values().stream().filter(lock -> lock.holder().participantId().equals(participantId)).map(Lock::element).toList();
    }

    /** Gives free what a participant holds, who has left. */
    public List<ElementId> releaseAll(String participantId) {
        List<ElementId> held = heldBy(participantId);
        held.forEach(locks::remove);
        return held;
    }

    /** Ends the leases that are over. */
    public List<ElementId> expire(Instant now) {
        List<ElementId> over = locks.values().stream().filter(lock -> !lock.expiresAt().isAfter(now)).map(Lock::element).toList();
        over.forEach(locks::remove);
        return over;
    }

    /** Why what a change just did to the document may not stay: somebody else holds what it touched. */
    public Optional<Lock> violatedBy(Decision.Accepted done, String userId) {
        if (locks.isEmpty()) {
            return Optional.empty();
        }
        for (Operation operation : done.effective()) {
            Optional<Lock> lock = violatedBy(operation, userId);
            if (lock.isPresent()) {
                return lock;
            }
        }
        for (Inverse inverse : done.inverse()) {
            // What was moved away stood below its old parent.
            if (inverse instanceof Inverse.OfPlace place) {
                Optional<Lock> lock = foreignAbove(place.parent(), userId);
                if (lock.isPresent()) {
                    return lock;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Lock> violatedBy(Operation operation, String userId) {
        return switch (operation) {
            case Operation.Create(var id, var type, var parent, var position, var props, var texts, var refs) -> foreignAbove(parent, userId);
            case Operation.SetProperty(var id, var path, var value, var previous) -> foreignAbove(id, userId);
            case Operation.UnsetProperty(var id, var path, var previous) -> foreignAbove(id, userId);
            case Operation.AddToProperty(var id, var path, var delta) -> foreignAbove(id, userId);
            case Operation.EditText(var id, var name, var edit) -> foreignAbove(id, userId);
            case Operation.Append(var id, var list, var items) -> foreignAbove(id, userId);
            case Operation.Retract(var id, var list, var item, var retracted) -> foreignAbove(id, userId);
            case Operation.SetMember(var id, var set, var member, var on) -> foreignAbove(id, userId);
            case Operation.Move(var id, var parent, var position) -> foreignAround(id, userId);
            case Operation.Delete(var id) -> foreignAround(id, userId);
            case Operation.Restore(var id) -> foreignAround(id, userId);
            case Operation.Withhold withheld -> foreignAbove(withheld.element(), userId);
            case Operation.Returned(var write, var origins) -> violatedBy(write, userId);
            case Operation.Merged(var write, var siblings) -> foreignAbove(write.element(), userId);
            // A choice that writes comes with that write, and short keys are nobody's edit.
            case Operation.Resolve resolve -> Optional.empty();
            case Operation.Rebalance rebalance -> Optional.empty();
        };
    }

    /** The lock of another user on the element or on one above it. */
    private Optional<Lock> foreignAbove(ElementId element, String userId) {
        for (ElementId at = element; !at.isRoot(); at = document.element(at).orElseThrow().parent()) {
            Lock lock = locks.get(at);
            if (lock != null && lock.isForeignTo(userId)) {
                return Optional.of(lock);
            }
        }
        return Optional.empty();
    }

    /** The same, or on one below it. */
    private Optional<Lock> foreignAround(ElementId element, String userId) {
        return foreignAbove(element, userId).or(() -> locks.values().stream()
            .filter(lock -> lock.isForeignTo(userId) && isWithin(lock.element(), element)).findFirst());
    }

    private boolean isWithin(ElementId element, ElementId ancestor) {
        for (ElementId at = element; !at.isRoot(); at = document.element(at).orElseThrow().parent()) {
            if (at.equals(ancestor)) {
                return true;
            }
        }
        return false;
    }

    /** What somebody is told who wants what another holds. */
    public static Problem problem(Lock lock) {
        return LOCKED.with("element: \"%s\" (expected: one that nobody else holds; \"%s\" has it until %s)".formatted(
            lock.element(), lock.holder().name(), lock.expiresAt()));
    }
}
