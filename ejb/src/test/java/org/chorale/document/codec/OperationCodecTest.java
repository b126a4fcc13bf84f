package org.chorale.document.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.chorale.problem.ProblemType.MALFORMED_FRAME;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Instant;
import java.util.List;
import org.chorale.document.Author;
import org.chorale.document.ChangeId;
import org.chorale.document.CommittedChange;
import org.chorale.document.Note;
import org.chorale.operation.ElementId;
import org.chorale.operation.Operation;
import org.chorale.problem.CollaborationException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("operations as JSON (SPEC, section 8)")
class OperationCodecTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"op\":\"create\",\"id\":\"a\",\"elementType\":\"box\",\"parent\":null,\"order\":\"a0\",\"refs\":[\"b\"],\"props\":{\"x\":[1,2.5,null,true],\"s\":{\"k\":\"v\"}},\"texts\":{\"body\":\"t\"}}",
        "{\"op\":\"create\",\"id\":\"a\",\"elementType\":\"box\",\"parent\":\"p\",\"after\":null,\"props\":{}}",
        "{\"op\":\"set\",\"id\":\"a\",\"path\":[\"x\"],\"value\":null}",
        "{\"op\":\"set\",\"id\":\"a\",\"path\":[\"x\",2],\"value\":-1e-7}",
        "{\"op\":\"unset\",\"id\":\"a\",\"path\":[\"x\",\"k\"]}",
        "{\"op\":\"add\",\"id\":\"a\",\"path\":[\"x\"],\"delta\":[1,2]}",
        "{\"op\":\"move\",\"id\":\"a\",\"parent\":null,\"after\":\"b\"}",
        "{\"op\":\"move\",\"id\":\"a\",\"parent\":\"b\"}",
        "{\"op\":\"delete\",\"id\":\"a\"}",
        "{\"op\":\"restore\",\"id\":\"a\"}",
    })
    void given_the_wire_form_when_it_is_read_and_written_then_it_is_the_same(String json) throws JsonProcessingException {
        Operation operation = OperationCodec.read(Json.read(json));
        String written = Json.write(out -> OperationCodec.write(out, operation));
        assertThat(Json.read(written)).isEqualTo(Json.read(json));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "null", "[]", "\"set\"", "{}", "{\"op\":\"set\"}", "{\"op\":7,\"id\":\"a\"}", "{\"op\":\"explode\",\"id\":\"a\"}",
        "{\"op\":\"delete\",\"id\":\"\"}", "{\"op\":\"delete\",\"id\":\"a b\"}", "{\"op\":\"delete\",\"id\":null}", "{\"op\":\"delete\",\"id\":1}",
        "{\"op\":\"set\",\"id\":\"a\",\"path\":[\"x\"]}", "{\"op\":\"set\",\"id\":\"a\",\"path\":\"x\",\"value\":1}",
        "{\"op\":\"set\",\"id\":\"a\",\"path\":[],\"value\":1}", "{\"op\":\"set\",\"id\":\"a\",\"path\":[\"x\",1,2],\"value\":1}",
        "{\"op\":\"set\",\"id\":\"a\",\"path\":[1],\"value\":1}", "{\"op\":\"set\",\"id\":\"a\",\"path\":[\"x\",-1],\"value\":1}",
        "{\"op\":\"set\",\"id\":\"a\",\"path\":[\"x\",1.5],\"value\":1}", "{\"op\":\"set\",\"id\":\"a\",\"path\":[\"x\",99999999999],\"value\":1}",
        "{\"op\":\"set\",\"id\":\"a\",\"path\":[\"__proto__\"],\"value\":1}", "{\"op\":\"set\",\"id\":\"a\",\"path\":[\"x\",\"constructor\"],\"value\":1}",
        "{\"op\":\"set\",\"id\":\"a\",\"path\":[\"x\"],\"value\":1e999}", "{\"op\":\"set\",\"id\":\"a\",\"path\":[\"x\"],\"value\":{\"__proto__\":1}}",
        "{\"op\":\"set\",\"id\":\"a\",\"path\":[\"x\"],\"value\":\"\\ud800\"}",
        "{\"op\":\"add\",\"id\":\"a\",\"path\":[\"x\"],\"delta\":\"1\"}", "{\"op\":\"add\",\"id\":\"a\",\"path\":[\"x\"],\"delta\":[]}",
        "{\"op\":\"add\",\"id\":\"a\",\"path\":[\"x\"],\"delta\":[1,\"2\"]}",
        "{\"op\":\"move\",\"id\":\"a\"}", "{\"op\":\"move\",\"id\":\"a\",\"parent\":7}", "{\"op\":\"move\",\"id\":\"a\",\"parent\":\"\"}",
        "{\"op\":\"move\",\"id\":\"a\",\"parent\":null,\"after\":7}", "{\"op\":\"move\",\"id\":\"a\",\"parent\":null,\"order\":\"!\"}",
        "{\"op\":\"create\",\"id\":\"a\",\"elementType\":\"\",\"parent\":null}", "{\"op\":\"create\",\"id\":\"a\",\"elementType\":\"<b>\",\"parent\":null}",
        "{\"op\":\"create\",\"id\":\"a\",\"elementType\":\"b\",\"parent\":null,\"props\":[]}",
        "{\"op\":\"create\",\"id\":\"a\",\"elementType\":\"b\",\"parent\":null,\"texts\":{\"t\":1}}",
        "{\"op\":\"create\",\"id\":\"a\",\"elementType\":\"b\",\"parent\":null,\"refs\":[1]}",
    })
    @DisplayName("[DOC-1][DOC-4][DOC-5] what no client should send is refused with a reason")
    void given_hostile_operations_when_they_are_read_then_they_are_refused(String json) throws JsonProcessingException {
        var node = Json.read(json);
        assertThatThrownBy(() -> OperationCodec.read(node)).isInstanceOf(CollaborationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}{}", "{\"a\":NaN}", "{\"a\":1,\"a\":2}", "{'a':1}", "[1,]", "{\"a\":Infinity}", "{\"a\":01}"})
    @DisplayName("[CON-2] JSON is read strictly")
    void given_text_that_is_not_json_when_it_is_read_then_it_fails(String text) {
        assertThatThrownBy(() -> new Fields(Json.read(text), "text", MALFORMED_FRAME)).isInstanceOf(Exception.class);
    }

    @Test
    @DisplayName("[CON-2] nesting without end is cut off")
    void given_deeply_nested_json_when_it_is_read_then_it_fails_before_the_stack_does() {
        assertThatThrownBy(() -> Json.read("[".repeat(100_000))).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    @DisplayName("[CHG-2] a change in the log reads back as it was written")
    void given_a_committed_change_when_it_is_stored_and_loaded_then_it_is_the_same() {
        var change = new CommittedChange(7, new ChangeId("c", 3), new Author("u", "p"), Instant.parse("2026-01-02T03:04:05.678Z"),
            List.of(new Operation.Delete(new ElementId("a"))), List.of(new Note(Note.Code.CYCLE, new ElementId("b"), 2)));
        assertThat(ChangeCodec.load(ChangeCodec.store(change))).isEqualTo(change);
    }
}
