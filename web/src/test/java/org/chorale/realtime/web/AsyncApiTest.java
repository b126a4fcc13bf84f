package org.chorale.realtime.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chorale.protocol.ProtocolSchemas.PROTOCOL;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.chorale.protocol.ProtocolSchemas;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("docs/protocol/asyncapi.yaml")
class AsyncApiTest {
    /** AsyncAPI's own schema, as npm installed it. */
    private static final Path ASYNC_API = Path.of("..", "node_modules", "@asyncapi", "specs", "schemas", "3.0.0-without-$id.json");
    private static final ProtocolSchemas SCHEMAS = new ProtocolSchemas();

    @Test
    void is_an_asyncapi_document() throws IOException {
        assertThat(ASYNC_API).as("run npm ci first").exists();
        var asyncApi = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(Files.readString(ASYNC_API));
        assertThat(asyncApi.validate(document())).extracting(Error::toString).isEmpty();
    }

    @Test
    void refers_to_nothing_that_is_not_there() throws IOException {
        JsonNode document = document();
        assertThat(document.findValuesAsText("$ref")).isNotEmpty().allSatisfy(reference -> {
            if (reference.startsWith("#")) {
                assertThat(document.at(reference.substring(1)).isMissingNode()).as(reference).isFalse();
            } else {
                assertThat(PROTOCOL.resolve(reference)).exists();
            }
        });
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("examples")
    void has_examples_that_are_as_described(String message, String example, String schema, JsonNode payload) {
        assertThat(SCHEMAS.violations(schema, payload)).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("examples")
    @DisplayName("[CON-7] a field that is not described is found in what the server says, and ignored in what clients say")
    void tells_what_the_server_may_say(String message, String example, String schema, JsonNode payload) {
        JsonNode more = payload.<ObjectNode>deepCopy().put("undocumented", true);
        assertThat(SCHEMAS.violations(schema, more).isEmpty()).isEqualTo(schema.startsWith("client/"));
    }

    @Test
    void has_an_example_for_each_message() throws IOException {
        assertThat(document().at("/components/messages")).isNotEmpty()
            .allSatisfy(message -> assertThat(message.path("examples")).as(message.path("name").asText()).isNotEmpty());
    }

    static Stream<Arguments> examples() throws IOException {
        var examples = new ArrayList<Arguments>();
        document().at("/components/messages").properties().forEach(message -> message.getValue().path("examples").forEach(example ->
            examples.add(Arguments.of(message.getKey(), example.path("name").asText(),
                message.getValue().at("/payload/$ref").asText().replace("./schemas/", ""), example.path("payload")))));
        return examples.stream();
    }

    private static JsonNode document() throws IOException {
        return new ObjectMapper(new YAMLFactory()).readTree(PROTOCOL.resolve("asyncapi.yaml").toFile());
    }
}
