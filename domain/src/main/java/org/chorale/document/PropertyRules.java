package org.chorale.document;

import static org.chorale.document.Note.Code.MERGED;
import static org.chorale.document.Note.Code.OVERWROTE;
import static org.chorale.document.Note.Code.TYPE_MISMATCH;
import static org.chorale.document.Note.Code.WITHHELD;
import static org.chorale.problem.ProblemType.CONFLICT_ALREADY_RESOLVED;
import static org.chorale.problem.ProblemType.CONFLICT_STALE;
import static org.chorale.problem.ProblemType.INVALID_OPERATION;
import static org.chorale.problem.ProblemType.WRITE_REJECTED;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chorale.conflict.Blend;
import org.chorale.conflict.Blending;
import org.chorale.conflict.Candidate;
import org.chorale.conflict.ConflictRecord;
import org.chorale.conflict.Policies;
import org.chorale.conflict.Policy;
import org.chorale.operation.Choice;
import org.chorale.operation.Operation;
import org.chorale.operation.Path;
import org.chorale.operation.Sibling;
import org.chorale.value.Value;

/** Which of several writes of one register counts: finds conflicts, settles them by the policy, and ends those that people decide. */
final class PropertyRules {
    /** So many values written without knowledge of each other are blended; older ones are forgotten. */
    private static final int SIBLINGS = 16;

    private final Document document;
    private final Limits limits;
    private final Policies policies;

    PropertyRules(Document document, Limits limits, Policies policies) {
        this.document = document;
        this.limits = limits;
        this.policies = policies;
    }

    /** A write being decided; no {@code value} removes the register. */
    private record Write(Element element, Path path, Optional<Value> value, Optional<Value> previous, Cell cell, Optional<Value> present,
                         Policy policy) {
        Path.Component component() {
            return path.component();
        }

        Operation operation() {
            return value.isPresent() ? new Operation.SetProperty(element.id(), path, value.get())
                : new Operation.UnsetProperty(element.id(), path);
        }

        Stamp newestOther(Outcome outcome) {
            return cell.newestWriteNotBy(outcome.request().stamp().clientId(), component());
        }

        Operation.SetProperty set(Value other) {
            return new Operation.SetProperty(element.id(), path, other);
        }
    }

    void write(Element element, Path path, Optional<Value> value, Optional<Value> previous, Outcome outcome) {
        value.ifPresent(limits::checkValue);
        previous.ifPresent(limits::checkValue);
        Policy policy = policies.of(element.type(), path.property());
        Cell cell = element.cell(path.property());
        if (isOutOfShape(policy, cell, path.component(), value.isEmpty())) {
            outcome.nothing(TYPE_MISMATCH, element.id());
            return;
        }
        var write = new Write(element, path, value, previous, cell, Components.read(cell.value(), path.component()), policy);
        outcome.meet(write.newestOther(outcome));
        if (value.isEmpty() && write.present.isEmpty()) {
            outcome.nothing();
            return;
        }
        outcome.noteIfDeleted(element);
        Optional<Stamp> clash = write.present.equals(value) ? Optional.empty() : clash(write, outcome);
        if (clash.isEmpty()) {
            apply(write, outcome);
        } else {
            settle(write, clash.get(), outcome);
        }
    }

    void add(Element element, Operation.AddToProperty add, Outcome outcome) {
        limits.checkValue(add.delta());
        Policy policy = policies.of(element.type(), add.path().property());
        Cell cell = element.cell(add.path().property());
        Optional<Value> sum = isOutOfShape(policy, cell, add.path().component(), false) ? Optional.empty()
            : Components.read(cell.value(), add.path().component()).flatMap(present -> Components.sum(present, add.delta()));
        if (sum.isEmpty()) {
            outcome.nothing(TYPE_MISMATCH, element.id());
            return;
        }
        outcome.meet(cell.newestWriteNotBy(outcome.request().stamp().clientId(), add.path().component()));
        outcome.noteIfDeleted(element);
        outcome.apply(add);
        supersede(element, add.path(), outcome);
    }

    private static boolean isOutOfShape(Policy policy, Cell cell, Path.Component component, boolean removing) {
        return component != Path.Whole.WHOLE && policy.atomic() || !Components.fits(cell.value(), component, removing);
    }

    // ---- finding conflicts

    /** The newest write by another client that conflicts with this one: of the same register, of its whole, or of a part of it. */
    private static Optional<Stamp> clash(Write write, Outcome outcome) {
        return Optional.of(write.newestOther(outcome)).filter(other -> outcome.clashes(other, write.policy.window()));
    }

    // ---- settling them

