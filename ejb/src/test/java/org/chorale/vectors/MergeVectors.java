package org.chorale.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chorale.document.Author;
import org.chorale.document.ChangeId;
import org.chorale.document.CommittedChange;
import org.chorale.document.CommittedChange.Kind;
import org.chorale.document.Document;
import org.chorale.document.DocumentForm;
import org.chorale.document.codec.ChangeCodec;
import org.chorale.document.codec.Json;
import org.chorale.document.codec.ValueCodec;
import org.chorale.merge.CellId;
import org.chorale.merge.Diff;
import org.chorale.merge.Difference;
import org.chorale.merge.Merge;
import org.chorale.merge.MergeConflict;
import org.chorale.merge.Resolution;
import org.chorale.operation.ElementId;
import org.chorale.operation.Operation;
import org.chorale.problem.CollaborationException;
import org.chorale.value.Value;

/** What a merge's vector leads to, as JSON. */
final class MergeVectors {
    private final JsonNode vector;
    private final MergeBranch ours;
    private final Document base;
    private final Document theirs;

    private MergeVectors(JsonNode vector) {
        this.vector = vector;
        MergeBranch setup = new MergeBranch().with(vector.get("setup"));
        ours = setup.with(vector.get("ours"));
        MergeBranch other = setup.with(vector.get("theirs"));
        boolean reverts = vector.has("revertTo");
        base = reverts ? ours.document() : other.at(vector.path("from").asInt(setup.revision())).document();
        theirs = reverts ? ours.at(vector.get("revertTo").intValue()).document()
            : other.at(vector.path("to").asInt(other.revision())).document();
    }

    /** The vector with its outcome; a resolution that names no values gets those of its conflict. */
    static ObjectNode filled(JsonNode vector) {
        return new MergeVectors(vector).filled();
    }

    /** What is open when the vector's resolutions are made, and nothing that they do not suit. */
    static List<MergeConflict> conflicts(JsonNode vector) {
        var vectors = new MergeVectors(vector);
        return vectors.merge(resolutions(vector.get("resolutions"))).conflicts();
    }

    private ObjectNode filled() {
        ObjectNode filled = vector.deepCopy();
        ArrayNode resolutions = Json.MAPPER.createArrayNode();
        for (JsonNode resolution : vector.get("resolutions")) {
            boolean complete = resolution.has("ours") || resolution.has("theirs");
            resolutions.add(complete ? resolution : completed(resolution, resolutions));
        }
        filled.set("resolutions", resolutions);
        try {
            fill(filled, merge(resolutions(resolutions)));
        } catch (CollaborationException unsuitable) {
            filled.put("problem", unsuitable.problem().type().slug());
        }
        return filled;
    }

    private void fill(ObjectNode filled, Merge.Result result) {
        ArrayNode differences = Json.MAPPER.createArrayNode();
        Diff.between(base, theirs).forEach(difference -> differences.add(json(difference)));
        ArrayNode conflicts = Json.MAPPER.createArrayNode();
        result.conflicts().forEach(conflict -> conflicts.add(json(conflict)));
        filled.set("diff", differences);
        filled.set("operations", json(result.operations()));
        filled.set("conflicts", conflicts);
        if (result.conflicts().isEmpty()) {
            MergeBranch merged = ours.fork();
            assertThat(result.operations().isEmpty() || merged.commit(result.operations(), Kind.MERGE)).as("%s", filled).isTrue();
            filled.set("merged", Vectors.json(DocumentForm.of(merged.document())));
            filled.put("hash", DocumentForm.hash(merged.document()));
        }
    }

    private Merge.Result merge(List<Resolution> resolutions) {
        if (!vector.has("revertTo")) {
            return Merge.of(base, ours.document(), theirs, resolutions);
        }
        return new Merge.Result(Merge.revert(ours.document(), theirs), List.of(), List.of());
    }

    private ObjectNode completed(JsonNode resolution, ArrayNode earlier) {
        CellId cell = cell(resolution.get("cell"));
        MergeConflict conflict = merge(resolutions(earlier)).conflicts().stream().filter(each -> each.cell().equals(cell))
            .findFirst().orElseThrow(() -> new IllegalArgumentException("no conflict for " + resolution));
        ObjectNode completed = resolution.deepCopy();
        put(completed, "ours", conflict.ours());
        put(completed, "theirs", conflict.theirs());
        return completed;
    }

    // ---- JSON

    static List<Resolution> resolutions(JsonNode json) {
        var resolutions = new ArrayList<Resolution>();
        json.forEach(each -> resolutions.add(new Resolution(cell(each.get("cell")),
            Resolution.Choice.valueOf(each.get("choice").textValue()), value(each, "value"), value(each, "ours"), value(each, "theirs"))));
        return resolutions;
    }

    private static Optional<Value> value(JsonNode json, String field) {
        return json.has(field) ? Optional.of(ValueCodec.read(json.get(field))) : Optional.empty();
    }

    private static CellId cell(JsonNode json) {
        ElementId element = ElementId.of(json.get("element").textValue());
        return switch (json.get("cell").textValue()) {
            case "existence" -> new CellId.Existence(element);
            case "deleted" -> new CellId.Deleted(element);
            case "place" -> new CellId.Place(element);
            case "property" -> new CellId.Property(element, json.get("name").textValue());
            case "text" -> new CellId.Text(element, json.get("name").textValue());
            case "item" -> new CellId.Item(element, json.get("list").textValue(), json.get("item").textValue());
            case "member" -> new CellId.Member(element, json.get("set").textValue(), json.get("member").textValue());
            default -> throw new IllegalArgumentException("cell: " + json);
        };
    }

    static ObjectNode json(CellId cell) {
        return switch (cell) {
            case CellId.Existence(var element) -> json("existence", element);
            case CellId.Deleted(var element) -> json("deleted", element);
            case CellId.Place(var element) -> json("place", element);
            case CellId.Property(var element, var name) -> json("property", element).put("name", name);
            case CellId.Text(var element, var name) -> json("text", element).put("name", name);
            case CellId.Item(var element, var list, var item) -> json("item", element).put("list", list).put("item", item);
            case CellId.Member(var element, var set, var member) -> json("member", element).put("set", set).put("member", member);
        };
    }

    private static ObjectNode json(String cell, ElementId element) {
        return Json.MAPPER.createObjectNode().put("cell", cell).put("element", element.value());
    }

    private static ObjectNode json(Difference difference) {
        ObjectNode json = Json.MAPPER.createObjectNode().set("cell", json(difference.cell()));
        put(json, "before", difference.before());
        put(json, "after", difference.after());
        return json;
    }

    private static ObjectNode json(MergeConflict conflict) {
        ObjectNode json = Json.MAPPER.createObjectNode().<ObjectNode>set("cell", json(conflict.cell()))
            .put("reason", conflict.reason().name());
        put(json, "base", conflict.base());
        put(json, "ours", conflict.ours());
        put(json, "theirs", conflict.theirs());
        return json;
    }

    static void put(ObjectNode json, String field, Optional<Value> value) {
        value.ifPresent(present -> json.set(field, Vectors.json(Json.write(text -> ValueCodec.write(text, present)))));
    }

    private static JsonNode json(List<Operation> operations) {
        var change = new CommittedChange(1, new ChangeId("c", 0), Kind.MERGE, new Author("u", "p"), Instant.EPOCH, operations, List.of());
        return Vectors.json(ChangeCodec.store(change).content()).get("operations");
    }
}
