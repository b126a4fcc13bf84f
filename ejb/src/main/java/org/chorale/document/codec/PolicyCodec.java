package org.chorale.document.codec;

import static org.chorale.problem.ProblemType.INVALID_REQUEST;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.chorale.conflict.Blend;
import org.chorale.conflict.Policy;
import org.chorale.conflict.Strategy;

/**
 * Policies by {@code elementType.property} as JSON, each field optional:
 * {@code {"box.size": {"strategy", "blend", "windowMs", "atomic"}}}.
 */
public final class PolicyCodec {
    private static final Pattern NAME = Pattern.compile("[^.]+\\..+", Pattern.DOTALL);

    private PolicyCodec() {}

    /** What a field leaves out is as in {@link Policy#DEFAULT}. */
    public static Map<String, Policy> read(JsonNode node) {
        var policies = new LinkedHashMap<String, Policy>();
        var fields = new Fields(node, "policies", INVALID_REQUEST);
        node.properties().forEach(entry -> {
            if (!NAME.matcher(entry.getKey()).matches()) {
                throw fields.expected("", "names like elementType.property");
            }
            policies.put(entry.getKey(), policy(fields.object(entry.getKey())));
        });
        return policies;
    }

    private static Policy policy(Fields fields) {
        fields.requireOnly("strategy", "blend", "windowMs", "atomic");
        long window = fields.optionalInteger("windowMs").orElse(Policy.DEFAULT.window().toMillis());
        if (window < 0) {
            throw fields.expected("windowMs", "a number of milliseconds from 0 on");
        }
        return new Policy(fields.optionalConstant("strategy", Strategy.class).orElse(Policy.DEFAULT.strategy()),
            fields.optionalConstant("blend", Blend.class).orElse(Policy.DEFAULT.blend()), Duration.ofMillis(window),
            fields.optionalBool("atomic").orElse(Policy.DEFAULT.atomic()));
    }

    /** The stored form. */
    public static String store(Map<String, Policy> policies) {
        return Json.write(json -> write(json, policies));
    }

    /** Reads what {@link #store} wrote. */
    public static Map<String, Policy> load(String stored) {
        try {
            return read(Json.read(stored));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored policies are not readable", e);
        }
    }

    public static void write(JsonGenerator json, Map<String, Policy> policies) throws IOException {
        json.writeStartObject();
        for (var entry : new TreeMap<>(policies).entrySet()) {
            Policy policy = entry.getValue();
            json.writeObjectFieldStart(entry.getKey());
            json.writeStringField("strategy", policy.strategy().name());
            json.writeStringField("blend", policy.blend().name());
            json.writeNumberField("windowMs", policy.window().toMillis());
            json.writeBooleanField("atomic", policy.atomic());
            json.writeEndObject();
        }
        json.writeEndObject();
    }
}
