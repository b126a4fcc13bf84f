package org.chorale.document.codec;

import static org.chorale.problem.ProblemType.INVALID_VALUE;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.chorale.conflict.Candidate;
import org.chorale.conflict.ConflictRecord;
import org.chorale.document.Cell;
import org.chorale.document.DocumentState;
import org.chorale.document.DocumentState.ElementState;
import org.chorale.document.DocumentState.TextState;
import org.chorale.document.ItemCell;
import org.chorale.document.LastWrites;
import org.chorale.document.MemberCell;
import org.chorale.document.Stamp;
import org.chorale.document.StoredSnapshot;
import org.chorale.operation.Choice;
import org.chorale.operation.ConflictId;
import org.chorale.operation.ElementId;
import org.chorale.operation.OrderKey;
import org.chorale.operation.Path;
import org.chorale.operation.Sibling;

/**
 * All of a document for the store, last writes included: JSON in gzip, whose checksum tells a broken one, in base64. Written and read
 * element by element, so that nothing but the compressed text is in memory as a whole.
 *
 * <p>A stamp stands in full where it comes first, {@code [revision, clientId, userId, at, origin]}, and as its number from then on: most
 * registers share theirs with others. {@link Stamp#NONE} is 0.
 */
public final class DocumentStateCodec {
    /** A snapshot of another format is not read: the log has it all. */
    private static final int FORMAT = 1;
    private static final ObjectReader TREES = Json.MAPPER.readerFor(JsonNode.class).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private DocumentStateCodec() {}

    /** @param at when the state's revision was committed */
    public static StoredSnapshot store(DocumentState state, Instant at) {
        var parts = new Parts();
        try (JsonGenerator json = Json.MAPPER.getFactory().createGenerator(new FastGzip(Base64.getEncoder().wrap(parts)))) {
            new Writer(json).write(state);
        } catch (IOException e) {
            throw new UncheckedIOException(e);              // nothing of this leaves memory
        }
        return new StoredSnapshot(state.revision(), at, parts.all());
    }

    /**
     * Reads back what {@link #store} wrote: an equal state.
     *
     * @throws IllegalStateException when it is broken, or of another format
     */
    public static DocumentState load(StoredSnapshot stored) {
        List<InputStream> parts = stored.parts().stream()
            .<InputStream>map(part -> new ByteArrayInputStream(part.getBytes(StandardCharsets.US_ASCII))).toList();
        try (InputStream base64 = new BufferedInputStream(new SequenceInputStream(Collections.enumeration(parts)));
                JsonParser json = Json.MAPPER.getFactory().createParser(new GZIPInputStream(Base64.getDecoder().wrap(base64), 64 * 1024))) {
            DocumentState state = new Reader(json).read();
            if (state.revision() != stored.revision()) {
                throw new IllegalStateException("revision: " + state.revision());
            }
            return state;
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException("stored snapshot " + stored.revision() + " is not readable", e);
        }
    }

    /** Speed matters more than the last tenth: a snapshot is written often and read seldom. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, 64 * 1024);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    /** Cuts ASCII text into parts. */
    private static final class Parts extends OutputStream {
        private final List<String> full = new ArrayList<>();
        private final ByteArrayOutputStream part = new ByteArrayOutputStream();

        @Override
        public void write(int character) {
            write(new byte[] {(byte) character}, 0, 1);
        }

        @Override
        public void write(byte[] text, int offset, int count) {
            for (int done = 0; done < count; ) {
                int fits = Math.min(count - done, StoredSnapshot.PART_LENGTH - part.size());
                part.write(text, offset + done, fits);
                done += fits;
                if (part.size() == StoredSnapshot.PART_LENGTH) {
                    cut();
                }
            }
        }

        private void cut() {
            full.add(part.toString(StandardCharsets.US_ASCII));
            part.reset();
        }

        List<String> all() {
            if (part.size() > 0) {
                cut();
            }
            return full;
        }
    }

    // ---- writing

