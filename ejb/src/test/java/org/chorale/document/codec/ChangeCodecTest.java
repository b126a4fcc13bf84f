package org.chorale.document.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.chorale.problem.ProblemType.INVALID_CHANGE;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.chorale.conflict.Strategy;
import org.chorale.document.Author;
import org.chorale.document.Change;
import org.chorale.document.ChangeId;
import org.chorale.document.CommittedChange;
import org.chorale.document.Note;
import org.chorale.document.StoredChange;
import org.chorale.operation.ConflictId;
import org.chorale.operation.ElementId;
import org.chorale.operation.Operation;
import org.chorale.operation.Path;
import org.chorale.problem.CollaborationException;
import org.chorale.value.Value;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("changes as JSON")
class ChangeCodecTest {
    private static final ElementId A = ElementId.of("a");

    @ParameterizedTest
    @EnumSource
    @DisplayName("[CHG-2] a change in the log reads back as it was written")
    void given_a_committed_change_when_it_is_stored_and_loaded_then_it_is_the_same(CommittedChange.Kind kind) {
        var notes = List.of(new Note(Note.Code.CYCLE, A, 2),
            new Note(Note.Code.OVERWROTE, A, 0, Optional.of(Path.of("x", 1)), Optional.of(Value.Null.NULL),
                List.of(new Note.Write(A, 6, "v")), Optional.empty()),
            new Note(Note.Code.WITHHELD, A, 1, Optional.of(Path.of("x", "k")), Optional.empty(), List.of(),
                Optional.of(ConflictId.of(7, 1))));
        var change = new CommittedChange(7, new ChangeId("c", 3), kind, new Author("u", "p"), Instant.parse("2026-01-02T03:04:05.678Z"),
            List.of(new Operation.Delete(A)), notes);
        assertThat(ChangeCodec.load(ChangeCodec.store(change))).isEqualTo(change);
    }

    @Test
    @DisplayName("[TIM-4] what is told of a change is what the log has")
    void given_a_stored_change_when_its_outline_is_read_then_its_operations_are_as_they_were_written() {
        var operations = List.<Operation>of(new Operation.SetProperty(A, Path.of("x"), Value.of("ä😀\"]},[{" + "y".repeat(70_000))),
            new Operation.Delete(A));
        var change = new CommittedChange(7, new ChangeId("c", 3), CommittedChange.Kind.REVERT, new Author("u\"1", "p"), Instant.EPOCH,
            operations, List.of());
        StoredChange stored = ChangeCodec.store(change);
        ChangeCodec.Outline outline = ChangeCodec.outline(stored);
        assertThat(outline).extracting(ChangeCodec.Outline::userId, ChangeCodec.Outline::kind).containsExactly("u\"1", "revert");
        assertThat(stored.content()).contains("\"operations\":" + outline.operations() + ",\"notes\":[]");
        assertThat(ChangeCodec.userId(stored)).isEqualTo("u\"1");
    }

    @Test
    @DisplayName("[CHG-2] a change that was stored before notes told more is still read")
    void given_an_older_form_when_it_is_loaded_then_what_it_does_not_tell_is_absent() {
        var stored = new StoredChange(1, new ChangeId("c", 0), Instant.EPOCH, "{\"revision\":1,\"changeId\":\"c:0\",\"userId\":\"u\","
            + "\"participantId\":\"p\",\"at\":\"1970-01-01T00:00:00Z\",\"kind\":\"edit\",\"operations\":[],"
            + "\"notes\":[{\"code\":\"CYCLE\",\"element\":\"a\",\"operation\":0}]}");
        assertThat(ChangeCodec.load(stored).notes()).containsExactly(new Note(Note.Code.CYCLE, A, 0));
    }

    @Test
    @DisplayName("[CNF-5][OPS-15] a change says by itself how strict it is and what becomes of its conflicts")
    void given_a_submitted_change_when_it_is_read_then_all_of_it_is_there() throws JsonProcessingException {
        assertThat(read("\"changeId\":\"c:1\",\"baseRevision\":3,\"seenRevision\":2,\"strict\":true,\"onConflict\":\"MANUAL\""))
            .isEqualTo(new Change(new ChangeId("c", 1), 3, 2, true, Optional.of(Strategy.MANUAL), List.of(new Operation.Delete(A))));
        assertThat(read("\"changeId\":\"c:1\",\"baseRevision\":3,\"seenRevision\":2"))
            .isEqualTo(new Change(new ChangeId("c", 1), 3, 2, List.of(new Operation.Delete(A))));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "\"baseRevision\":0,\"seenRevision\":0", "\"changeId\":7,\"baseRevision\":0,\"seenRevision\":0",
        "\"changeId\":\"c\",\"baseRevision\":0,\"seenRevision\":0", "\"changeId\":\"c:1\",\"seenRevision\":0",
        "\"changeId\":\"c:1\",\"baseRevision\":0", "\"changeId\":\"c:1\",\"baseRevision\":0.5,\"seenRevision\":0",
        "\"changeId\":\"c:1\",\"baseRevision\":1,\"seenRevision\":2",
        "\"changeId\":\"c:1\",\"baseRevision\":0,\"seenRevision\":0,\"strict\":\"yes\"",
        "\"changeId\":\"c:1\",\"baseRevision\":0,\"seenRevision\":0,\"onConflict\":\"manual\"",
        "\"changeId\":\"c:1\",\"baseRevision\":0,\"seenRevision\":0,\"onConflict\":1",
    })
    @DisplayName("[SUB-3][SUB-7] a change that is not well formed is refused")
    void given_a_malformed_change_when_it_is_read_then_it_is_refused(String fields) {
        assertThatThrownBy(() -> read(fields)).isInstanceOfSatisfying(CollaborationException.class,
            refused -> assertThat(refused.problem().type()).isEqualTo(INVALID_CHANGE));
    }

    private static Change read(String fields) throws JsonProcessingException {
        return ChangeCodec.readSubmitted(Json.read("{" + fields + ",\"operations\":[{\"op\":\"delete\",\"id\":\"a\"}]}"));
    }
}
