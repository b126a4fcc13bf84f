package org.chorale.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The JSON Schemas of docs/protocol, for tests that look at frames. What a frame violates is told as one line for each violation: where,
 * what, and which place of the schema says so; no line means that the frame is as documented.
 */
public final class ProtocolSchemas {
    /** Seen from a module's directory, where Maven runs its tests. */
    public static final Path PROTOCOL = Path.of("..", "docs", "protocol");

    private static final Path DIRECTORY = PROTOCOL.resolve("schemas");
    /** Schemas refer to each other by relative paths, so they need a common place; nothing is ever fetched from it. */
    private static final String BASE = "https://schemas.invalid/";
    /** One of several alternatives, as in {@code /properties/operations/items/$ref/oneOf/3}. */
    private static final Pattern ALTERNATIVE = Pattern.compile("/oneOf/\\d+(?=/|$)");

    private final SchemaRegistry registry;
    private final Map<Side, Set<String>> types = new EnumMap<>(Side.class);

    public ProtocolSchemas() {
        Map<String, String> texts = texts();
        for (Side side : Side.values()) {
            String prefix = BASE + side.directory() + "/";
            types.put(side, texts.keySet().stream().filter(iri -> iri.startsWith(prefix))
                .map(iri -> iri.substring(prefix.length(), iri.length() - ".json".length())).collect(Collectors.toUnmodifiableSet()));
        }
        registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7, builder -> builder.schemas(texts));
    }

    private static Map<String, String> texts() {
        var texts = new HashMap<String, String>();
        try (Stream<Path> files = Files.walk(DIRECTORY)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".json")).toList()) {
                texts.put(BASE + DIRECTORY.relativize(file).toString().replace('\\', '/'), Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }

    /** The types of frames that are described. */
    public Set<String> types(Side side) {
        return types.get(side);
    }

    /** Who says something. */
    public enum Side {
        CLIENT, SERVER;

        /** Where the schemas of its frames are, below docs/protocol/schemas. */
        public String directory() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What is wrong with a frame; a type that is not described is wrong as well. */
    public List<String> violations(Side side, JsonNode frame) {
        String type = frame.path("type").asText();
        if (!types.get(side).contains(type)) {
            return List.of("type: \"" + type + "\" (expected: one of " + types.get(side) + ")");
        }
        return violations(side.directory() + "/" + type + ".json", frame);
    }

    /** What is wrong with a part of a frame, by a schema's path below docs/protocol/schemas, with a fragment where it is a definition. */
    public List<String> violations(String schema, JsonNode part) {
        Schema loaded = registry.getSchema(SchemaLocation.of(BASE + schema));
        return meant(loaded.validate(part)).stream().map(ProtocolSchemas::line).toList();
    }

    private static String line(Error error) {
        String schema = error.getSchemaLocation().toString().replace(BASE, "");
        return error.getInstanceLocation() + ": " + error.getMessage() + " [" + schema + "]";
    }

    /**
     * Of alternatives that are told apart by {@code op}, only what the one that was meant has to say: that a {@code set} is no
     * {@code move} either helps nobody.
     */
    private static List<Error> meant(List<Error> errors) {
        Set<List<String>> notMeant = new HashSet<>();
        for (Error error : errors) {
            if (error.getKeyword().equals("const") && at(error).endsWith("/op")) {
                String place = at(error).substring(0, at(error).length() - "/op".length());
                alternatives(error).reduce((outer, inner) -> inner).ifPresent(innermost -> notMeant.add(List.of(innermost, place)));
            }
        }
        List<Error> meant = errors.stream().filter(error -> alternatives(error).noneMatch(alternative -> notMeant.stream()
            .anyMatch(each -> each.getFirst().equals(alternative) && isWithin(at(error), each.getLast())))).toList();
        List<Error> specific = meant.stream().filter(error -> !error.getKeyword().equals("oneOf")).toList();
        return specific.isEmpty() ? meant : specific;
    }

    private static boolean isWithin(String place, String outer) {
        return place.equals(outer) || place.startsWith(outer + "/");
    }

    private static String at(Error error) {
        return error.getInstanceLocation().toString();
    }

    /** The alternatives in which an error was found, the outermost first. */
    private static Stream<String> alternatives(Error error) {
        String path = error.getEvaluationPath().toString();
        return ALTERNATIVE.matcher(path).results().map(found -> path.substring(0, found.end()));
    }
}
