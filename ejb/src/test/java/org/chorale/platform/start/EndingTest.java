package org.chorale.platform.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EndingTest {
    @Test
    void given_a_refusal_when_the_server_ends_by_it_then_the_exit_code_says_configuration() {
        var code = new AtomicInteger();

        new Ending(code::set).because(new StartRefusal("this is wrong", "Do that"));

        assertThat(code).hasValue(78);
    }
}
