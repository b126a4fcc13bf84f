package org.chorale.document.codec;

import static org.chorale.problem.ProblemType.INVALID_CHANGE;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.chorale.document.Inverse;
import org.chorale.operation.ElementId;
import org.chorale.operation.OrderKey;
import org.chorale.operation.Origins;

/** How a change is undone, as JSON: stored beside the change, never sent. */
public final class InverseCodec {
    private InverseCodec() {}

    /** An array, in the order in which to undo. */
    public static String store(List<Inverse> inverses) {
        return Json.write(json -> {
            json.writeStartArray();
            for (Inverse inverse : inverses) {
                json.writeStartObject();
                write(json, inverse);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /** Reads what {@link #store} wrote. */
    public static List<Inverse> load(String stored) {
        try {
            return StreamSupport.stream(Json.read(stored).spliterator(), false).map(InverseCodec::read).toList();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored inverse is not readable", e);
        }
    }

    private static Inverse read(JsonNode node) {
        var fields = new Fields(node, "inverse", INVALID_CHANGE);
        ElementId id = ElementId.of(fields.text("id"));
        return switch (fields.text("inverse")) {
            case "property" -> new Inverse.OfProperty(id, PathCodec.read(fields), OperationCodec.value(fields, "old"),
                OriginsCodec.read(fields.object("expects")), OriginsCodec.read(fields.object("restores")),
                OperationCodec.value(fields, "delta"));
            case "text" -> new Inverse.OfText(id, fields.text("name"), TextEditCodec.read(fields), fields.integer("revision"));
            case "appended" -> new Inverse.OfAppended(id, fields.text("list"), fields.items("items", JsonNode::textValue),
                fields.integer("expects"));
            case "item" -> new Inverse.OfItem(id, fields.text("list"), fields.text("item"), fields.bool("retracted"),
                fields.integer("expects"), fields.integer("restores"));
            case "member" -> new Inverse.OfMember(id, fields.text("set"), fields.text("member"), fields.bool("on"),
                fields.integer("expects"), fields.integer("restores"));
            case "place" -> new Inverse.OfPlace(id, OperationCodec.parent(fields), new OrderKey(fields.text("order")),
                fields.optionalText("behind").map(ElementId::of), fields.integer("expects"), fields.integer("restores"));
            case "flag" -> new Inverse.OfFlag(id, fields.bool("deleted"), fields.integer("expects"), fields.integer("restores"));
            default -> throw fields.expected("inverse", "property, text, appended, item, member, place or flag");
        };
    }

    private static void write(JsonGenerator json, Inverse inverse) throws IOException {
        switch (inverse) {
            case Inverse.OfProperty(var id, var path, var old, var expects, var restores, var delta) -> {
                start(json, "property", id);
                PathCodec.write(json, path);
                OperationCodec.writeValue(json, "old", old);
                writeOrigins(json, "expects", expects);
                writeOrigins(json, "restores", restores);
                OperationCodec.writeValue(json, "delta", delta);
            }
            case Inverse.OfText(var id, var name, var edit, long revision) -> {
                start(json, "text", id);
                json.writeStringField("name", name);
                TextEditCodec.write(json, edit);
                json.writeNumberField("revision", revision);
            }
            case Inverse.OfAppended(var id, var list, var items, long expects) -> {
                start(json, "appended", id);
                json.writeStringField("list", list);
                json.writeArrayFieldStart("items");
                for (String item : items) {
                    json.writeString(item);
                }
                json.writeEndArray();
                json.writeNumberField("expects", expects);
            }
            case Inverse.OfItem(var id, var list, var item, boolean retracted, long expects, long restores) -> {
                start(json, "item", id);
                json.writeStringField("list", list);
                json.writeStringField("item", item);
                json.writeBooleanField("retracted", retracted);
                writeGuard(json, expects, restores);
            }
            case Inverse.OfMember(var id, var set, var member, boolean on, long expects, long restores) -> {
                start(json, "member", id);
                json.writeStringField("set", set);
                json.writeStringField("member", member);
                json.writeBooleanField("on", on);
                writeGuard(json, expects, restores);
            }
            case Inverse.OfPlace(var id, var parent, var order, var behind, long expects, long restores) -> {
                start(json, "place", id);
                OperationCodec.writeParent(json, parent);
                json.writeStringField("order", order.value());
                json.writeStringField("behind", behind.map(ElementId::value).orElse(null));
                writeGuard(json, expects, restores);
            }
            case Inverse.OfFlag(var id, boolean deleted, long expects, long restores) -> {
                start(json, "flag", id);
                json.writeBooleanField("deleted", deleted);
                writeGuard(json, expects, restores);
            }
        }
    }

    private static void start(JsonGenerator json, String inverse, ElementId id) throws IOException {
        json.writeStringField("inverse", inverse);
        json.writeStringField("id", id.value());
    }

    private static void writeGuard(JsonGenerator json, long expects, long restores) throws IOException {
        json.writeNumberField("expects", expects);
        json.writeNumberField("restores", restores);
    }

    private static void writeOrigins(JsonGenerator json, String field, Origins origins) throws IOException {
        json.writeObjectFieldStart(field);
        OriginsCodec.write(json, origins);
        json.writeEndObject();
    }
}
