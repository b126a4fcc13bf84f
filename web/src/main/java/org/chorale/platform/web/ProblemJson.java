package org.chorale.platform.web;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.chorale.document.codec.Json;
import org.chorale.problem.Problem;
import org.chorale.problem.ProblemType;

/** A problem as RFC 9457 writes it; the same object in a REST body and in a frame. */
public final class ProblemJson {
    public static final String MEDIA_TYPE = "application/problem+json";
    /** When to try again what the database could not take: it may be back any moment, and a try costs little. */
    private static final Duration STORAGE_RETRY = Duration.ofSeconds(2);

    private static final long ALMOST_A_SECOND = 999_999_999;

    private ProblemJson() {}

    public static String text(Problem problem) {
        return Json.write(json -> write(json, problem));
    }

    public static void write(JsonGenerator json, Problem problem) throws IOException {
        json.writeStartObject();
        writeFields(json, problem);
        json.writeEndObject();
    }

    /** For whoever has more to say in the same object. */
    public static void writeFields(JsonGenerator json, Problem problem) throws IOException {
        json.writeStringField("type", problem.type().uri());
        json.writeStringField("title", problem.type().title());
        json.writeNumberField("status", problem.type().status());
        json.writeStringField("detail", problem.detail());
        OptionalLong retryAfter = retryAfter(problem);
        if (retryAfter.isPresent()) {
            json.writeNumberField("retryAfter", retryAfter.getAsLong());
        }
    }

    /** When it may work, in whole seconds; empty where waiting does not help. */
    static OptionalLong retryAfter(Problem problem) {
        Optional<Duration> known = problem.type() == ProblemType.STORAGE_UNAVAILABLE ? Optional.of(STORAGE_RETRY) : problem.retryAfter();
        return known.stream().mapToLong(ProblemJson::seconds).findFirst();
    }

    /** A time to wait in whole seconds: as soon as they are over, so is the time. */
    public static long seconds(Duration wait) {
        return wait.plusNanos(ALMOST_A_SECOND).toSeconds();
    }
}
