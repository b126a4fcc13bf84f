package org.chorale.document.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.function.Supplier;
import org.chorale.operation.Path;
import org.chorale.problem.CollaborationException;

/** Paths as JSON: {@code [property]} or {@code [property, component]}. */
final class PathCodec {
    private PathCodec() {}

    /** Reads the field {@code path}. */
    static Path read(Fields fields) {
        JsonNode path = fields.array("path");
        boolean named = (path.size() == 1 || path.size() == 2) && path.get(0).isTextual();
        if (!named) {
            throw fields.expected("path", "[property] or [property, component]");
        }
        String property = path.get(0).textValue();
        return path.size() == 1 ? Path.of(property)
            : new Path(property, component(path.get(1), () -> fields.expected("path", "an index or a key as component")));
    }

    static Path.Component component(JsonNode component, Supplier<CollaborationException> otherwise) {
        if (component.isTextual()) {
            return new Path.Field(component.textValue());
        }
        if (component.isNumber() && component.canConvertToExactIntegral() && component.canConvertToInt()) {
            return new Path.Index(component.intValue());
        }
        throw otherwise.get();
    }

    static void write(JsonGenerator json, Path path) throws IOException {
        json.writeArrayFieldStart("path");
        json.writeString(path.property());
        writeComponent(json, path.component());
        json.writeEndArray();
    }

    /** Writes nothing for the whole. */
    static void writeComponent(JsonGenerator json, Path.Component component) throws IOException {
        switch (component) {
            case Path.Whole whole -> { }
            case Path.Index(int index) -> json.writeNumber(index);
            case Path.Field(var key) -> json.writeString(key);
        }
    }
}
