package org.chorale.document.codec;

import static org.chorale.problem.ProblemType.INVALID_OPERATION;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.chorale.operation.Choice;
import org.chorale.operation.ConflictId;
import org.chorale.operation.ElementId;
import org.chorale.operation.ListItem;
import org.chorale.operation.Operation;
import org.chorale.operation.OrderKey;
import org.chorale.operation.Position;
import org.chorale.operation.Sibling;
import org.chorale.value.Value;

/** Operations as JSON (docs/protocol/SPEC.md, section 8): both what clients ask for and what the server decided. */
public final class OperationCodec {
    /** In whichever operation they are, a client has no say in them. */
    private static final List<String> SERVERS_FIELDS = List.of("order", "origin", "origins", "siblings");

    private OperationCodec() {}

    /** Reads what a client asks for; throws a {@code CollaborationException} that says what is wrong with it. */
    public static Operation readSubmitted(JsonNode node) {
        var fields = new Fields(node, "operation", INVALID_OPERATION);
        fields.requireNone(SERVERS_FIELDS);
        return asked(fields);
    }

    /** Reads an effective operation back, as {@link #write} wrote it. */
    static Operation load(JsonNode node) {
        var fields = new Fields(node, "operation", INVALID_OPERATION);
        return switch (fields.text("op")) {
            case "withhold" -> new Operation.Withhold(id(fields), PathCodec.read(fields), new ConflictId(fields.text("conflict")),
                value(fields, "value"), value(fields, "previous"));
            case "rebalance" -> new Operation.Rebalance(parent(fields), keys(fields));
            default -> decided(fields, asked(fields));
        };
    }

    private static Operation asked(Fields fields) {
        return switch (fields.text("op")) {
            case "create" -> new Operation.Create(id(fields), fields.text("elementType"), parent(fields), position(fields),
                map(fields, "props", ValueCodec::read), map(fields, "texts", text -> text(fields, text)), refs(fields));
            case "set" -> new Operation.SetProperty(id(fields), PathCodec.read(fields), ValueCodec.read(fields.required("value")),
                value(fields, "previous"));
            case "unset" -> new Operation.UnsetProperty(id(fields), PathCodec.read(fields), value(fields, "previous"));
            case "add" -> new Operation.AddToProperty(id(fields), PathCodec.read(fields), ValueCodec.read(fields.required("delta")));
            case "text" -> new Operation.EditText(id(fields), fields.text("name"), TextEditCodec.read(fields));
            case "append" -> new Operation.Append(id(fields), fields.text("list"), fields.items("items", OperationCodec::item));
            case "item" -> new Operation.Retract(id(fields), fields.text("list"), fields.text("item"), fields.bool("retracted"));
            case "member" -> new Operation.SetMember(id(fields), fields.text("set"), fields.text("member"), fields.bool("on"));
            case "move" -> new Operation.Move(id(fields), parent(fields), position(fields));
            case "delete" -> new Operation.Delete(id(fields));
            case "restore" -> new Operation.Restore(id(fields));
            case "resolve" -> new Operation.Resolve(new ConflictId(fields.text("conflict")), fields.constant("choice", Choice.class),
                value(fields, "value"));
            default -> throw fields.expected("op",
                "create, set, unset, add, text, append, item, member, move, delete, restore or resolve");
        };
    }

    private static Operation decided(Fields fields, Operation operation) {
        if (fields.optional("origin").isPresent()) {
            return new Operation.Returned(operation, OriginsCodec.read(fields));
        }
        if (operation instanceof Operation.SetProperty set && fields.optional("siblings").isPresent()) {
            return new Operation.Merged(set, fields.items("siblings", OperationCodec::sibling));
        }
        return operation;
    }

    static void write(JsonGenerator json, Operation operation) throws IOException {
        json.writeStartObject();
        writeFields(json, operation);
        json.writeEndObject();
    }

