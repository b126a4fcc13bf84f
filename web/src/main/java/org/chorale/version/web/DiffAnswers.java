package org.chorale.version.web;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /**
     * {@code {from, to, differences: [{element, elementType, cell, name?, item?, before?, after?, by?}], nextCursor?}}
     *
     * @param before     the document at {@code from}
     * @param after      the document at {@code to}
     * @param names      of those who have one, by userId
     * @param nextCursor null at the end
     */
    static String page(Document before, Document after, List<Difference> differences, Map<String, String> names, String nextCursor) {
    public static String page(Document before, Document after, List<Difference> differences, String nextCursor) {
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

    /** {@code cell, name?, item?} */
    static void writeCell(JsonGenerator json, CellId cell) throws IOException {
        switch (cell) {
            case CellId.Existence existence -> json.writeStringField("cell", "existence");
            case CellId.Deleted deleted -> json.writeStringField("cell", "deleted");
            case CellId.Place place -> json.writeStringField("cell", "place");
            case CellId.Property(var element, var name) -> named(json, "property", name);
            case CellId.Text(var element, var name) -> named(json, "text", name);
            case CellId.Item(var element, var list, var item) -> {
                named(json, "item", list);
                json.writeStringField("item", item);
            }
            case CellId.Member(var element, var set, var member) -> {
                named(json, "member", set);
                json.writeStringField("item", member);
            }
        }
    }

    private static void named(JsonGenerator json, String cell, String name) throws IOException {
        json.writeStringField("cell", cell);
        json.writeStringField("name", name);
    }

    private static void write(JsonGenerator json, String field, Optional<Value> value) throws IOException {
        if (value.isPresent()) {
            json.writeFieldName(field);
            ValueCodec.write(json, value.get());
        }
    }
}
