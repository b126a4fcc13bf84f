package org.chorale.document.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import org.chorale.conflict.Candidate;
import org.chorale.conflict.ConflictRecord;
import org.chorale.value.Value;

/** A conflict as people see it, as JSON (SPEC CNF-16). */
public final class ConflictCodec {
    private ConflictCodec() {}

    /**
     * @param current    what the register holds; nothing where it is not there
     * @param writer     the user whose that is; nothing where nobody wrote it
     * @param nameOfUser nothing for users who are not known here
     */
    public static void write(JsonGenerator json, ConflictRecord record, Optional<Value> current, Optional<String> writer,
                             Function<String, Optional<String>> nameOfUser) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", record.id().value());
        json.writeStringField("element", record.element().value());
        PathCodec.write(json, record.path());
        json.writeStringField("status", record.status().name());
        json.writeObjectFieldStart("current");
        OperationCodec.writeValue(json, "value", current);
        if (writer.isPresent()) {
            writeUser(json, writer.get(), nameOfUser);
        }
        json.writeEndObject();
        json.writeArrayFieldStart("candidates");
        for (Candidate candidate : record.candidates()) {
            json.writeStartObject();
            OperationCodec.writeValue(json, "value", candidate.value());
            OperationCodec.writeValue(json, "previous", candidate.previous());
            json.writeNumberField("revision", candidate.revision());
            json.writeStringField("clientId", candidate.clientId());
            writeUser(json, candidate.userId(), nameOfUser);
            json.writeStringField("at", candidate.at().toString());
            json.writeEndObject();
        }
        json.writeEndArray();
        if (record.resolution().isPresent()) {
            ConflictRecord.Resolution how = record.resolution().get();
            json.writeObjectFieldStart("resolution");
            json.writeStringField("choice", how.choice().name());
            json.writeNumberField("revision", how.revision());
            writeUser(json, how.userId(), nameOfUser);
            json.writeStringField("at", how.at().toString());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void writeUser(JsonGenerator json, String userId, Function<String, Optional<String>> nameOfUser) throws IOException {
        json.writeStringField("userId", userId);
        Optional<String> name = nameOfUser.apply(userId);
        if (name.isPresent()) {
            json.writeStringField("name", name.get());
        }
    }
}
