package org.chorale.document.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.chorale.problem.CollaborationException;
import org.chorale.problem.ProblemType;

/** Reads the fields of a JSON object that somebody sent, and says precisely what is wrong with it. */
public final class Fields {
    private final JsonNode object;
    private final String where;
    private final ProblemType problem;

    /**
     * @param where   what the object is, for messages
     * @param problem what is thrown when a field is missing or of another kind
     */
    public Fields(JsonNode object, String where, ProblemType problem) {
        this.object = object;
        this.where = where;
        this.problem = problem;
        if (!object.isObject()) {
            throw expected("", "an object");
        }
    }

    public String text(String field) {
        return optionalText(field).orElseThrow(() -> expected(field, "a string"));
    }

    public Optional<String> optionalText(String field) {
        return optional(field).map(node -> {
            if (!node.isTextual()) {
                throw expected(field, "a string");
            }
            return node.textValue();
        });
    }

    /** A whole number that a JavaScript client can hold. */
    public long integer(String field) {
        return optionalInteger(field).orElseThrow(() -> expected(field, "a whole number"));
    }

    public Optional<Long> optionalInteger(String field) {
        return optional(field).map(node -> {
            boolean whole = node.isNumber() && node.canConvertToExactIntegral() && Math.abs(node.doubleValue()) <= (1L << 53);
            if (!whole) {
                throw expected(field, "a whole number");
            }
            return node.longValue();
        });
    }

    /** True or false, never absent. */
    public boolean bool(String field) {
        return optionalBool(field).orElseThrow(() -> expected(field, "true or false"));
    }

    public Optional<Boolean> optionalBool(String field) {
        return optional(field).map(node -> {
            if (!node.isBoolean()) {
                throw expected(field, "true or false");
            }
            return node.booleanValue();
        });
    }

    /** The one of the constants that has this name. */
    public <E extends Enum<E>> E constant(String field, Class<E> type) {
        return optionalConstant(field, type).orElseThrow(() -> expected(field, namesOf(type)));
    }

    public <E extends Enum<E>> Optional<E> optionalConstant(String field, Class<E> type) {
        return optionalText(field).map(name -> Arrays.stream(type.getEnumConstants())
            .filter(constant -> constant.name().equals(name)).findFirst().orElseThrow(() -> expected(field, namesOf(type))));
    }

    private static String namesOf(Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", "));
    }

    public JsonNode array(String field) {
        return optional(field).filter(JsonNode::isArray).orElseThrow(() -> expected(field, "an array"));
    }

    public Fields object(String field) {
        return new Fields(required(field), where + "." + field, problem);
    }

    /** Refuses fields of other names: a typing error is told, not ignored. */
    public void requireOnly(String... known) {
        object.fieldNames().forEachRemaining(name -> {
            if (!List.of(known).contains(name)) {
                throw expected("", "none but " + List.of(known));
            }
        });
    }

    /** Refuses fields that only the server writes. */
    void requireNone(List<String> servers) {
        for (String field : servers) {
            if (present(field).isPresent()) {
                throw expected(field, "absent; the server sets it");
            }
        }
    }

    /** The field whatever it holds, JSON's null included. */
    public JsonNode required(String field) {
        return present(field).orElseThrow(() -> expected(field, "present"));
    }

    /** The field unless it is absent; JSON's null is present. */
    public Optional<JsonNode> present(String field) {
        return Optional.ofNullable(object.get(field));
    }

    /** The field unless it is absent or null. */
    public Optional<JsonNode> optional(String field) {
        return present(field).filter(node -> !node.isNull());
    }

    public CollaborationException expected(String field, String what) {
        return problem.because(where + (field.isEmpty() ? "" : "." + field) + " (expected: " + what + ")");
    }

    /** Reads every item of an array field. */
    public <T> List<T> items(String field, Function<JsonNode, T> read) {
        JsonNode array = array(field);
        var items = new ArrayList<T>(array.size());
        array.forEach(item -> items.add(read.apply(item)));
        return items;
    }
}
