package org.chorale.document.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.chorale.conflict.Policies;
import org.chorale.document.Author;
import org.chorale.document.Change;
import org.chorale.document.ChangeId;
import org.chorale.document.Decider;
import org.chorale.document.Decision;
import org.chorale.document.Document;
import org.chorale.document.DocumentState;
import org.chorale.document.Frame;
import org.chorale.document.Inverse;
import org.chorale.document.Limits;
import org.chorale.document.StoredSnapshot;
import org.chorale.operation.ElementId;
import org.chorale.operation.Operation;
import org.chorale.operation.Position;
import org.chorale.problem.CollaborationException;
import org.chorale.value.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentStateCodecTest {
    private static final Path VECTORS = Path.of("..", "protocol-vectors");
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00.123Z");

    /** Every history of the vectors, and each document on its way: some thousands. */
    @ParameterizedTest
    @ValueSource(strings = {"decide", "conflicts", "undo", "decide-generated", "conflicts-generated", "undo-generated"})
    void given_histories_when_each_state_is_stored_and_loaded_then_it_is_equal(String file) throws IOException {
        for (JsonNode vector : Json.read(Files.readString(VECTORS.resolve(file + ".json"))).get("cases")) {
            replay(vector, state -> {
                if (state.revision() > 0) {
                    StoredSnapshot stored = DocumentStateCodec.store(state, AT);
                    assertThat(DocumentStateCodec.load(stored)).as(vector.get("name").textValue()).isEqualTo(state);
                }
            });
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void given_values_of_every_kind_when_they_are_stored_and_loaded_then_they_are_equal(long seed) {
        var random = new Random(seed);
        var document = new Document();
        var decider = new Decider(document, Limits.DEFAULT, Policies.DEFAULT);
        for (int i = 0; i < 50; i++) {
            var create = new Operation.Create(new ElementId("e" + i), "box", ElementId.ROOT, Position.Edge.LAST,
                Map.of("n", value(random, 3), "ключ\u0000\u2028", value(random, 3)), Map.of("t", text(random)), List.of());
            decider.decide(new Change(new ChangeId("c" + random.nextInt(4), i), 0, 0, List.of(create)), new Author("u", "p"),
                AT.plusNanos(random.nextInt()));
        }
        DocumentState state = document.state();
        assertThat(DocumentStateCodec.load(DocumentStateCodec.store(state, AT))).isEqualTo(state);
    }

    static Stream<Long> seeds() {
        return Stream.concat(Stream.of(1L, 2L, 3L), new Random().longs(20).boxed());
    }

    @Test
    void given_a_document_that_fills_several_parts_when_it_is_stored_and_loaded_then_it_is_equal() {
        DocumentState state = large();
        StoredSnapshot stored = DocumentStateCodec.store(state, AT);
        assertThat(stored.parts()).hasSizeGreaterThan(2);
        assertThat(stored.at()).isEqualTo(AT);
        assertThat(DocumentStateCodec.load(stored).equals(state)).isTrue();
    }

    @Test
    void given_a_broken_snapshot_when_it_is_loaded_then_it_is_refused_whatever_is_broken() {
        StoredSnapshot stored = DocumentStateCodec.store(large(), AT);
        var parts = stored.parts();
        assertUnreadable(stored, List.of());
        assertUnreadable(stored, List.of(""));
        assertUnreadable(stored, List.of("{\"format\":1}"));
        assertUnreadable(stored, parts.subList(0, 1));
        assertUnreadable(stored, parts.subList(1, parts.size()));
        var random = new Random(3);
        for (int i = 0; i < 20; i++) {
            var damaged = new StringBuilder(parts.getFirst());
            int place = random.nextInt(damaged.length());
            damaged.setCharAt(place, damaged.charAt(place) == 'A' ? 'B' : 'A');
            var all = new ArrayList<>(parts);
            all.set(0, damaged.toString());
            assertUnreadable(stored, all);
        }
        assertThatThrownBy(() -> DocumentStateCodec.load(new StoredSnapshot(stored.revision() + 1, AT, parts)))
            .isInstanceOf(IllegalStateException.class);
    }

    private static void assertUnreadable(StoredSnapshot stored, List<String> parts) {
        assertThatThrownBy(() -> DocumentStateCodec.load(new StoredSnapshot(stored.revision(), AT, parts)))
            .isInstanceOf(IllegalStateException.class).hasMessageContaining("stored snapshot " + stored.revision() + " is not readable");
    }

    /** Noise does not get shorter, so this takes some megabytes. */
    private static DocumentState large() {
        var random = new Random(5);
        var document = new Document();
        var decider = new Decider(document, Limits.DEFAULT, Policies.DEFAULT);
        for (int i = 0; i < 30; i++) {
            var noise = new StringBuilder();
            random.ints(100_000, 0x100, 0xd7ff).forEach(c -> noise.append((char) c));
            decider.decide(new Change(new ChangeId("c", i), i, i, List.of(new Operation.Create(new ElementId("e" + i), "box",
                ElementId.ROOT, Position.Edge.LAST, Map.of(), Map.of("t", noise.toString()), List.of()))), new Author("u", "p"), AT);
        }
        return document.state();
    }

    private static Value value(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 6)) {
            case 0 -> Value.Null.NULL;
            case 1 -> new Value.Bool(random.nextBoolean());
            case 2 -> new Value.Text(text(random));
            case 3 -> {
                double number = Double.longBitsToDouble(random.nextLong());
                yield new Value.Num(Double.isFinite(number) ? number : random.nextLong());
            }
            case 4 -> new Value.Array(IntStream.range(0, random.nextInt(4)).mapToObj(i -> value(random, depth - 1)).toList());
            default -> new Value.Struct(Map.of("k" + random.nextInt(9), value(random, depth - 1)));
        };
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            int point = random.nextInt(random.nextBoolean() ? 0x80 : Character.MAX_CODE_POINT);
            text.appendCodePoint(point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0 : point);
        }
        return text.toString();
    }

    // ---- a vector's history

    private static void replay(JsonNode vector, Consumer<DocumentState> seen) {
        var document = new Document();
        var decider = new Decider(document, Limits.DEFAULT,
            vector.has("policies") ? Policies.of(PolicyCodec.read(vector.get("policies"))) : Policies.DEFAULT);
        var inverses = new HashMap<String, List<Inverse>>();
        for (JsonNode step : vector.get("steps")) {
            JsonNode what = step.has("undo") ? step.get("undo") : step.get("submit");
            Instant at = Instant.parse(what.get("at").textValue());
            Frame frame = decider.frame(new Author(what.get("userId").textValue(), what.get("participantId").textValue()), at);
            if (step.has("undo")) {
                ChangeId id = ChangeId.parse(what.get("changeId").textValue());
                keep(frame.undo(id, inverses.getOrDefault(what.get("undone").textValue(), List.of())), id, document, decider, at, inverses);
            } else {
                for (JsonNode json : what.get("changes")) {
                    if (!inverses.containsKey(json.path("changeId").asText())) {
                        submit(frame, json, document, decider, at, inverses);
                    }
                }
            }
            seen.accept(document.state());
        }
    }

    private static void submit(Frame frame, JsonNode json, Document document, Decider decider, Instant at,
                               Map<String, List<Inverse>> inverses) {
        try {
            Change change = ChangeCodec.readSubmitted(json);
            keep(frame.decide(change), change.id(), document, decider, at, inverses);
        } catch (CollaborationException malformed) {
            assertThat(malformed.problem()).isNotNull();    // a vector of what is refused
        }
    }

    private static void keep(Decision decision, ChangeId id, Document document, Decider decider, Instant at,
                             Map<String, List<Inverse>> inverses) {
        if (decision instanceof Decision.Accepted accepted) {
            inverses.put(id.toString(), accepted.inverse());
            decider.tidy(accepted, at);
        }
        document.keep();
    }
}