    private static final class Writer {
        private final JsonGenerator json;
        private final Map<Stamp, Integer> numbers = new HashMap<>();

        Writer(JsonGenerator json) {
            this.json = json;
            numbers.put(Stamp.NONE, 0);
        }

        void write(DocumentState state) throws IOException {
            json.writeStartObject();
            json.writeNumberField("format", FORMAT);
            json.writeNumberField("revision", state.revision());
            json.writeArrayFieldStart("elements");
            for (ElementState element : state.elements()) {
                write(element);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("conflicts");
            for (ConflictRecord conflict : state.conflicts()) {
                write(conflict);
            }
            json.writeEndArray();
            json.writeEndObject();
        }

        private void write(ElementState element) throws IOException {
            json.writeStartObject();
            json.writeStringField("id", element.id().value());
            json.writeStringField("elementType", element.type());
            OperationCodec.writeParent(json, element.parent());
            json.writeStringField("order", element.order().value());
            write("placed", element.placed());
            json.writeBooleanField("deleted", element.deleted());
            write("flagged", element.flagged());
            json.writeFieldName("lastWrites");
            write(element.lastWrites());
            if (!element.refs().isEmpty()) {
                json.writeArrayFieldStart("refs");
                for (ElementId ref : element.refs()) {
                    json.writeString(ref.value());
                }
                json.writeEndArray();
            }
            writeMap("props", element.props(), this::write);
            writeMap("texts", element.texts(), this::write);
            writeMap("lists", element.lists(), this::writeItems);
            writeMap("sets", element.sets(), members -> writeFields(members, this::write));
            json.writeEndObject();
        }

        private void write(Cell cell) throws IOException {
            json.writeStartObject();
            OperationCodec.writeValue(json, "value", cell.value());
            json.writeFieldName("writes");
            write(cell.whole());
            if (!cell.components().isEmpty()) {
                json.writeArrayFieldStart("components");
                for (var component : cell.components().entrySet()) {
                    json.writeStartArray();
                    PathCodec.writeComponent(json, component.getKey());
                    write(component.getValue());
                    json.writeEndArray();
                }
                json.writeEndArray();
            }
            if (cell.blended() != Path.Whole.WHOLE) {
                json.writeFieldName("blended");
                PathCodec.writeComponent(json, cell.blended());
            }
            if (!cell.siblings().isEmpty()) {
                OperationCodec.writeSiblings(json, cell.siblings());
            }
            json.writeEndObject();
        }

        private void write(TextState text) throws IOException {
            json.writeStartObject();
            json.writeStringField("text", text.content());
            write("stamp", text.stamp());
            json.writeEndObject();
        }

        private void writeItems(List<ItemCell> items) throws IOException {
            json.writeStartArray();
            for (ItemCell item : items) {
                json.writeStartObject();
                json.writeStringField("id", item.id());
                OperationCodec.writeValue(json, "value", Optional.of(item.value()));
                json.writeBooleanField("retracted", item.retracted());
                write("stamp", item.stamp());
                json.writeEndObject();
            }
            json.writeEndArray();
        }

        private void write(MemberCell member) throws IOException {
            json.writeStartObject();
            json.writeBooleanField("on", member.on());
            write("stamp", member.stamp());
            json.writeEndObject();
        }

        private void write(ConflictRecord conflict) throws IOException {
            json.writeStartObject();
            json.writeStringField("id", conflict.id().value());
            json.writeStringField("element", conflict.element().value());
            PathCodec.write(json, conflict.path());
            json.writeArrayFieldStart("candidates");
            for (Candidate candidate : conflict.candidates()) {
                json.writeStartObject();
                OperationCodec.writeValue(json, "value", candidate.value());
                OperationCodec.writeValue(json, "previous", candidate.previous());
                json.writeNumberField("revision", candidate.revision());
                json.writeStringField("clientId", candidate.clientId());
                json.writeStringField("userId", candidate.userId());
                json.writeStringField("at", candidate.at().toString());
                json.writeEndObject();
            }
            json.writeEndArray();
            if (conflict.resolution().isPresent()) {
                ConflictRecord.Resolution how = conflict.resolution().get();
                json.writeObjectFieldStart("resolution");
                json.writeStringField("choice", how.choice().name());
                json.writeNumberField("revision", how.revision());
                json.writeStringField("userId", how.userId());
                json.writeStringField("at", how.at().toString());
                json.writeEndObject();
            }
            json.writeEndObject();
        }

        private void write(LastWrites writes) throws IOException {
            json.writeStartArray();
            write(writes.last());
            write(writes.other());
            json.writeEndArray();
        }

        private void write(String field, Stamp stamp) throws IOException {
            json.writeFieldName(field);
            write(stamp);
        }

        private void write(Stamp stamp) throws IOException {
            Integer number = numbers.putIfAbsent(stamp, numbers.size());
            if (number != null) {
                json.writeNumber(number);
                return;
            }
            json.writeStartArray();
            json.writeNumber(stamp.revision());
            json.writeString(stamp.clientId());
            json.writeString(stamp.userId());
            json.writeString(stamp.at().toString());
            json.writeNumber(stamp.origin());
            json.writeEndArray();
        }

        private <T> void writeMap(String field, Map<String, T> map, Writing<T> each) throws IOException {
            if (!map.isEmpty()) {
                json.writeFieldName(field);
                writeFields(map, each);
            }
        }

        private <T> void writeFields(Map<String, T> map, Writing<T> each) throws IOException {
            json.writeStartObject();
            for (var entry : map.entrySet()) {
                json.writeFieldName(entry.getKey());
                each.write(entry.getValue());
            }
            json.writeEndObject();
        }

        @FunctionalInterface
        private interface Writing<T> {
            void write(T value) throws IOException;
        }
    }