    private static void writeFields(JsonGenerator json, Operation operation) throws IOException {
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
                PathCodec.write(json, path);
                writeValue(json, "value", Optional.of(value));
                writeValue(json, "previous", previous);
            }
            case Operation.UnsetProperty(var id, var path, var previous) -> {
                start(json, "unset", id);
                PathCodec.write(json, path);
                writeValue(json, "previous", previous);
            }
            case Operation.AddToProperty(var id, var path, var delta) -> {
                start(json, "add", id);
                PathCodec.write(json, path);
                writeValue(json, "delta", Optional.of(delta));
            }
            case Operation.EditText(var id, var name, var edit) -> {
                start(json, "text", id);
                json.writeStringField("name", name);
                TextEditCodec.write(json, edit);
            }
            case Operation.Append(var id, var list, var items) -> {
                start(json, "append", id);
                json.writeStringField("list", list);
                writeItems(json, items);
            }
            case Operation.Retract(var id, var list, var item, boolean retracted) -> {
                start(json, "item", id);
                json.writeStringField("list", list);
                json.writeStringField("item", item);
                json.writeBooleanField("retracted", retracted);
            }
            case Operation.SetMember(var id, var set, var member, boolean on) -> {
                start(json, "member", id);
                json.writeStringField("set", set);
                json.writeStringField("member", member);
                json.writeBooleanField("on", on);
            }
            case Operation.Move(var id, var parent, var position) -> {
                start(json, "move", id);
                writePlace(json, parent, position);
            }
            case Operation.Delete(var id) -> start(json, "delete", id);
            case Operation.Restore(var id) -> start(json, "restore", id);
            case Operation.Resolve(var conflict, var choice, var value) -> {
                json.writeStringField("op", "resolve");
                json.writeStringField("conflict", conflict.value());
                json.writeStringField("choice", choice.name());
                writeValue(json, "value", value);
            }
            case Operation.Withhold(var id, var path, var conflict, var value, var previous) -> {
                start(json, "withhold", id);
                PathCodec.write(json, path);
                json.writeStringField("conflict", conflict.value());
                writeValue(json, "value", value);
                writeValue(json, "previous", previous);
            }
            case Operation.Returned(var write, var origins) -> {
                writeFields(json, write);
                OriginsCodec.write(json, origins);
            }
            case Operation.Merged(var write, var siblings) -> {
                writeFields(json, write);
                writeSiblings(json, siblings);
            }
            case Operation.Rebalance(var parent, var keys) -> {
                json.writeStringField("op", "rebalance");
                writeParent(json, parent);
                writeKeys(json, keys);
            }
        }
    }

    // ---- writing parts

    private static void start(JsonGenerator json, String op, ElementId id) throws IOException {
        json.writeStringField("op", op);
        json.writeStringField("id", id.value());
    }

    static void writeParent(JsonGenerator json, ElementId parent) throws IOException {
        if (parent.isRoot()) {
            json.writeNullField("parent");
        } else {
            json.writeStringField("parent", parent.value());
        }
    }

    static void writeValue(JsonGenerator json, String field, Optional<Value> value) throws IOException {
        if (value.isPresent()) {
            json.writeFieldName(field);
            ValueCodec.write(json, value.get());
        }
    }

    private static void writePlace(JsonGenerator json, ElementId parent, Position position) throws IOException {
        writeParent(json, parent);
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

    private static void writeProps(JsonGenerator json, Map<String, Value> props) throws IOException {
        json.writeObjectFieldStart("props");
        for (var prop : props.entrySet()) {
            writeValue(json, prop.getKey(), Optional.of(prop.getValue()));
        }
        json.writeEndObject();
    }

    private static void writeTexts(JsonGenerator json, Map<String, String> texts) throws IOException {
        if (texts.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("texts");
        for (var text : texts.entrySet()) {
            json.writeStringField(text.getKey(), text.getValue());
        }
        json.writeEndObject();
    }

    private static void writeRefs(JsonGenerator json, List<ElementId> refs) throws IOException {
        if (refs.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("refs");
        for (ElementId ref : refs) {
            json.writeString(ref.value());
        }
        json.writeEndArray();
    }

    private static void writeItems(JsonGenerator json, List<ListItem> items) throws IOException {
        json.writeArrayFieldStart("items");
        for (ListItem item : items) {
            json.writeStartObject();
            json.writeStringField("id", item.id());
            writeValue(json, "value", Optional.of(item.value()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    static void writeSiblings(JsonGenerator json, List<Sibling> siblings) throws IOException {
        json.writeArrayFieldStart("siblings");
        for (Sibling sibling : siblings) {
            json.writeStartObject();
            json.writeStringField("at", sibling.at().toString());
            json.writeStringField("clientId", sibling.clientId());
            json.writeNumberField("revision", sibling.revision());
            json.writeStringField("userId", sibling.userId());
            writeValue(json, "value", Optional.of(sibling.value()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeKeys(JsonGenerator json, Map<ElementId, OrderKey> keys) throws IOException {
        json.writeObjectFieldStart("keys");
        for (var key : keys.entrySet()) {
            json.writeStringField(key.getKey().value(), key.getValue().value());
        }
        json.writeEndObject();
    }

    // ---- reading parts

    private static ElementId id(Fields fields) {
        return ElementId.of(fields.text("id"));
    }

    static ElementId parent(Fields fields) {
        JsonNode parent = fields.required("parent");
        return parent.isNull() ? ElementId.ROOT : ElementId.of(fields.text("parent"));
    }

    static Optional<Value> value(Fields fields, String field) {
        return fields.present(field).map(ValueCodec::read);
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

    private static List<ElementId> refs(Fields fields) {
        if (fields.optional("refs").isEmpty()) {
            return List.of();
        }
        return fields.items("refs", ref -> ElementId.of(text(fields, ref)));
    }

    private static ListItem item(JsonNode node) {
        var fields = new Fields(node, "item", INVALID_OPERATION);
        return new ListItem(fields.text("id"), ValueCodec.read(fields.required("value")));
    }

    static Sibling sibling(JsonNode node) {
        var fields = new Fields(node, "sibling", INVALID_OPERATION);
        return new Sibling(ValueCodec.read(fields.required("value")), fields.integer("revision"), fields.text("clientId"),
            fields.text("userId"), Instant.parse(fields.text("at")));
    }

    private static Map<ElementId, OrderKey> keys(Fields fields) {
        var keys = new LinkedHashMap<ElementId, OrderKey>();
        map(fields, "keys", key -> new OrderKey(text(fields, key))).forEach((id, key) -> keys.put(ElementId.of(id), key));
        return keys;
    }

    private static String text(Fields fields, JsonNode node) {
        if (!node.isTextual()) {
            throw fields.expected("", "strings in texts, refs and keys");
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
