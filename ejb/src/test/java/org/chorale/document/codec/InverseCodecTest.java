package org.chorale.document.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("[UND-2] how a change is undone, as it is stored")
class InverseCodecTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "[]",
        "[{\"inverse\":\"property\",\"id\":\"a\",\"path\":[\"x\"],\"expects\":{\"origin\":2},\"restores\":{\"origin\":0}}]",
        "[{\"inverse\":\"property\",\"id\":\"a\",\"path\":[\"x\",\"k\"],\"old\":null,\"expects\":{\"origin\":2},\"restores\":"
            + "{\"origin\":1,\"origins\":[[0,3],[2,4],[\"k\",5]]},\"delta\":[-1,0]}]",
        "[{\"inverse\":\"text\",\"id\":\"a\",\"name\":\"body\",\"edit\":[1,\"x\",-2],\"revision\":4}]",
        "[{\"inverse\":\"appended\",\"id\":\"a\",\"list\":\"l\",\"items\":[\"i\",\"j\"],\"expects\":4}]",
        "[{\"inverse\":\"item\",\"id\":\"a\",\"list\":\"l\",\"item\":\"i\",\"retracted\":false,\"expects\":4,\"restores\":3}]",
        "[{\"inverse\":\"member\",\"id\":\"a\",\"set\":\"s\",\"member\":\"m\",\"on\":false,\"expects\":4,\"restores\":0}]",
        "[{\"inverse\":\"place\",\"id\":\"a\",\"parent\":null,\"order\":\"a0\",\"behind\":null,\"expects\":4,\"restores\":1},"
            + "{\"inverse\":\"place\",\"id\":\"b\",\"parent\":\"p\",\"order\":\"a1\",\"behind\":\"a\",\"expects\":4,\"restores\":1},"
            + "{\"inverse\":\"flag\",\"id\":\"a\",\"deleted\":true,\"expects\":4,\"restores\":0}]",
    })
    void given_an_inverse_when_it_is_loaded_and_stored_then_it_is_the_same(String json) {
        assertThat(InverseCodec.store(InverseCodec.load(json))).isEqualTo(json);
    }
}
