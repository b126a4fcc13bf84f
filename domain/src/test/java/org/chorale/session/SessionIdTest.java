package org.chorale.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.chorale.problem.CollaborationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionIdTest {

    @Test
    void given_an_id_read_aloud_when_it_is_typed_then_likely_mistakes_are_mended() {
        assertThat(SessionId.parse("7K3Q-9MOX4-L")).isEqualTo(new SessionId("7k3q9m0x41"));
    }

    @Test
    void given_a_random_source_when_ids_are_made_then_each_can_be_read_back() {
        var random = new Random(7);
        for (int i = 0; i < 100; i++) {
            SessionId id = SessionId.random(random);
            assertThat(SessionId.parse(id.toString())).isEqualTo(id);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "elevenchars1", "u000000000", "../../etc/p", "0123456789'; drop table session; --"})
    void given_text_that_is_no_id_when_it_is_read_then_there_is_no_such_session(String text) {
        assertThatThrownBy(() -> SessionId.parse(text)).isInstanceOf(CollaborationException.class).hasMessageContaining("session-not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "a\u0007b", "evil\u202egnp.exe"})
    void given_a_name_that_misleads_when_a_session_is_asked_for_then_it_is_refused(String name) {
        assertThatThrownBy(() -> new NewSession(name, SessionKind.SCENE, Visibility.LINK, 5)).isInstanceOf(CollaborationException.class);
    }
}
