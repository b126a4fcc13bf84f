package org.chorale.mergerequest.web;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.chorale.document.codec.CellCodec;
import org.chorale.document.codec.Json;
import org.chorale.document.codec.ValueCodec;
import org.chorale.merge.MergeConflict;
import org.chorale.merge.Resolution;
import org.chorale.mergerequest.ChosenResolution;
import org.chorale.mergerequest.service.Merges.Conflict;
import org.chorale.platform.web.ProblemJson;
import org.chorale.problem.Problem;
import org.chorale.value.Value;

/** Conflicts of a merge as JSON. */
final class MergeConflictAnswers {
    private MergeConflictAnswers() {}

    /** {@code {conflicts: [{element, elementType, cell, name?, item?, reason, base?, ours?, theirs?, choices, choice?}]}} */
    static String all(List<Conflict> conflicts) {
        return Json.write(json -> {
            json.writeStartObject();
            write(json, conflicts);
            json.writeEndObject();
        });
    }

    /** A problem, and besides what it is about. */
    static String problem(Problem problem, List<Conflict> conflicts) {
        return Json.write(json -> {
            json.writeStartObject();
            ProblemJson.writeFields(json, problem);
            write(json, conflicts);
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, List<Conflict> conflicts) throws IOException {
        json.writeArrayFieldStart("conflicts");
        for (Conflict conflict : conflicts) {
            write(json, conflict);
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, Conflict conflict) throws IOException {
        MergeConflict sides = conflict.conflict();
        json.writeStartObject();
        CellCodec.write(json, sides.cell());
        json.writeStringField("elementType", conflict.elementType());
        json.writeStringField("reason", sides.reason().name());
        write(json, "base", sides.base());
        write(json, "ours", sides.ours());
        write(json, "theirs", sides.theirs());
        json.writeArrayFieldStart("choices");
        for (Resolution.Choice choice : conflict.choices()) {
            json.writeString(choice.name());
        }
        json.writeEndArray();
        if (conflict.chosen().isPresent()) {
            write(json, conflict.chosen().get());
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, ChosenResolution chosen) throws IOException {
        json.writeObjectFieldStart("choice");
        json.writeStringField("choice", chosen.resolution().choice().name());
        write(json, "value", chosen.resolution().value());
        json.writeObjectFieldStart("by");
        json.writeStringField("userId", chosen.by().userId());
        json.writeStringField("name", chosen.by().name());
        json.writeEndObject();
        json.writeStringField("at", chosen.at().toString());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String field, Optional<Value> value) throws IOException {
        if (value.isPresent()) {
            json.writeFieldName(field);
            ValueCodec.write(json, value.get());
        }
    }
}
