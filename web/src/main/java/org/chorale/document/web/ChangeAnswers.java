package org.chorale.document.web;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.chorale.document.StoredChange;
import org.chorale.document.codec.ChangeCodec;
import org.chorale.document.codec.Json;
import org.chorale.document.service.Outcome;
import org.chorale.platform.web.ProblemJson;
import org.chorale.problem.CollaborationException;

/** What calls about changes are answered. */
public final class ChangeAnswers {
    private ChangeAnswers() {}

    /** One change: {@code {changeId, revision, notes}}, or the problem for which it was refused as the answer itself. */
    public static String single(List<Outcome> outcomes) {
        return switch (outcomes.getFirst()) {
            case Outcome.Accepted accepted -> Json.write(json -> write(json, accepted));
            case Outcome.Refused(var id, var problem) -> throw new CollaborationException(problem);
        };
    }

    /** {@code {results: […]}}, one for each outcome. */
    static String results(List<Outcome> outcomes) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("results");
            for (Outcome outcome : outcomes) {
                write(json, outcome);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /** {@code {changes: […], nextCursor?}} */
    static String page(List<StoredChange> changes, String nextCursor) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("changes");
            for (StoredChange change : changes) {
                json.writeRawValue(change.content());
            }
            json.writeEndArray();
            if (nextCursor != null) {
                json.writeStringField("nextCursor", nextCursor);
            }
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, Outcome outcome) throws IOException {
        json.writeStartObject();
        json.writeStringField("changeId", outcome.changeId().toString());
        switch (outcome) {
            case Outcome.Accepted(var id, var revision, var notes) -> {
                json.writeNumberField("revision", revision);
                ChangeCodec.writeNotes(json, notes);
            }
            case Outcome.Refused(var id, var problem) -> {
                json.writeFieldName("problem");
                ProblemJson.write(json, problem);
            }
        }
        json.writeEndObject();
    }
}
