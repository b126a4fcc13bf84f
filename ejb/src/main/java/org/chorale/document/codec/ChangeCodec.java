package org.chorale.document.codec;

import static org.chorale.problem.ProblemType.INVALID_CHANGE;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.chorale.conflict.Strategy;
import org.chorale.document.Author;
import org.chorale.document.BranchPoint;
import org.chorale.document.Change;
import org.chorale.document.ChangeId;
import org.chorale.document.CommittedChange;
import org.chorale.document.Inverse;
import org.chorale.document.Note;
import org.chorale.document.StoredChange;
import org.chorale.operation.ConflictId;
import org.chorale.operation.ElementId;
import org.chorale.operation.Operation;

/** Changes as JSON: submitted ones are read, committed ones written once and read back from the log. */
public final class ChangeCodec {
    private ChangeCodec() {}

    /** Reads a change that a client submits; what only the server says in one is refused. */
    public static Change readSubmitted(JsonNode node) {
        var fields = new Fields(node, "change", INVALID_CHANGE);
        return new Change(ChangeId.parse(fields.text("changeId")), fields.integer("baseRevision"), fields.integer("seenRevision"),
            fields.optionalBool("strict").orElse(false), fields.optionalConstant("onConflict", Strategy.class),
            fields.items("operations", OperationCodec::readSubmitted));
    }

    /** More than this of the old values that an undo would bring back is not kept: the column's length. */
    private static final int MAX_INVERSE_LENGTH = 10 * 1024 * 1024;

    /** A change that nobody can undo, ready for the log. */
    public static StoredChange store(CommittedChange change) {
        return store(change, List.of());
    }

    /** The change as everybody gets it, and how it is undone, ready for the log. */
    public static StoredChange store(CommittedChange change, List<Inverse> inverse) {
        String undo = inverse.isEmpty() ? "" : InverseCodec.store(inverse);
        return new StoredChange(change.revision(), change.id(), change.at(), Json.write(json -> write(json, change)),
            undo.length() <= MAX_INVERSE_LENGTH ? undo : "");
    }

    /** Reads a change back from the log; what is in the log was written by {@link #store}. */
    public static CommittedChange load(StoredChange stored) {
        try {
            var fields = new Fields(Json.read(stored.content()), "stored change " + stored.revision(), INVALID_CHANGE);
            List<Operation> operations = fields.items("operations", OperationCodec::load);
            List<Note> notes = fields.items("notes", ChangeCodec::note);
            var kind = CommittedChange.Kind.valueOf(fields.text("kind").toUpperCase(Locale.ROOT));
            var author = new Author(fields.text("userId"), fields.text("participantId"));
            return new CommittedChange(stored.revision(), stored.id(), kind, author, Instant.parse(fields.text("at")), operations, notes,
                fields.optional("merged").map(merged -> point(fields.object("merged"))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored change " + stored.revision() + " is not readable", e);
        }
    }

    /**
     * What is told of a change to those who only look at it.
     *
     * @param kind       in its public form, in lower case
     * @param operations as JSON, as they are in the log
     */
    public record Outline(String userId, String kind, String operations) {}

    /** Reads what is told of a change without making its operations. */
    public static Outline outline(StoredChange stored) {
        String userId = "";
        String kind = "";
        String operations = "[]";
        try (JsonParser json = Json.MAPPER.getFactory().createParser(stored.content())) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "userId" -> userId = json.getText();
                    case "kind" -> kind = json.getText();
                    case "operations" -> operations = whole(json, stored.content());
                    default -> json.skipChildren();
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("stored change " + stored.revision() + " is not readable", e);
        }
        return new Outline(userId, kind, operations);
    }

    private static String whole(JsonParser json, String text) throws IOException {
        int start = (int) json.currentTokenLocation().getCharOffset();
        json.skipChildren();
        return text.substring(start, (int) json.currentLocation().getCharOffset());
    }

    /** Who made a change; nothing behind it is read. */
    public static String userId(StoredChange stored) {
        try (JsonParser json = Json.MAPPER.getFactory().createParser(stored.content())) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                if (field.equals("userId")) {
                    return json.getText();
                }
                json.skipChildren();
            }
            return "";
        } catch (IOException e) {
            throw new IllegalStateException("stored change " + stored.revision() + " is not readable", e);
        }
    }

    public static void writeNotes(JsonGenerator json, List<Note> notes) throws IOException {
        json.writeArrayFieldStart("notes");
        for (Note note : notes) {
            write(json, note);
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, CommittedChange change) throws IOException {
        json.writeStartObject();
        json.writeNumberField("revision", change.revision());
        json.writeStringField("changeId", change.id().toString());
        json.writeStringField("userId", change.author().userId());
        json.writeStringField("participantId", change.author().participantId());
        json.writeStringField("at", change.at().toString());
        json.writeStringField("kind", change.kind().name().toLowerCase(Locale.ROOT));
        json.writeArrayFieldStart("operations");
        for (Operation operation : change.operations()) {
            OperationCodec.write(json, operation);
        }
        json.writeEndArray();
        writeNotes(json, change.notes());
        if (change.merged().isPresent()) {
            json.writeObjectFieldStart("merged");
            json.writeStringField("branch", change.merged().get().branch());
            json.writeNumberField("revision", change.merged().get().revision());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static BranchPoint point(Fields fields) {
        return new BranchPoint(fields.text("branch"), fields.integer("revision"));
    }

    private static void write(JsonGenerator json, Note note) throws IOException {
        json.writeStartObject();
        json.writeStringField("code", note.code().name());
        json.writeStringField("element", note.element().value());
        json.writeNumberField("operation", note.operation());
        if (note.path().isPresent()) {
            PathCodec.write(json, note.path().get());
        }
        OperationCodec.writeValue(json, "lost", note.lost());
        if (!note.writes().isEmpty()) {
            json.writeArrayFieldStart("writes");
            for (Note.Write write : note.writes()) {
                json.writeStartObject();
                json.writeStringField("element", write.element().value());
                json.writeNumberField("revision", write.revision());
                json.writeStringField("userId", write.userId());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        if (note.conflict().isPresent()) {
            json.writeStringField("conflict", note.conflict().get().value());
        }
        json.writeEndObject();
    }

    private static Note note(JsonNode node) {
        var fields = new Fields(node, "note", INVALID_CHANGE);
        return new Note(fields.constant("code", Note.Code.class), ElementId.of(fields.text("element")), (int) fields.integer("operation"),
            fields.optional("path").map(path -> PathCodec.read(fields)), OperationCodec.value(fields, "lost"),
            fields.optional("writes").isPresent() ? fields.items("writes", ChangeCodec::noteWrite) : List.of(),
            fields.optionalText("conflict").map(ConflictId::new));
    }

    private static Note.Write noteWrite(JsonNode node) {
        var fields = new Fields(node, "write", INVALID_CHANGE);
        return new Note.Write(ElementId.of(fields.text("element")), fields.integer("revision"), fields.text("userId"));
    }
}
