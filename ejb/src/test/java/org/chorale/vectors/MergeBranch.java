package org.chorale.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.chorale.conflict.Policies;
import org.chorale.document.Author;
import org.chorale.document.Change;
import org.chorale.document.ChangeId;
import org.chorale.document.CommittedChange;
import org.chorale.document.CommittedChange.Kind;
import org.chorale.document.Decider;
import org.chorale.document.Decision;
import org.chorale.document.Document;
import org.chorale.document.Limits;
import org.chorale.document.codec.OperationCodec;
import org.chorale.operation.Operation;

/** A line of changes, one for each revision, all by one client who has seen everything; others can fork from it. */
final class MergeBranch {
    private static final Author AUTHOR = new Author("u", "p");
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    private final Document document = new Document();
    private final Decider decider = new Decider(document, Limits.DEFAULT, Policies.DEFAULT);
    private final List<CommittedChange> log = new ArrayList<>();

    Document document() {
        return document;
    }

    int revision() {
        return log.size();
    }

    /** The changes after a revision. */
    List<CommittedChange> after(long revision) {
        return List.copyOf(log.subList((int) revision, log.size()));
    }

    MergeBranch fork() {
        return at(revision());
    }

    /** As it was at an earlier revision. */
    MergeBranch at(int revision) {
        var fork = new MergeBranch();
        for (CommittedChange change : log.subList(0, revision)) {
            fork.document.apply(change);
            fork.log.add(change);
        }
        return fork;
    }

    /** A fork with further changes, each an array of operations as clients send them. */
    MergeBranch with(JsonNode changes) {
        MergeBranch fork = fork();
        for (JsonNode change : changes) {
            if (!fork.commit(operations(change), Kind.EDIT)) {
                throw new IllegalArgumentException("refused: " + change);
            }
        }
        return fork;
    }

    static List<Operation> operations(JsonNode change) {
        var operations = new ArrayList<Operation>();
        change.forEach(operation -> operations.add(OperationCodec.readSubmitted(operation)));
        return operations;
    }

    /** Returns whether the change was accepted; a refused one leaves no trace. */
    boolean commit(List<Operation> operations, Kind kind) {
        var id = new ChangeId("c", document.revision());
        Decision decision = decider.frame(AUTHOR, AT).decide(new Change(id, document.revision(), document.revision(), operations), kind);
        if (decision instanceof Decision.Accepted accepted) {
            log.add(new CommittedChange(document.revision(), id, kind, AUTHOR, AT, accepted.effective(), accepted.notes()));
            return true;
        }
        return false;
    }
}
