package org.chorale.merge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.chorale.conflict.Policies;
import org.chorale.document.Author;
import org.chorale.document.Change;
import org.chorale.document.ChangeId;
import org.chorale.document.CommittedChange;
import org.chorale.document.CommittedChange.Kind;
import org.chorale.document.Decider;
import org.chorale.document.Decision;
import org.chorale.document.Document;
import org.chorale.document.Element;
import org.chorale.document.Inverse;
import org.chorale.document.Limits;
import org.chorale.operation.ElementId;
import org.chorale.operation.Operation;
import org.chorale.operation.Path;
import org.chorale.operation.Position;
import org.chorale.text.TextEdit;
import org.chorale.value.Value;

/** A branch under test. */
final class Line {
    private static final Author AUTHOR = new Author("u", "p");

    final Document document = new Document();
    private final List<CommittedChange> log = new ArrayList<>();
    private final Decider decider = new Decider(document, Limits.DEFAULT, Policies.DEFAULT);

    /** Another branch that starts here. */
    Line fork() {
        return at(log.size());
    }

    /** Another branch that starts at an earlier revision. */
    Line at(int revision) {
        var fork = new Line();
        log.subList(0, revision).forEach(change -> {
            fork.document.apply(change);
            fork.log.add(change);
        });
        fork.document.keep();
        return fork;
    }

    Line edit(Operation... operations) {
        commit(Arrays.asList(operations), Kind.EDIT);
        return this;
    }

    List<Inverse> commit(List<Operation> operations, Kind kind) {
        long head = document.revision();
        var id = new ChangeId("c", head);
        Decision decision = decider.frame(AUTHOR, Instant.EPOCH).decide(new Change(id, head, head, operations), kind);
        assertThat(decision).isInstanceOf(Decision.Accepted.class);
        var accepted = (Decision.Accepted) decision;
        log.add(new CommittedChange(document.revision(), id, kind, AUTHOR, Instant.EPOCH, accepted.effective(), accepted.notes()));
        document.keep();
        return accepted.inverse();
    }

    void undo(List<Inverse> inverse) {
        decider.frame(AUTHOR, Instant.EPOCH).undo(new ChangeId("undo", document.revision()), inverse);
    }

    Element element(String id) {
        return document.element(new ElementId(id)).orElseThrow();
    }

    List<String> children(String parent) {
        return document.children(new ElementId(parent)).stream().filter(child -> document.isLive(child.id()))
            .map(child -> child.id().value()).toList();
    }

    static Operation create(String id, String parent) {
        return new Operation.Create(new ElementId(id), "box", new ElementId(parent), Position.Edge.LAST, Map.of("n", Value.of(0)),
            Map.of("t", "hello"), List.of());
    }

    static Operation set(String id, String property, double value) {
        return new Operation.SetProperty(new ElementId(id), Path.of(property), Value.of(value));
    }

    static Operation set(String id, String property, Value value) {
        return new Operation.SetProperty(new ElementId(id), Path.of(property), value);
    }

    static Operation move(String id, String parent) {
        return new Operation.Move(new ElementId(id), new ElementId(parent), Position.Edge.LAST);
    }

    static Operation first(String id, String parent) {
        return new Operation.Move(new ElementId(id), new ElementId(parent), Position.Edge.FIRST);
    }

    static Operation delete(String id) {
        return new Operation.Delete(new ElementId(id));
    }

    static Operation text(String id, TextEdit edit) {
        return new Operation.EditText(new ElementId(id), "t", edit);
    }
}
