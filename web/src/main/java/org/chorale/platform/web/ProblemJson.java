package org.chorale.platform.web;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.chorale.document.codec.Json;
import org.chorale.problem.Problem;
import org.chorale.problem.ProblemType;

/** A problem as RFC 9457 writes it; the same object in a REST body and in a frame. */
public final class ProblemJson {
    public static final String MEDIA_TYPE = "application/problem+json";
    /** When to try again what the database could not take, in seconds: it may be back any moment, and a try costs little. */
    static final int STORAGE_RETRY_SECONDS = 2;

    private ProblemJson() {}

    public static String text(Problem problem) {
        return Json.write(json -> write(json, problem));
    }

    public static void write(JsonGenerator json, Problem problem) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", problem.type().uri());
        json.writeStringField("title", problem.type().title());
        json.writeNumberField("status", problem.type().status());
        json.writeStringField("detail", problem.detail());
        if (problem.type() == ProblemType.STORAGE_UNAVAILABLE) {
            json.writeNumberField("retryAfter", STORAGE_RETRY_SECONDS);
        }
        json.writeEndObject();
    }
}