    private void settle(Write write, Stamp clash, Outcome outcome) {
        switch (outcome.request().onConflict().orElse(write.policy.strategy())) {
            case LAST_WRITE_WINS -> overwrite(write, clash, outcome);
            case AUTOMATIC -> {
                Optional<Value> merged = write.policy.atomic() ? Optional.empty()
                    : Blending.lossless(write.previous, write.present, write.value);
                merged.ifPresentOrElse(value -> merge(write, write.set(value), value, clash, outcome),
                    () -> overwrite(write, clash, outcome));
            }
            case MERGE -> blend(write, clash, outcome);
            case MANUAL -> withhold(write, clash, outcome);
            case REJECT -> throw WRITE_REJECTED.because("element: \"" + write.element.id() + "\" property: \"" + write.path.property()
                + "\" was written in revision " + clash.revision() + " (expected: none after " + outcome.request().seen() + ")");
        }
    }

    private void overwrite(Write write, Stamp clash, Outcome outcome) {
        // What is there may be one's own later write: then the other's value is gone already, but who wrote it is told still.
        boolean there = write.cell.newestWrite(write.component()).revision() == clash.revision();
        outcome.note(OVERWROTE, write.element.id(), write.path, there ? write.present : Optional.empty(), clash, Optional.empty());
        apply(write, outcome);
    }

    private void blend(Write write, Stamp clash, Outcome outcome) {
        if (write.value.isEmpty() || write.present.isEmpty()) {
            overwrite(write, clash, outcome);
            return;
        }
        List<Sibling> siblings = siblings(write, clash, outcome);
        Blend blend = write.policy.blend();
        Optional<Value> merged = Blending.merged(blend, write.previous, write.present.get(), write.value.get(),
            siblings.stream().map(Sibling::value).toList());
        merged.ifPresentOrElse(value -> {
            Operation.SetProperty set = write.set(value);
            merge(write, blend != Blend.DELTA && isShort(write.value.get()) ? new Operation.Merged(set, siblings) : set, value, clash, outcome);
        }, () -> overwrite(write, clash, outcome));
    }

    /** All values of the register that were written without knowledge of each other, the present write's at last. */
    private static List<Sibling> siblings(Write write, Stamp clash, Outcome outcome) {
        Stamp by = outcome.request().stamp();
        var siblings = new ArrayList<Sibling>();
        for (Sibling known : write.cell.siblings(write.component())) {
            if (outcome.clashes(known.revision(), known.clientId(), known.userId(), known.at(), write.policy.window())) {
                siblings.add(known);
            }
        }
        if (siblings.isEmpty()) {
            siblings.add(sibling(write.present.get(), clash));
        }
        siblings.add(sibling(write.value.get(), by));
        return siblings.size() <= SIBLINGS ? siblings : siblings.subList(siblings.size() - SIBLINGS, siblings.size());
    }

    private static Sibling sibling(Value value, Stamp by) {
        return new Sibling(value, by.revision(), by.clientId(), by.userId(), by.at());
    }

    /** Whether siblings of the value are worth keeping: numbers, and vectors of a few. */
    private static boolean isShort(Value value) {
        return value instanceof Value.Num || value instanceof Value.Array(var items) && items.size() <= SIBLINGS;
    }

    private void merge(Write write, Operation operation, Value merged, Stamp clash, Outcome outcome) {
        // The other's part may be in what the author wrote already.
        if (!write.value.equals(Optional.of(merged))) {
            limits.checkValue(merged);
            outcome.note(MERGED, write.element.id(), write.path, write.present, clash, Optional.empty());
        }
        apply(write, operation, Optional.of(merged), outcome);
    }

    private void withhold(Write write, Stamp clash, Outcome outcome) {
        Optional<ConflictRecord> record = document.openConflict(write.element.id(), write.path);
        var id = record.map(ConflictRecord::id).orElseGet(outcome::newConflict);
        outcome.note(WITHHELD, write.element.id(), write.path, Optional.empty(), clash, Optional.of(id));
        outcome.apply(new Operation.Withhold(write.element.id(), write.path, id, write.value, write.previous));
        limits.checkCandidates(document.requireConflict(id).candidates().size());
    }

    private void apply(Write write, Outcome outcome) {
        apply(write, write.operation(), write.value, outcome);
    }

    private void apply(Write write, Operation operation, Optional<Value> value, Outcome outcome) {
        if (write.component() != Path.Whole.WHOLE) {
            Components.replaced(write.cell.value(), write.component(), value).ifPresent(limits::checkValue);
        } else if (write.cell == Cell.UNWRITTEN) {
            limits.checkNames(write.element.names() + 1);
        }
        outcome.apply(operation);
        supersede(write.element, write.path, outcome);
    }

