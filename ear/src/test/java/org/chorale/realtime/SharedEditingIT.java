package org.chorale.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.chorale.platform.Deployments;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The core of what people do together, over real sockets and on each database that is supported. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
@Tag("database")
class SharedEditingIT {
    private static final String CREATE = "{\"op\":\"create\",\"id\":\"a\",\"elementType\":\"note\",\"parent\":null}";

    private TestServer server;
    private String session;

    @Deployment(testable = false)
    static EnterpriseArchive deployment() {
        return Deployments.application(SharedEditingIT.class);
    }

    @BeforeEach
    void startSession() throws Exception {
        server = new TestServer("localhost:19080");
        session = server.startSession(10).get("sessionId").textValue();
    }

    @Test
    @DisplayName("[SUB-1][CHG-2][HEL-5][TXT-4] what two write at once is with both, and with whoever comes later")
    void given_two_people_when_they_write_in_one_text_then_everybody_has_both() throws Exception {
        try (var ana = server.join(session, "ana"); var ben = server.join(session, "ben")) {
            ana.submit(0, 0, CREATE);
            assertThat(ana.next("accepted").get("revision").longValue()).isEqualTo(1);
            ben.next("changes");
            ana.submit(1, 1, text("Hello"));
            assertThat(ana.next("accepted").get("revision").longValue()).isEqualTo(2);
            ben.submit(0, 1, text(" world"));
            assertThat(ben.next("accepted").get("revision").longValue()).isEqualTo(3);
            try (var cleo = server.join(session, "cleo")) {
                JsonNode snapshot = cleo.welcome().get("snapshot");
                assertThat(snapshot.get("revision").longValue()).isEqualTo(3);
                assertThat(snapshot.at("/document/elements/0/texts/t").textValue()).isEqualTo("Hello world");
            }
        }
    }

    @Test
    @DisplayName("[SUB-2][RES-1] a change sent again after a break is there once")
    void given_a_change_that_is_sent_again_when_it_was_stored_already_then_its_revision_is_repeated() throws Exception {
        try (var ana = server.join(session, "ana")) {
            ana.submit(0, 0, CREATE);
            ana.next("accepted");
        }
        try (var ana = server.join(session, "ana")) {
            ana.submit(0, 0, CREATE);
            assertThat(ana.next("accepted").get("revision").longValue()).isEqualTo(1);
            assertThat(ana.welcome().get("revision").longValue()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("[DOC-4][SUB-4] a string with U+0000 harms nobody: it is stored, and everybody gets it")
    void given_a_string_with_a_null_character_when_it_is_submitted_then_all_have_it() throws Exception {
        try (var ana = server.join(session, "ana"); var ben = server.join(session, "ben")) {
            ana.submit(0, 0, CREATE);
            ana.next("accepted");
            ben.next("changes");
            ana.submit(1, 1, "{\"op\":\"set\",\"id\":\"a\",\"path\":[\"n\"],\"value\":\"a\\u0000b\"}");
            ben.submit(0, 1, "{\"op\":\"set\",\"id\":\"a\",\"path\":[\"m\"],\"value\":1}");
            ana.next("accepted");
            ben.next("accepted");
            try (var cleo = server.join(session, "cleo")) {
                JsonNode props = cleo.welcome().at("/snapshot/document/elements/0/props");
                assertThat(props.get("n").textValue()).isEqualTo("a\u0000b");
                assertThat(props.get("m").intValue()).isEqualTo(1);
            }
        }
    }

    @Test
    @DisplayName("[UND-9] an undo brings back what was there")
    void given_a_change_when_it_is_undone_then_the_value_before_is_back() throws Exception {
        try (var ana = server.join(session, "ana")) {
            ana.submit(0, 0, CREATE);
            ana.next("accepted");
            for (int value = 1; value <= 2; value++) {
                ana.submit(value, value, "{\"op\":\"set\",\"id\":\"a\",\"path\":[\"n\"],\"value\":" + value + "}");
                ana.next("accepted");
            }
            ana.send("{\"type\":\"undo\",\"changeId\":\"ana:2\",\"undoId\":\"ana:3\"}");
            assertThat(ana.next("accepted").get("revision").longValue()).isEqualTo(4);
            try (var ben = server.join(session, "ben")) {
                assertThat(ben.welcome().at("/snapshot/document/elements/0/props/n").intValue()).isEqualTo(1);
            }
        }
    }

    private static String text(String inserted) {
        return "{\"op\":\"text\",\"id\":\"a\",\"name\":\"t\",\"edit\":[\"" + inserted + "\"]}";
    }
}
