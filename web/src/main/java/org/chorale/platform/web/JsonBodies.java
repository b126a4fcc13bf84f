package org.chorale.platform.web;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.jakarta.rs.json.JacksonJsonProvider;
import jakarta.ws.rs.ext.Provider;

/** Writes the bodies of answers; times as RFC 3339. */
@Provider
public class JsonBodies extends JacksonJsonProvider {
    /** Flushes nothing: the container then sends head and body as one piece, with its length. */
    private static final ObjectMapper MAPPER = new ObjectMapper().registerModule(new JavaTimeModule())
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.FLUSH_AFTER_WRITE_VALUE);

    static {
        MAPPER.getFactory().disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
    }

    public JsonBodies() {
        super(MAPPER);
    }

    /** A body as its answer has it. */
    public static String write(Object body) {
        try {
            return MAPPER.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a body of type " + body.getClass() + " cannot be written", e);
        }
    }
}
