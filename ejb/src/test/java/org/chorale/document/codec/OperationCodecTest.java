package org.chorale.document.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.chorale.problem.ProblemType.INVALID_OPERATION;
import static org.chorale.problem.ProblemType.MALFORMED_FRAME;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
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
        "{\"op\":\"create\",\"id\":\"a\",\"elementType\":\"box\",\"parent\":null,\"refs\":[\"b\"],\"props\":{\"x\":[1,2.5,null,true],\"s\":{\"k\":\"v\"}},\"texts\":{\"body\":\"t\"}}",
        "{\"op\":\"create\",\"id\":\"a\",\"elementType\":\"box\",\"parent\":\"p\",\"after\":null,\"props\":{}}",
        "{\"op\":\"set\",\"id\":\"a\",\"path\":[\"x\"],\"value\":null}",
        "{\"op\":\"set\",\"id\":\"a\",\"path\":[\"x\",2],\"value\":-1e-7,\"previous\":{\"k\":[]}}",
        "{\"op\":\"unset\",\"id\":\"a\",\"path\":[\"x\",\"k\"]}",
        "{\"op\":\"unset\",\"id\":\"a\",\"path\":[\"x\"],\"previous\":null}",
        "{\"op\":\"add\",\"id\":\"a\",\"path\":[\"x\"],\"delta\":[1,2]}",
        "{\"op\":\"text\",\"id\":\"a\",\"name\":\"body\",\"edit\":[5,\"abc\",-3]}",
        "{\"op\":\"text\",\"id\":\"a\",\"name\":\"body\",\"edit\":[]}",
        "{\"op\":\"append\",\"id\":\"a\",\"list\":\"l\",\"items\":[{\"id\":\"i\",\"value\":null},{\"id\":\"j\",\"value\":[1]}]}",
        "{\"op\":\"item\",\"id\":\"a\",\"list\":\"l\",\"item\":\"i\",\"retracted\":false}",
        "{\"op\":\"member\",\"id\":\"a\",\"set\":\"s\",\"member\":\"m m\",\"on\":true}",
        "{\"op\":\"move\",\"id\":\"a\",\"parent\":null,\"after\":\"b\"}",
        "{\"op\":\"move\",\"id\":\"a\",\"parent\":\"b\"}",
        "{\"op\":\"delete\",\"id\":\"a\"}",
        "{\"op\":\"restore\",\"id\":\"a\"}",
        "{\"op\":\"resolve\",\"conflict\":\"12-0\",\"choice\":\"MINE\"}",
        "{\"op\":\"resolve\",\"conflict\":\"12-0\",\"choice\":\"VALUE\",\"value\":null}",
    })
    void given_what_a_client_asks_for_when_it_is_read_and_written_then_it_is_the_same(String json) throws JsonProcessingException {
        assertThat(written(OperationCodec.readSubmitted(Json.read(json)))).isEqualTo(Json.read(json));
        assertThat(OperationCodec.load(Json.read(json))).isEqualTo(OperationCodec.readSubmitted(Json.read(json)));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"op\":\"create\",\"id\":\"a\",\"elementType\":\"box\",\"parent\":null,\"order\":\"a0\",\"props\":{\"x\":[1]},\"texts\":{\"body\":\"t\"},\"refs\":[\"b\"]}",
        "{\"op\":\"move\",\"id\":\"a\",\"parent\":\"b\",\"order\":\"a1\"}",
        "{\"op\":\"withhold\",\"id\":\"a\",\"path\":[\"x\"],\"conflict\":\"3-0\",\"value\":1,\"previous\":null}",
        "{\"op\":\"withhold\",\"id\":\"a\",\"path\":[\"x\",0],\"conflict\":\"3-0\"}",
        "{\"op\":\"set\",\"id\":\"a\",\"path\":[\"x\"],\"value\":1,\"origin\":2,\"origins\":[[0,3],[10,4],[\"b\",5],[\"ä\",6]]}",
        "{\"op\":\"unset\",\"id\":\"a\",\"path\":[\"x\"],\"origin\":0}",
        "{\"op\":\"item\",\"id\":\"a\",\"list\":\"l\",\"item\":\"i\",\"retracted\":true,\"origin\":0}",
        "{\"op\":\"member\",\"id\":\"a\",\"set\":\"s\",\"member\":\"m\",\"on\":false,\"origin\":3}",
        "{\"op\":\"move\",\"id\":\"a\",\"parent\":null,\"order\":\"a1\",\"origin\":1}",
        "{\"op\":\"delete\",\"id\":\"a\",\"origin\":0}",
        "{\"op\":\"restore\",\"id\":\"a\",\"origin\":7}",
        "{\"op\":\"set\",\"id\":\"a\",\"path\":[\"x\"],\"value\":2,\"siblings\":[{\"at\":\"2026-01-02T03:04:05.678Z\",\"clientId\":\"c\",\"revision\":2,\"userId\":\"u\",\"value\":1},{\"at\":\"2026-01-02T03:04:06Z\",\"clientId\":\"d\",\"revision\":3,\"userId\":\"v\",\"value\":3}]}",
        "{\"op\":\"resolve\",\"conflict\":\"12-0\",\"choice\":\"SUPERSEDED\"}",
        "{\"op\":\"rebalance\",\"parent\":null,\"keys\":{\"a\":\"a0\",\"b\":\"a1\"}}",
        "{\"op\":\"rebalance\",\"parent\":\"p\",\"keys\":{\"a\":\"a0\"}}",
    })
    void given_what_the_server_decided_when_it_is_read_and_written_then_it_is_the_same(String json) throws JsonProcessingException {
        assertThat(written(OperationCodec.load(Json.read(json)))).hasToString(json);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"op\":\"create\",\"id\":\"a\",\"elementType\":\"box\",\"parent\":null,\"order\":\"a0\"}",
        "{\"op\":\"move\",\"id\":\"a\",\"parent\":null,\"order\":\"a0\"}",
        "{\"op\":\"move\",\"id\":\"a\",\"parent\":null,\"order\":null}",
        "{\"op\":\"delete\",\"id\":\"a\",\"origin\":1}",
        "{\"op\":\"set\",\"id\":\"a\",\"path\":[\"x\"],\"value\":1,\"origins\":[]}",
        "{\"op\":\"set\",\"id\":\"a\",\"path\":[\"x\"],\"value\":1,\"siblings\":[]}",
        "{\"op\":\"withhold\",\"id\":\"a\",\"path\":[\"x\"],\"conflict\":\"3-0\",\"value\":1}",
        "{\"op\":\"rebalance\",\"parent\":null,\"keys\":{}}",
    })
    @DisplayName("[DOC-6] what only the server says is refused from a client")
    void given_the_servers_word_when_a_client_says_it_then_it_is_refused(String json) throws JsonProcessingException {
        var node = Json.read(json);
        assertThatThrownBy(() -> OperationCodec.readSubmitted(node)).isInstanceOfSatisfying(CollaborationException.class,
            refused -> assertThat(refused.problem().type()).isEqualTo(INVALID_OPERATION));
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
        "{\"op\":\"text\",\"id\":\"a\",\"name\":\"t\"}",
        "{\"op\":\"text\",\"id\":\"a\",\"name\":\"t\",\"edit\":\"abc\"}",
        "{\"op\":\"text\",\"id\":\"a\",\"name\":\"t\",\"edit\":[0]}",
        "{\"op\":\"text\",\"id\":\"a\",\"name\":\"t\",\"edit\":[1.5]}",
        "{\"op\":\"text\",\"id\":\"a\",\"name\":\"t\",\"edit\":[2147483648]}",
        "{\"op\":\"text\",\"id\":\"a\",\"name\":\"t\",\"edit\":[-2147483648]}",
        "{\"op\":\"text\",\"id\":\"a\",\"name\":\"t\",\"edit\":[null]}",
        "{\"op\":\"text\",\"id\":\"a\",\"name\":\"t\",\"edit\":[\"\\ud800\"]}",
        "{\"op\":\"text\",\"id\":\"a\",\"name\":\"__proto__\",\"edit\":[]}",
        "{\"op\":\"append\",\"id\":\"a\",\"list\":\"l\",\"items\":[]}",
        "{\"op\":\"append\",\"id\":\"a\",\"list\":\"l\",\"items\":[{\"id\":\"i\"}]}",
        "{\"op\":\"append\",\"id\":\"a\",\"list\":\"l\",\"items\":[{\"id\":\"i i\",\"value\":1}]}",
        "{\"op\":\"append\",\"id\":\"a\",\"list\":\"l\",\"items\":[{\"id\":\"i\",\"value\":1},{\"id\":\"i\",\"value\":2}]}",
        "{\"op\":\"item\",\"id\":\"a\",\"list\":\"l\",\"item\":\"i\"}",
        "{\"op\":\"item\",\"id\":\"a\",\"list\":\"l\",\"item\":\"i\",\"retracted\":\"true\"}",
        "{\"op\":\"member\",\"id\":\"a\",\"set\":\"s\",\"member\":\"m\",\"on\":1}",
        "{\"op\":\"member\",\"id\":\"a\",\"set\":\"s\",\"member\":\"\",\"on\":true}",
        "{\"op\":\"resolve\",\"conflict\":\"1-0\",\"choice\":\"mine\"}",
        "{\"op\":\"resolve\",\"conflict\":\"1-0\",\"choice\":\"VALUE\"}",
        "{\"op\":\"resolve\",\"conflict\":\"1-0\",\"choice\":\"MINE\",\"value\":1}",
        "{\"op\":\"resolve\",\"conflict\":\"1.0\",\"choice\":\"MINE\"}",
    })
    @DisplayName("[DOC-1][DOC-4][DOC-5] what no client should send is refused with a reason")
    void given_hostile_operations_when_they_are_read_then_they_are_refused(String json) throws JsonProcessingException {
        var node = Json.read(json);
        assertThatThrownBy(() -> OperationCodec.readSubmitted(node)).isInstanceOf(CollaborationException.class);
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

    private static JsonNode written(Operation operation) throws JsonProcessingException {
        return Json.read(Json.write(out -> OperationCodec.write(out, operation)));
    }
}
