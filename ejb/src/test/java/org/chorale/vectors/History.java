package org.chorale.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chorale.problem.ProblemType.UNKNOWN_CHANGE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.chorale.conflict.Policies;
import org.chorale.document.Author;
import org.chorale.document.Change;
import org.chorale.document.ChangeId;
import org.chorale.document.CommittedChange;
import org.chorale.document.Decider;
import org.chorale.document.Decision;
import org.chorale.document.Document;
import org.chorale.document.DocumentForm;
import org.chorale.document.Frame;
import org.chorale.document.Inverse;
import org.chorale.document.Limits;
import org.chorale.document.StoredChange;
import org.chorale.document.codec.ChangeCodec;
import org.chorale.document.codec.InverseCodec;
import org.chorale.document.codec.Json;
import org.chorale.document.codec.PolicyCodec;
import org.chorale.problem.CollaborationException;
import org.chorale.problem.Problem;

/**
 * A branch as a vector's steps make it: decided as the server does, and folded by a replica that gets no more than what is stored. That
 * both are the same, and that what is refused leaves no trace, is asserted on the way.
 */
final class History {
    private final Document document;
    private final Document replica = new Document();
    private final Decider decider;
    private final Map<String, CommittedChange> committed = new HashMap<>();
    private final Map<String, String> inverses = new HashMap<>();

    /** @param vector has {@code policies}, {@code limits} and {@code textMemory}, or goes by the defaults */
    History(JsonNode vector) {
        document = vector.has("textMemory") ? new Document(vector.get("textMemory").intValue()) : new Document();
        decider = new Decider(document, limits(vector.path("limits")),
            vector.has("policies") ? Policies.of(PolicyCodec.read(vector.get("policies"))) : Policies.DEFAULT);
    }

    /** The vector with what its steps lead to. */
    static ObjectNode filled(JsonNode vector) {
        var history = new History(vector);
        ObjectNode filled = vector.deepCopy();
        filled.get("steps").forEach(step -> ((ObjectNode) step).set("results", history.carryOut(step)));
        return history.finish(filled);
    }

    ObjectNode finish(ObjectNode vector) {
        // The replica computes its first hash here; the other's was kept up to date from change to change.
        assertThat(DocumentForm.hash(replica)).isEqualTo(DocumentForm.hash(document));
        return vector.<ObjectNode>set("document", content()).put("hash", DocumentForm.hash(document));
    }

    JsonNode content() {
        return Vectors.json(DocumentForm.of(document));
    }

    long revision() {
        return document.revision();
    }

    /** Carries out a step; returns the results of its changes, up to the first refusal. */
    ArrayNode carryOut(JsonNode step) {
        ArrayNode results = Json.MAPPER.createArrayNode();
        JsonNode submit = step.path("submit");
        if (submit.isMissingNode()) {
            return results.add(undo(step.get("undo")));
        }
        Frame frame = decider.frame(author(submit), at(submit));
        for (JsonNode change : submit.get("changes")) {
            ObjectNode result = submit(frame, change, submit);
            results.add(result);
            if (result.has("problem")) {
                break;
            }
        }
        return results;
    }

    private ObjectNode submit(Frame frame, JsonNode json, JsonNode step) {
        try {
            Change change = ChangeCodec.readSubmitted(json);
            CommittedChange known = committed.get(change.id().toString());
            if (known != null) {
                frame.skip(change);
                return duplicate(known);
            }
            return result(() -> frame.decide(change), change.id(), CommittedChange.Kind.EDIT, step);
        } catch (CollaborationException malformed) {
            return problem(malformed.problem());
        }
    }

    private ObjectNode undo(JsonNode step) {
        String undone = step.get("undone").textValue();
        ChangeId id = ChangeId.parse(step.get("changeId").textValue());
        if (committed.containsKey(id.toString())) {
            return duplicate(committed.get(id.toString()));
        }
        if (!inverses.containsKey(undone)) {
            return problem(UNKNOWN_CHANGE.with(undone));
        }
        boolean redo = committed.get(undone).kind() == CommittedChange.Kind.UNDO;
        List<Inverse> inverse = InverseCodec.load(inverses.get(undone));
        return result(() -> decider.frame(author(step), at(step)).undo(id, inverse), id,
            redo ? CommittedChange.Kind.REDO : CommittedChange.Kind.UNDO, step);
    }

    private ObjectNode result(Supplier<Decision> decide, ChangeId id, CommittedChange.Kind kind, JsonNode step) {
        String before = DocumentForm.of(document);
        return switch (decide.get()) {
            case Decision.Refused(var problem) -> {
                assertThat(DocumentForm.of(document)).isEqualTo(before);
                yield problem(problem);
            }
            case Decision.Accepted accepted -> {
                JsonNode wire = fold(new CommittedChange(document.revision(), id, kind, author(step), at(step), accepted.effective(),
                    accepted.notes()), accepted.inverse());
                ObjectNode result = Json.MAPPER.createObjectNode().put("revision", document.revision());
                result.set("operations", wire.get("operations"));
                result.set("notes", wire.get("notes"));
                result.set("inverse", Vectors.json(inverses.get(id.toString())));
                decider.tidy(accepted, at(step)).ifPresent(own -> result.set("system", fold(own, List.of()).get("operations")));
                assertThat(DocumentForm.of(replica)).isEqualTo(DocumentForm.of(document));
                DocumentForm.hash(document);
                document.keep();
                yield result;
            }
        };
    }

    /** Lets the replica read the change as it is stored; returns that. */
    private JsonNode fold(CommittedChange change, List<Inverse> inverse) {
        StoredChange stored = ChangeCodec.store(change);
        CommittedChange loaded = ChangeCodec.load(stored);
        assertThat(loaded).isEqualTo(change);
        assertThat(replica.apply(loaded)).isEqualTo(inverse);
        committed.put(change.id().toString(), change);
        inverses.put(change.id().toString(), InverseCodec.store(inverse));
        return Vectors.json(stored.content());
    }

    private static ObjectNode duplicate(CommittedChange known) {
        return Json.MAPPER.createObjectNode().put("duplicate", known.revision());
    }

    private static ObjectNode problem(Problem problem) {
        return Json.MAPPER.createObjectNode().put("problem", problem.type().slug());
    }

    private static Author author(JsonNode step) {
        return new Author(step.get("userId").textValue(), step.get("participantId").textValue());
    }

    private static Instant at(JsonNode step) {
        return Instant.parse(step.get("at").textValue());
    }

    private static Limits limits(JsonNode some) {
        var most = Limits.DEFAULT;
        return new Limits(some.path("operationsPerChange").asInt(most.operationsPerChange()),
            some.path("valueBytes").asInt(most.valueBytes()), some.path("valueDepth").asInt(most.valueDepth()),
            some.path("textLength").asInt(most.textLength()), some.path("elements").asInt(most.elements()),
            some.path("treeDepth").asInt(most.treeDepth()), some.path("names").asInt(most.names()),
            some.path("listItems").asInt(most.listItems()), some.path("setMembers").asInt(most.setMembers()),
            some.path("candidates").asInt(most.candidates()));
    }
}
