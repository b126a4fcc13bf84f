package org.chorale.document.codec;

import static org.chorale.problem.ProblemType.INVALID_REQUEST;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.util.Optional;
import org.chorale.merge.Resolution;
import org.chorale.value.Value;

/** Choices for conflicts of a merge, as they are stored: {@code element, cell, name?, item?, choice, value?, ours?, theirs?}. */
public final class ResolutionCodec {
    private ResolutionCodec() {}

    public static String store(Resolution resolution) {
        return Json.write(json -> {
            json.writeStartObject();
            CellCodec.write(json, resolution.cell());
            json.writeStringField("choice", resolution.choice().name());
            write(json, "value", resolution.value());
            write(json, "ours", resolution.ours());
            write(json, "theirs", resolution.theirs());
            json.writeEndObject();
        });
    }

    /** Reads back what {@link #store} wrote. */
    public static Resolution load(String stored) {
        try {
            return read(new Fields(Json.read(stored), "choice", INVALID_REQUEST));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored choice is not readable", e);
        }
    }

    /** Reads a choice; a value that is JSON's null is there, one that is absent is not. */
    public static Resolution read(Fields fields) {
        return new Resolution(CellCodec.read(fields), fields.constant("choice", Resolution.Choice.class), value(fields, "value"),
            value(fields, "ours"), value(fields, "theirs"));
    }

    private static Optional<Value> value(Fields fields, String field) {
        return fields.present(field).map(ValueCodec::read);
    }

    private static void write(JsonGenerator json, String field, Optional<Value> value) throws IOException {
        if (value.isPresent()) {
            json.writeFieldName(field);
            ValueCodec.write(json, value.get());
        }
    }
}
