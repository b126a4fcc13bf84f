package org.chorale.document.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.chorale.operation.Origins;
import org.chorale.operation.Path;

/**
 * Origins as two fields of an object: {@code "origin": n} and, where components stem from elsewhere,
 * {@code "origins": [[component, n], …]}.
 */
final class OriginsCodec {
    /** Indexes ascending, then keys by code unit: what is equal has one text. */
    private static final Comparator<Path.Component> ORDER = Comparator
        .<Path.Component>comparingInt(component -> component instanceof Path.Index(int index) ? index : Integer.MAX_VALUE)
        .thenComparing(component -> component instanceof Path.Field(var key) ? key : "");

    private OriginsCodec() {}

    static Origins read(Fields fields) {
        var components = new LinkedHashMap<Path.Component, Long>();
        if (fields.optional("origins").isPresent()) {
            for (JsonNode entry : fields.array("origins")) {
                boolean pair = entry.isArray() && entry.size() == 2 && entry.path(1).canConvertToLong();
                if (!pair) {
                    throw fields.expected("origins", "[component, revision] each");
                }
                components.put(PathCodec.component(entry.get(0), () -> fields.expected("origins", "an index or a key as component")),
                    entry.get(1).longValue());
            }
        }
        return new Origins(fields.integer("origin"), components);
    }

    static void write(JsonGenerator json, Origins origins) throws IOException {
        json.writeNumberField("origin", origins.whole());
        if (origins.components().isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("origins");
        for (var entry : origins.components().entrySet().stream().sorted(Map.Entry.comparingByKey(ORDER)).toList()) {
            json.writeStartArray();
            PathCodec.writeComponent(json, entry.getKey());
            json.writeNumber(entry.getValue());
            json.writeEndArray();
        }
        json.writeEndArray();
    }
}
