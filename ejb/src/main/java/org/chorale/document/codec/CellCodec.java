package org.chorale.document.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.chorale.merge.CellId;
import org.chorale.operation.ElementId;

/** What can differ between two documents, as JSON: {@code element, cell, name?, item?}. */
public final class CellCodec {
    private CellCodec() {}

    /** One text for each cell. */
    public static String key(CellId cell) {
        return Json.write(json -> {
            json.writeStartObject();
            write(json, cell);
            json.writeEndObject();
        });
    }

    /** Writes the fields that name the cell. */
    public static void write(JsonGenerator json, CellId cell) throws IOException {
        json.writeStringField("element", cell.element().value());
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

    public static CellId read(Fields fields) {
        ElementId element = ElementId.of(fields.text("element"));
        return switch (fields.text("cell")) {
            case "existence" -> new CellId.Existence(element);
            case "deleted" -> new CellId.Deleted(element);
            case "place" -> new CellId.Place(element);
            case "property" -> new CellId.Property(element, fields.text("name"));
            case "text" -> new CellId.Text(element, fields.text("name"));
            case "item" -> new CellId.Item(element, fields.text("name"), fields.text("item"));
            case "member" -> new CellId.Member(element, fields.text("name"), fields.text("item"));
            default -> throw fields.expected("cell", "existence, deleted, place, property, text, item or member");
        };
    }
}
