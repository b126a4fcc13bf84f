package org.chorale.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.chorale.session.SessionId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeIdTest {
    @Test
    void given_one_name_when_two_processes_are_named_after_it_then_their_ids_differ() {
        var random = new Random(1);

        assertThat(NodeId.of("node-1.example.org", random)).isNotEqualTo(NodeId.of("node-1.example.org", random))
            .extracting(NodeId::value).asString().startsWith("node-1.example.org-").hasSize("node-1.example.org-".length() + 6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Zoë's machine", "a_b c/d\n"})
    void given_a_name_of_any_form_when_a_process_is_named_after_it_then_it_has_an_id(String name) {
        assertThat(NodeId.of(name, new Random(2)).value()).matches("[A-Za-z0-9.-]*-[a-z0-9]{6}");
    }

    @Test
    void given_a_long_name_when_a_process_is_named_after_it_then_its_end_is_cut_off() {
        assertThat(NodeId.of("n".repeat(200), new Random(3)).value()).hasSize(80);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "ä", "a\n", "s:1"})
    void given_what_is_no_id_when_it_is_read_then_it_is_refused(String text) {
        assertThatThrownBy(() -> new NodeId(text)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("expected");
    }

    @Test
    void given_a_session_when_its_topic_is_named_then_no_other_session_has_it() {
        assertThat(Topic.of(new SessionId("0123456789"))).isEqualTo(new Topic("s:0123456789")).isNotEqualTo(Topic.EVERYBODY);
        assertThatThrownBy(() -> new Topic("a topic")).isInstanceOf(IllegalArgumentException.class);
    }
}