    // ---- reading, in the order of writing: a stamp's number counts those before it

    private static final class Reader {
        private final JsonParser json;
        private final List<Stamp> stamps = new ArrayList<>(List.of(Stamp.NONE));
        private final Map<String, String> names = new HashMap<>();

        Reader(JsonParser json) {
            this.json = json;
        }

        DocumentState read() throws IOException {
            expect(json.nextToken() == JsonToken.START_OBJECT, "an object");
            long format = number("format");
            expect(format == FORMAT, "format " + FORMAT);
            long revision = number("revision");
            List<ElementState> elements = items("elements", this::element);
            List<ConflictRecord> conflicts = items("conflicts", Reader::conflict);
            expect(json.nextToken() == JsonToken.END_OBJECT && json.nextToken() == null, "nothing more");
            return new DocumentState(revision, elements, conflicts);
        }

        private long number(String field) throws IOException {
            expect(field.equals(json.nextFieldName()) && json.nextToken() == JsonToken.VALUE_NUMBER_INT, field);
            return json.getLongValue();
        }

        private <T> List<T> items(String field, Function<Fields, T> read) throws IOException {
            expect(field.equals(json.nextFieldName()) && json.nextToken() == JsonToken.START_ARRAY, field);
            var items = new ArrayList<T>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                items.add(read.apply(fields(TREES.readTree(json))));
            }
            return items;
        }

        private ElementState element(Fields fields) {
            ElementId id = ElementId.of(fields.text("id"));
            String type = shared(fields.text("elementType"));
            ElementId parent = OperationCodec.parent(fields);
            var order = new OrderKey(fields.text("order"));
            Stamp placed = stamp(fields.required("placed"));
            boolean deleted = fields.bool("deleted");
            Stamp flagged = stamp(fields.required("flagged"));
            LastWrites lastWrites = lastWrites(fields.required("lastWrites"));
            List<ElementId> refs = fields.present("refs").isEmpty() ? List.of()
                : fields.items("refs", ref -> ElementId.of(ref.textValue()));
            return new ElementState(id, type, refs, parent, order, placed, deleted, flagged, lastWrites,
                map(fields.present("props"), this::cell), map(fields.present("texts"), this::text),
                map(fields.present("lists"), this::items),
                map(fields.present("sets"), members -> map(Optional.of(members), this::member)));
        }