    /** Who writes after having seen all that waits has decided. */
    private void supersede(Element element, Path path, Outcome outcome) {
        document.openConflict(element.id(), path)
            .filter(open -> outcome.request().judged() && open.changedAt() <= outcome.request().seen())
            .ifPresent(open -> outcome.apply(new Operation.Resolve(open.id(), Choice.SUPERSEDED, Optional.empty())));
    }

    // ---- ending those that people decide

    void resolve(Operation.Resolve resolve, Outcome outcome) {
        if (resolve.choice() == Choice.SUPERSEDED) {
            throw INVALID_OPERATION.because("choice: SUPERSEDED (expected: another one; this is the server's)");
        }
        ConflictRecord record = document.requireConflict(resolve.conflict());
        if (record.status() != ConflictRecord.Status.OPEN) {
            throw CONFLICT_ALREADY_RESOLVED.because("conflict: \"" + record.id() + "\" is " + record.status() + " (expected: OPEN)");
        }
        Element element = document.require(record.element());
        Cell cell = element.cell(record.path().property());
        Path.Component component = record.path().component();
        if (outcome.isUnseen(cell.newestWrite(component)) || record.candidates().stream().anyMatch(other -> isUnseen(other, outcome))) {
            throw CONFLICT_STALE.because("conflict: \"" + record.id() + "\" changed (expected: nothing after revision "
                + outcome.request().seen() + ")");
        }
        Optional<Value> present = Components.read(cell.value(), component);
        Optional<Value> chosen = chosen(resolve, record, element, present, outcome);
        chosen.ifPresent(limits::checkValue);
        outcome.apply(resolve);
        if (chosen.equals(present)) {
            return;
        }
        if (!Components.fits(cell.value(), component, chosen.isEmpty())) {
            outcome.note(TYPE_MISMATCH, element.id());
            return;
        }
        outcome.apply(chosen.isPresent() ? new Operation.SetProperty(element.id(), record.path(), chosen.get())
            : new Operation.UnsetProperty(element.id(), record.path()));
    }

    private static boolean isUnseen(Candidate candidate, Outcome outcome) {
        return candidate.revision() > outcome.request().seen() && !candidate.clientId().equals(outcome.request().stamp().clientId());
    }

    private Optional<Value> chosen(Operation.Resolve resolve, ConflictRecord record, Element element, Optional<Value> present,
                                   Outcome outcome) {
        String user = outcome.request().stamp().userId();
        Candidate newest = record.candidates().getLast();
        Optional<Candidate> own = record.candidates().reversed().stream().filter(candidate -> candidate.userId().equals(user)).findFirst();
        return switch (resolve.choice()) {
            case MINE -> own.map(Candidate::value).orElseGet(() -> {
                Stamp last = element.cell(record.path().property()).newestWrite(record.path().component());
                if (!last.userId().equals(user)) {
                    throw INVALID_OPERATION.because("choice: MINE (expected: one of a conflict that one is part of)");
                }
                return present;
            });
            case THEIRS -> own.isPresent() ? present : newest.value();
            case AVERAGE -> {
                var values = new ArrayList<Optional<Value>>();
                values.add(present);
                record.candidates().forEach(candidate -> values.add(candidate.value()));
                Optional<Value> mean = values.stream().allMatch(Optional::isPresent)
                    ? Blending.mean(values.stream().map(Optional::get).toList()) : Optional.empty();
                if (mean.isEmpty()) {
                    throw INVALID_OPERATION.because("choice: AVERAGE (expected: values that are numbers, or vectors of one length)");
                }
                yield mean;
            }
            case VALUE -> resolve.value();
            case LAST_WRITE_WINS -> newest.value();
            case MERGE -> merged(record, present, policies.of(element.type(), record.path().property()).blend());
            case REJECT, SUPERSEDED -> present;
        };
    }

    /** Candidate after candidate, each blended with what is there by then; where that cannot be, it takes its place. */
    private static Optional<Value> merged(ConflictRecord record, Optional<Value> present, Blend blend) {
        Optional<Value> result = present;
        for (Candidate candidate : record.candidates()) {
            if (result.isEmpty() || candidate.value().isEmpty()) {
                result = candidate.value();
                continue;
            }
            Value ours = result.get();
            Value theirs = candidate.value().get();
            result = Optional.of(Blending.merged(blend, candidate.previous(), ours, theirs, List.of(ours, theirs)).orElse(theirs));
        }
        return result;
    }
}
