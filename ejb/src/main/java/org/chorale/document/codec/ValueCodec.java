package org.chorale.document.codec;

import static org.chorale.problem.ProblemType.INVALID_VALUE;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import org.chorale.value.CanonicalForm;
import org.chorale.value.Value;

/** JSON to a document's values and back. */
public final class ValueCodec {
    private ValueCodec() {}

    public static Value read(JsonNode node) {
        return switch (node.getNodeType()) {
            case NULL -> Value.Null.NULL;
            case BOOLEAN -> new Value.Bool(node.booleanValue());
            case NUMBER -> new Value.Num(node.doubleValue());
            case STRING -> new Value.Text(node.textValue());
            case ARRAY -> {
                var items = new ArrayList<Value>(node.size());
                node.forEach(item -> items.add(read(item)));
                yield new Value.Array(items);
            }
            case OBJECT -> {
                var fields = new LinkedHashMap<String, Value>();
                node.properties().forEach(field -> fields.put(field.getKey(), read(field.getValue())));
                yield new Value.Struct(fields);
            }
            case BINARY, MISSING, POJO -> throw INVALID_VALUE.because("value (expected: JSON)");
        };
    }

    public static void write(JsonGenerator json, Value value) throws IOException {
        switch (value) {
            case Value.Null none -> json.writeNull();
            case Value.Bool(var bool) -> json.writeBoolean(bool);
            case Value.Num(var number) -> json.writeNumber(CanonicalForm.number(number));
            case Value.Text(var text) -> json.writeString(text);
            case Value.Array(var items) -> {
                json.writeStartArray();
                for (Value item : items) {
                    write(json, item);
                }
                json.writeEndArray();
            }
            case Value.Struct(var fields) -> {
                json.writeStartObject();
                for (var field : fields.entrySet()) {
                    json.writeFieldName(field.getKey());
                    write(json, field.getValue());
                }
                json.writeEndObject();
            }
        }
    }
}
