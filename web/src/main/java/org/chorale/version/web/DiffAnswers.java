package org.chorale.version.web;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.chorale.document.Document;
import org.chorale.document.Element;
import org.chorale.document.Stamp;
import org.chorale.document.codec.CellCodec;
import org.chorale.document.codec.Json;
import org.chorale.document.codec.ValueCodec;
import org.chorale.merge.Authorship;
import org.chorale.merge.CellId;
import org.chorale.merge.Difference;
import org.chorale.value.Value;

/** What differs, as JSON. */
public final class DiffAnswers {
    private DiffAnswers() {}

    /** Who wrote what some differences have become. */
    public static Set<String> authors(Document after, List<Difference> differences) {
        return differences.stream().flatMap(each -> Authorship.of(after, each.cell()).stream()).map(Stamp::userId).collect(Collectors.toSet());
    }

    /**
     * {@code {from, to, differences: [{element, elementType, cell, name?, item?, before?, after?, by?}], nextCursor?}}
     *
     * @param before     the document at {@code from}
     * @param after      the document at {@code to}
     * @param names      of those who have one, by userId
     * @param nextCursor null at the end
     */
    public static String page(Document before, Document after, List<Difference> differences, Map<String, String> names, String nextCursor) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeNumberField("from", before.revision());
            json.writeNumberField("to", after.revision());
            json.writeArrayFieldStart("differences");
            for (Difference difference : differences) {
                write(json, before, after, difference, names);
            }
            json.writeEndArray();
            if (nextCursor != null) {
                json.writeStringField("nextCursor", nextCursor);
            }
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, Document before, Document after, Difference difference, Map<String, String> names)
            throws IOException {
        CellId cell = difference.cell();
        json.writeStartObject();
        Element element = after.element(cell.element()).or(() -> before.element(cell.element())).orElseThrow();
        CellCodec.write(json, cell);
        json.writeStringField("elementType", element.type());
        write(json, "before", difference.before());
        write(json, "after", difference.after());
        Optional<Stamp> by = Authorship.of(after, cell);
        if (by.isPresent()) {
            json.writeObjectFieldStart("by");
            writeUser(json, by.get().userId(), names);
            json.writeNumberField("revision", by.get().revision());
            json.writeStringField("at", by.get().at().toString());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    /** {@code userId}, and the {@code name} where there is one. */
    static void writeUser(JsonGenerator json, String userId, Map<String, String> names) throws IOException {
        json.writeStringField("userId", userId);
        if (names.containsKey(userId)) {
            json.writeStringField("name", names.get(userId));
        }
    }

    private static void write(JsonGenerator json, String field, Optional<Value> value) throws IOException {
        if (value.isPresent()) {
            json.writeFieldName(field);
            ValueCodec.write(json, value.get());
        }
    }
}
