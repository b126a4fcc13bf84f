package org.chorale.document.codec;

import static org.chorale.problem.ProblemType.INVALID_CHANGE;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.chorale.document.Author;
import org.chorale.document.Change;
import org.chorale.document.ChangeId;
import org.chorale.document.CommittedChange;
import org.chorale.document.Note;
import org.chorale.document.StoredChange;
import org.chorale.operation.ElementId;
import org.chorale.operation.Operation;

/** Changes as JSON: submitted ones are read, committed ones written once and read back from the log. */
public final class ChangeCodec {
    private ChangeCodec() {}

    /** Reads a change that a client submits. */
    public static Change readSubmitted(JsonNode node) {
        var fields = new Fields(node, "change", INVALID_CHANGE);
        return new Change(ChangeId.parse(fields.text("changeId")), fields.integer("baseRevision"), fields.integer("seenRevision"),
            fields.items("operations", OperationCodec::read));
    }

    /** The change as everybody gets it, ready for the log. */
    public static StoredChange store(CommittedChange change) {
        return new StoredChange(change.revision(), change.id(), change.at(), Json.write(json -> write(json, change)));
    }

    /** Reads a change back from the log; what is in the log was written by {@link #store}. */
    public static CommittedChange load(StoredChange stored) {
        try {
            var fields = new Fields(Json.read(stored.content()), "stored change " + stored.revision(), INVALID_CHANGE);
            List<Operation> operations = fields.items("operations", OperationCodec::read);
            List<Note> notes = fields.items("notes", ChangeCodec::note);
            var author = new Author(fields.text("userId"), fields.text("participantId"));
            return new CommittedChange(stored.revision(), stored.id(), author, Instant.parse(fields.text("at")), operations, notes);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored change " + stored.revision() + " is not readable", e);
        }
    }

    public static void writeNotes(JsonGenerator json, List<Note> notes) throws IOException {
        json.writeArrayFieldStart("notes");
        for (Note note : notes) {
            json.writeStartObject();
            json.writeStringField("code", note.code().name());
            json.writeStringField("element", note.element().value());
            json.writeNumberField("operation", note.operation());
            json.writeEndObject();
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
        json.writeStringField("kind", "edit");
        json.writeArrayFieldStart("operations");
        for (Operation operation : change.operations()) {
            OperationCodec.write(json, operation);
        }
        json.writeEndArray();
        writeNotes(json, change.notes());
        json.writeEndObject();
    }

    private static Note note(JsonNode node) {
        var fields = new Fields(node, "note", INVALID_CHANGE);
        return new Note(Note.Code.valueOf(fields.text("code")), ElementId.of(fields.text("element")), (int) fields.integer("operation"));
    }
}
