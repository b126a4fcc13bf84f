package org.chorale.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.chorale.document.Author;
import org.chorale.document.Change;
import org.chorale.document.ChangeId;
import org.chorale.document.CommittedChange;
import org.chorale.document.DocumentForm;
import org.chorale.document.StoredChange;
import org.chorale.document.codec.ChangeCodec;
import org.chorale.document.codec.Json;
import org.chorale.document.codec.OperationCodec;
import org.chorale.operation.Operation;
import org.chorale.problem.ProblemType;
import org.chorale.sync.Effect;
import org.chorale.sync.Replica;

/** A client as a vector's steps make it: what happens to it, one thing after the other, and what it then does and shows. */
final class ClientTrace {
    private static final Author NOBODY = new Author("", "");

    private final Replica replica;

    ClientTrace(JsonNode vector) {
        replica = new Replica(vector.get("clientId").textValue(), vector.get("userId").textValue(),
            vector.get("changesPerFrame").intValue());
    }

    /** The vector with what its steps lead to. */
    static ObjectNode filled(JsonNode vector) {
        var trace = new ClientTrace(vector);
        ObjectNode filled = vector.deepCopy();
        filled.get("steps").forEach(step -> trace.carryOut((ObjectNode) step));
        trace.finish(filled.get("steps"));
        return filled;
    }

    void finish(JsonNode steps) {
        ((ObjectNode) steps.get(steps.size() - 1)).set("view", view());
    }

    JsonNode view() {
        return Vectors.json(DocumentForm.of(replica.view()));
    }

    Replica replica() {
        return replica;
    }

    /** Lets the step happen, and puts into it what came of it. */
    ObjectNode carryOut(ObjectNode step) {
        ArrayNode effects = Json.MAPPER.createArrayNode();
        take(step).forEach(effect -> effects.add(json(effect)));
        return step.<ObjectNode>set("effects", effects).put("hash", DocumentForm.hash(replica.view()));
    }

    private List<Effect> take(JsonNode step) {
        String what = step.fieldNames().next();
        JsonNode how = step.get(what);
        return switch (what) {
            case "edit" -> replica.edit(items(how.get("operations")).map(OperationCodec::readSubmitted).toList(),
                Optional.ofNullable(how.path("gesture").textValue()));
            case "undo" -> replica.undo(ChangeId.parse(how.textValue()));
            case "connected" -> replica.connected(how.longValue());
            case "disconnected" -> {
                replica.disconnected();
                yield List.of();
            }
            case "changes" -> replica.onChanges(items(how).map(ClientTrace::committed).toList());
            case "accepted" -> replica.onAccepted(changeId(how), how.get("revision").longValue());
            case "refused" -> replica.onRefused(changeId(how), problem(how.get("problem").textValue()).with("no"));
            case "snapshot" -> replica.onSnapshot(ClientSnapshot.read(how));
            case "head" -> replica.onHead(how.longValue());
            case "release" -> replica.release();
            default -> throw new IllegalArgumentException("step: " + what);
        };
    }

    private static Stream<JsonNode> items(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static ChangeId changeId(JsonNode json) {
        return ChangeId.parse(json.get("changeId").textValue());
    }

    private static CommittedChange committed(JsonNode json) {
        return ChangeCodec.load(new StoredChange(json.get("revision").longValue(), changeId(json),
            Instant.parse(json.get("at").textValue()), json.toString()));
    }

    private static ProblemType problem(String slug) {
        return Stream.of(ProblemType.values()).filter(type -> type.slug().equals(slug)).findFirst().orElseThrow();
    }

    // ---- effects as JSON

    private static ObjectNode json(Effect effect) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        return switch (effect) {
            case Effect.Submit(var changes) -> json.set("submit", array(changes.stream().map(ClientTrace::json).toList()));
            case Effect.Undo(var id, var undone) -> json.set("undo", named(id).put("undone", undone.toString()));
            case Effect.Resync(long revision) -> json.put("resync", revision);
            case Effect.Accepted(var id, long revision) -> json.set("accepted", named(id).put("revision", revision));
            case Effect.Refused(var change, var problem) -> json.set("refused", named(change.id()).put("problem", problem.type().slug()));
            case Effect.Folded(var changes) -> {
                changes.forEach(change -> json.withArray("folded").add(change.revision()));
                yield json;
            }
        };
    }

    private static ObjectNode named(ChangeId id) {
        return Json.MAPPER.createObjectNode().put("changeId", id.toString());
    }

    private static ObjectNode json(Change change) {
        return named(change.id()).put("baseRevision", change.baseRevision()).put("seenRevision", change.seenRevision())
            .set("operations", operations(change.id(), change.operations()));
    }

    /** As they are written in a change that is stored. */
    private static JsonNode operations(ChangeId id, List<Operation> operations) {
        var change = new CommittedChange(1, id, CommittedChange.Kind.EDIT, NOBODY, Instant.EPOCH, operations, List.of());
        return Vectors.json(ChangeCodec.store(change).content()).get("operations");
    }

    private static ArrayNode array(List<? extends JsonNode> items) {
        return Json.MAPPER.createArrayNode().addAll(new ArrayList<JsonNode>(items));
    }
}
