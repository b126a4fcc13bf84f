package org.chorale.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.chorale.conflict.Candidate;
import org.chorale.conflict.ConflictRecord;
import org.chorale.document.Document;
import org.chorale.document.DocumentState;
import org.chorale.document.DocumentState.ElementState;
import org.chorale.document.ItemCell;
import org.chorale.document.MemberCell;
import org.chorale.document.Stamp;
import org.chorale.document.codec.ValueCodec;
import org.chorale.operation.Choice;
import org.chorale.operation.ConflictId;
import org.chorale.operation.ElementId;
import org.chorale.operation.OrderKey;
import org.chorale.operation.Path;
import org.chorale.value.Value;

/** A document as clients get it: what it holds, but not who wrote it. */
final class ClientSnapshot {
    private ClientSnapshot() {}

    /** @param snapshot has {@code revision} and {@code document} in its canonical form */
    static Document read(JsonNode snapshot) {
        JsonNode document = snapshot.get("document");
        return Document.of(new DocumentState(snapshot.get("revision").longValue(), list(document.get("elements"), ClientSnapshot::element),
            list(document.get("conflicts"), ClientSnapshot::conflict)));
    }

    private static ElementState element(JsonNode json) {
        return ElementState.unstamped(new ElementId(text(json, "id")), text(json, "elementType"),
            list(json.path("refs"), ref -> new ElementId(ref.textValue())), new ElementId(json.path("parent").asText("")),
            new OrderKey(text(json, "order")), json.path("deleted").booleanValue(), map(json.path("props"), ValueCodec::read),
            map(json.path("texts"), JsonNode::textValue), map(json.path("lists"), items -> list(items, ClientSnapshot::item)),
            map(json.path("sets"), members -> map(members, on -> new MemberCell(on.booleanValue(), Stamp.NONE))));
    }

    private static ItemCell item(JsonNode json) {
        return new ItemCell(text(json, "id"), ValueCodec.read(json.get("value")), json.path("retracted").booleanValue(), Stamp.NONE);
    }

    private static ConflictRecord conflict(JsonNode json) {
        return new ConflictRecord(new ConflictId(text(json, "id")), new ElementId(text(json, "element")), path(json.get("path")),
            list(json.get("candidates"), ClientSnapshot::candidate),
            Optional.ofNullable(json.get("resolution")).map(how -> new ConflictRecord.Resolution(Choice.valueOf(text(how, "choice")),
                how.get("revision").longValue(), text(how, "userId"), Instant.parse(text(how, "at")))));
    }

    private static Candidate candidate(JsonNode json) {
        return new Candidate(value(json, "value"), value(json, "previous"), json.get("revision").longValue(), text(json, "clientId"),
            text(json, "userId"), Instant.parse(text(json, "at")));
    }

    private static Path path(JsonNode json) {
        String property = json.get(0).textValue();
        if (json.size() == 1) {
            return Path.of(property);
        }
        return json.get(1).isTextual() ? Path.of(property, json.get(1).textValue()) : Path.of(property, json.get(1).intValue());
    }

    private static Optional<Value> value(JsonNode json, String field) {
        return Optional.ofNullable(json.get(field)).map(ValueCodec::read);
    }

    private static String text(JsonNode json, String field) {
        return json.get(field).textValue();
    }

    private static <T> List<T> list(JsonNode json, Function<JsonNode, T> read) {
        return new ArrayList<>(StreamSupport.stream(json.spliterator(), false).map(read).toList());
    }

    private static <T> Map<String, T> map(JsonNode json, Function<JsonNode, T> read) {
        var map = new LinkedHashMap<String, T>();
        json.properties().forEach(field -> map.put(field.getKey(), read.apply(field.getValue())));
        return map;
    }
}
