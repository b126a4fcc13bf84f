package org.chorale.document.codec;

import static org.chorale.problem.ProblemType.INVALID_OPERATION;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.chorale.operation.ElementId;
import org.chorale.operation.Operation;
import org.chorale.operation.OrderKey;
import org.chorale.operation.Path;
import org.chorale.operation.Position;
import org.chorale.value.Value;

/** Operations as JSON (docs/protocol/SPEC.md, section 8): both what clients ask for and what the server decided. */
public final class OperationCodec {
    private OperationCodec() {}

    /** Reads an operation; throws a {@code CollaborationException} that says what is wrong with it. */
    public static Operation read(JsonNode node) {
        var fields = new Fields(node, "operation", INVALID_OPERATION);
        ElementId id = ElementId.of(fields.text("id"));
        return switch (fields.text("op")) {
            case "create" -> new Operation.Create(id, fields.text("elementType"), parent(fields), position(fields),
                map(fields, "props", ValueCodec::read), map(fields, "texts", text -> text(fields, text)), refs(fields));
            case "set" -> new Operation.SetProperty(id, path(fields), ValueCodec.read(fields.required("value")), previous(fields));
            case "unset" -> new Operation.UnsetProperty(id, path(fields), previous(fields));
            case "add" -> new Operation.AddToProperty(id, path(fields), ValueCodec.read(fields.required("delta")));
            case "move" -> new Operation.Move(id, parent(fields), position(fields));
            case "delete" -> new Operation.Delete(id);
            case "restore" -> new Operation.Restore(id);
            default -> throw fields.expected("op", "create, set, unset, add, move, delete or restore");
        };
    }

    static void write(JsonGenerator json, Operation operation) throws IOException {
        json.writeStartObject();
        switch (operation) {
            case Operation.Create create -> {
                start(json, "create", create.element());
                json.writeStringField("elementType", create.elementType());
                writePlace(json, create.parent(), create.position());
                writeProps(json, create.props());
                writeTexts(json, create.texts());
                writeRefs(json, create.refs());
            }
            case Operation.SetProperty(var id, var path, var value, var previous) -> {
                start(json, "set", id);
                writePath(json, path);
                json.writeFieldName("value");
                ValueCodec.write(json, value);
            }
            case Operation.UnsetProperty(var id, var path, var previous) -> {
                start(json, "unset", id);
                writePath(json, path);
            }
            case Operation.AddToProperty(var id, var path, var delta) -> {
                start(json, "add", id);
                writePath(json, path);
                json.writeFieldName("delta");
                ValueCodec.write(json, delta);
            }
            case Operation.Move(var id, var parent, var position) -> {
                start(json, "move", id);
                writePlace(json, parent, position);
            }
            case Operation.Delete(var id) -> start(json, "delete", id);
            case Operation.Restore(var id) -> start(json, "restore", id);
        }
        json.writeEndObject();
    }

    // ---- parts that a snapshot's elements share

    static void writePlace(JsonGenerator json, ElementId parent, Position position) throws IOException {
        if (parent.isRoot()) {
            json.writeNullField("parent");
        } else {
            json.writeStringField("parent", parent.value());
        }
        switch (position) {
            case Position.At(var key) -> json.writeStringField("order", key.value());
            case Position.After(var sibling) -> json.writeStringField("after", sibling.value());
            case Position.Edge edge -> {
                if (edge == Position.Edge.FIRST) {
                    json.writeNullField("after");
                }
            }
        }
    }

    static void writeProps(JsonGenerator json, Map<String, Value> props) throws IOException {
        json.writeObjectFieldStart("props");
        for (var prop : props.entrySet()) {
            json.writeFieldName(prop.getKey());
            ValueCodec.write(json, prop.getValue());
        }
        json.writeEndObject();
    }

    static void writeTexts(JsonGenerator json, Map<String, String> texts) throws IOException {
        if (texts.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("texts");
        for (var text : texts.entrySet()) {
            json.writeStringField(text.getKey(), text.getValue());
        }
        json.writeEndObject();
    }

    static void writeRefs(JsonGenerator json, List<ElementId> refs) throws IOException {
        if (refs.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("refs");
        for (ElementId ref : refs) {
            json.writeString(ref.value());
        }
        json.writeEndArray();
    }

    private static void start(JsonGenerator json, String op, ElementId id) throws IOException {
        json.writeStringField("op", op);
        json.writeStringField("id", id.value());
    }

    private static void writePath(JsonGenerator json, Path path) throws IOException {
        json.writeArrayFieldStart("path");
        json.writeString(path.property());
        switch (path.component()) {
            case Path.Whole whole -> { }
            case Path.Index(int index) -> json.writeNumber(index);
            case Path.Field(var key) -> json.writeString(key);
        }
        json.writeEndArray();
    }

    private static ElementId parent(Fields fields) {
        JsonNode parent = fields.required("parent");
        if (parent.isNull()) {
            return ElementId.ROOT;
        }
        return ElementId.of(fields.text("parent"));
    }

    private static Position position(Fields fields) {
        Optional<String> order = fields.optionalText("order");
        if (order.isPresent()) {
            return new Position.At(new OrderKey(order.get()));
        }
        Optional<JsonNode> after = fields.present("after");
        if (after.isEmpty()) {
            return Position.Edge.LAST;
        }
        return after.get().isNull() ? Position.Edge.FIRST : new Position.After(ElementId.of(fields.text("after")));
    }

    private static Path path(Fields fields) {
        JsonNode path = fields.array("path");
        boolean named = (path.size() == 1 || path.size() == 2) && path.get(0).isTextual();
        if (!named) {
            throw fields.expected("path", "[property] or [property, component]");
        }
        String property = path.get(0).textValue();
        if (path.size() == 1) {
            return Path.of(property);
        }
        JsonNode component = path.get(1);
        if (component.isTextual()) {
            return Path.of(property, component.textValue());
        }
        if (component.isNumber() && component.canConvertToExactIntegral() && component.canConvertToInt()) {
            return Path.of(property, component.intValue());
        }
        throw fields.expected("path", "an index or a key as component");
    }

    private static Optional<Value> previous(Fields fields) {
        return fields.present("previous").map(ValueCodec::read);
    }

    private static List<ElementId> refs(Fields fields) {
        if (fields.optional("refs").isEmpty()) {
            return List.of();
        }
        return fields.items("refs", ref -> ElementId.of(text(fields, ref)));
    }

    private static String text(Fields fields, JsonNode node) {
        if (!node.isTextual()) {
            throw fields.expected("", "strings in texts and refs");
        }
        return node.textValue();
    }

    private static <T> Map<String, T> map(Fields fields, String name, Function<JsonNode, T> read) {
        var map = new LinkedHashMap<String, T>();
        fields.optional(name).ifPresent(node -> {
            if (!node.isObject()) {
                throw fields.expected(name, "an object");
            }
            node.properties().forEach(field -> map.put(field.getKey(), read.apply(field.getValue())));
        });
        return map;
    }
}
