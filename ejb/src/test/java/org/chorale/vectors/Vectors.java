package org.chorale.vectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.chorale.document.codec.Json;
import org.chorale.document.codec.ValueCodec;
import org.chorale.value.CanonicalForm;
import org.junit.jupiter.params.provider.Arguments;

/** The files of vectors: a few words about the rules and the form, then one case in each line. */
final class Vectors {
    static final Path DIRECTORY = Path.of("..", "protocol-vectors");

    private Vectors() {}

    /** Each case with its name. */
    static Stream<Arguments> of(String... files) {
        return Stream.of(files).flatMap(file -> cases(file).stream()).map(vector -> Arguments.of(vector.path("name").textValue(), vector));
    }

    static List<JsonNode> cases(String file) {
        return StreamSupport.stream(json(text(DIRECTORY.resolve(file))).path("cases").spliterator(), false).toList();
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A whole file's text. */
    static String file(String rules, List<? extends JsonNode> cases) {
        return cases.stream().map(JsonNode::toString)
            .collect(Collectors.joining(",\n", "{\"rules\":" + Json.MAPPER.getNodeFactory().textNode(rules) + ",\"cases\":[\n", "\n]}\n"));
    }

    static JsonNode json(String text) {
        try {
            return Json.read(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + text, e);
        }
    }

    /** One text for equal JSON, whatever its numbers look like and however its fields are sorted. */
    static String canonical(JsonNode json) {
        return CanonicalForm.of(ValueCodec.read(json));
    }
}
