package org.chorale.platform.web;

import static org.chorale.problem.ProblemType.INVALID_REQUEST;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.DateTimeException;
import java.time.Instant;
import org.chorale.document.codec.Fields;
import org.chorale.document.codec.Json;

/** Reads what requests bring along; whatever is wrong with it is {@code invalid-request} and says so. */
public final class Requests {
    private Requests() {}

    /** The fields of a body that is one JSON object, and none of other names. */
    public static Fields body(String body, String... known) {
        return object("body", body, known);
    }

    /** The fields of a text that is one JSON object, and none of other names; {@code where} names the text in messages. */
    public static Fields object(String where, String text, String... known) {
        try {
            var fields = new Fields(Json.read(text), where, INVALID_REQUEST);
            fields.requireOnly(known);
            return fields;
        } catch (JsonProcessingException e) {
            throw INVALID_REQUEST.because(where + " is not JSON: " + e.getOriginalMessage());
        }
    }

    /** A whole number from a query, or what counts where it is absent. */
    public static long number(String name, String text, long min, long max, long absent) {
        if (text == null) {
            return absent;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, together with numbers out of range
        }
        String range = max == Long.MAX_VALUE ? min + " or more" : min + " to " + max;
        throw INVALID_REQUEST.because(name + " (expected: a whole number, " + range + ")");
    }

    public static Instant instant(String name, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw INVALID_REQUEST.because(name + " (expected: a time as RFC 3339 writes it in UTC, like 2026-01-31T12:00:00Z)");
        }
    }
}
