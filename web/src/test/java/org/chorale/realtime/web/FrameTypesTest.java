package org.chorale.realtime.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chorale.protocol.ProtocolSchemas.PROTOCOL;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chorale.protocol.ProtocolSchemas;
import org.chorale.protocol.ProtocolSchemas.Side;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Whoever adds a frame in one place is told of the others. */
@DisplayName("the types of frames are the same in the code, the schemas, asyncapi.yaml and SPEC.md")
class FrameTypesTest {
    private static final Path SOURCES = Path.of("src", "main", "java", "org", "chorale", "realtime", "web");
    private static final Path CLIENT_JS = Path.of("..", "client-js", "src", "protocol", "frame.ts");
    private static final Pattern CASE = Pattern.compile("(?m)^ +case ((?:\"\\w+\"(?:, )?)+) ->");
    private static final Pattern QUOTED = Pattern.compile("[\"'](\\w+)[\"']");
    /** {@code frame("pong", …)}, or a frame that is put together as text. */
    private static final Pattern WRITTEN = Pattern.compile("\\bframe\\(\"(\\w+)\"|\\{\\\\\"type\\\\\":\\\\\"(\\w+)\\\\\"");

    /** What REST tells all who are in a session, by {@code Rooms.tell}. */
    private static final Pattern TOLD = Pattern.compile("\\bFRAME = \"(\\w+)\"|\\brooms\\.tell\\([^\"\\n]*\"(\\w+)\"");

    /** What a client can do without: it redoes by undoing an undo (UND-7). */
    private static final Set<String> UNSAID = Set.of("redo");

    private final ProtocolSchemas schemas = new ProtocolSchemas();

    @Test
    void what_the_server_reads_is_described_and_nothing_else() {
        String read = text(SOURCES.resolve("ClientFrames.java"));
        Set<String> cases = CASE.matcher(read).results().flatMap(labels -> found(QUOTED, labels.group(1))).collect(Collectors.toSet());
        assertThat(cases).hasSizeGreaterThan(5).isEqualTo(schemas.types(Side.CLIENT));
    }

    @Test
    void what_the_server_writes_is_described_and_nothing_else() {
        assertThat(Stream.concat(found(WRITTEN, text(SOURCES.resolve("ServerFrames.java"))), told()).collect(Collectors.toSet()))
            .hasSizeGreaterThan(5).isEqualTo(schemas.types(Side.SERVER));
    }

    private static Stream<String> told() {
        try (Stream<Path> files = Files.walk(SOURCES.getParent().getParent())) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream().flatMap(file -> found(TOLD, text(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void the_typescript_client_knows_the_same_frames() {
        String frames = text(CLIENT_JS);
        Set<String> said = typesIn(frames, "ClientFrame");
        assertThat(schemas.types(Side.CLIENT)).containsAll(said);
        said.addAll(UNSAID);
        assertThat(said).isEqualTo(schemas.types(Side.CLIENT));
        assertThat(typesIn(frames, "ServerFrame")).isEqualTo(schemas.types(Side.SERVER));
    }

    @Test
    void asyncapi_refers_to_each_schema_once() {
        String document = text(PROTOCOL.resolve("asyncapi.yaml"));
        for (Side side : Side.values()) {
            var payload = Pattern.compile("payload: \\{ \\$ref: \"\\./schemas/" + side.directory() + "/(\\w+)\\.json\" }");
            assertThat(found(payload, document)).containsExactlyInAnyOrderElementsOf(schemas.types(side));
        }
    }

    @Test
    void the_specification_mentions_each_frame() {
        String specification = text(PROTOCOL.resolve("SPEC.md"));
        for (Side side : Side.values()) {
            assertThat(schemas.types(side)).allSatisfy(type ->
                assertThat(specification).as("`" + type + "`").containsPattern("`" + type + "[ {`]"));
        }
    }

    /** The values of {@code type} in the interfaces that a union of TypeScript names. */
    private static Set<String> typesIn(String source, String union) {
        var members = Pattern.compile("export type " + union + " =([^;]+);").matcher(source);
        assertThat(members.find()).as(union).isTrue();
        var types = new TreeSet<String>();
        for (String member : members.group(1).split("\\|")) {
            if (!member.isBlank()) {
                types.addAll(typesOf(source, member.strip()));
            }
        }
        return types;
    }

    private static Set<String> typesOf(String source, String member) {
        var type = Pattern.compile("export interface " + member + "\\b[^{]*\\{[^}]*?readonly type: ([^;]+);").matcher(source);
        assertThat(type.find()).as("the type of " + member).isTrue();
        return found(QUOTED, type.group(1)).collect(Collectors.toSet());
    }

    private static Stream<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(result -> result.group(1) == null ? result.group(2) : result.group(1));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