        private Cell cell(JsonNode node) {
            Fields fields = fields(node);
            LastWrites whole = lastWrites(fields.required("writes"));
            var components = new HashMap<Path.Component, LastWrites>();
            fields.present("components").ifPresent(all ->
                all.forEach(each -> components.put(component(each.get(0)), lastWrites(each.get(1)))));
            return new Cell(OperationCodec.value(fields, "value"), whole, Map.copyOf(components),
                fields.present("blended").map(Reader::component).orElse(Path.Whole.WHOLE),
                fields.present("siblings").isEmpty() ? List.of() : List.copyOf(fields.<Sibling>items("siblings", OperationCodec::sibling)));
        }

        private TextState text(JsonNode node) {
            Fields fields = fields(node);
            return new TextState(fields.text("text"), stamp(fields.required("stamp")));
        }

        private List<ItemCell> items(JsonNode list) {
            var items = new ArrayList<ItemCell>(list.size());
            for (JsonNode node : list) {
                Fields fields = fields(node);
                items.add(new ItemCell(fields.text("id"), ValueCodec.read(fields.required("value")), fields.bool("retracted"),
                    stamp(fields.required("stamp"))));
            }
            return items;
        }

        private MemberCell member(JsonNode node) {
            Fields fields = fields(node);
            return new MemberCell(fields.bool("on"), stamp(fields.required("stamp")));
        }

        private static ConflictRecord conflict(Fields fields) {
            return new ConflictRecord(new ConflictId(fields.text("id")), ElementId.of(fields.text("element")), PathCodec.read(fields),
                fields.items("candidates", Reader::candidate), fields.optional("resolution").map(how -> resolution(fields(how))));
        }

        private static Candidate candidate(JsonNode node) {
            Fields fields = fields(node);
            return new Candidate(OperationCodec.value(fields, "value"), OperationCodec.value(fields, "previous"),
                fields.integer("revision"), fields.text("clientId"), fields.text("userId"), Instant.parse(fields.text("at")));
        }

        private static ConflictRecord.Resolution resolution(Fields fields) {
            return new ConflictRecord.Resolution(fields.constant("choice", Choice.class), fields.integer("revision"),
                fields.text("userId"), Instant.parse(fields.text("at")));
        }

        private LastWrites lastWrites(JsonNode pair) {
            Stamp last = stamp(pair.get(0));
            return new LastWrites(last, stamp(pair.get(1)));
        }

        private Stamp stamp(JsonNode node) {
            if (node.isInt()) {
                return stamps.get(node.intValue());
            }
            var stamp = new Stamp(node.get(0).longValue(), shared(node.get(1).textValue()), shared(node.get(2).textValue()),
                Instant.parse(node.get(3).textValue()), node.get(4).longValue());
            stamps.add(stamp);
            return stamp;
        }

        private static Path.Component component(JsonNode node) {
            return PathCodec.component(node, () -> INVALID_VALUE.because("component (expected: an index or a key)"));
        }

        private <T> Map<String, T> map(Optional<JsonNode> node, Function<JsonNode, T> read) {
            var map = new LinkedHashMap<String, T>();
            node.ifPresent(object -> object.properties().forEach(entry -> map.put(shared(entry.getKey()), read.apply(entry.getValue()))));
            return map;
        }

        /** One object for equal names: there are few, and a document says them often. */
        private String shared(String name) {
            String known = names.putIfAbsent(name, name);
            return known == null ? name : known;
        }

        private static Fields fields(JsonNode node) {
            return new Fields(node, "snapshot", INVALID_VALUE);
        }

        private static void expect(boolean fulfilled, String what) {
            if (!fulfilled) {
                throw new IllegalStateException("expected: " + what);
            }
        }
    }
}
