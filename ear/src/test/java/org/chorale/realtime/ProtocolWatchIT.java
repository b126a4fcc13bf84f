package org.chorale.realtime;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The watch that the other tests rely on: it needs no server. */
@DisplayName("the watch over what goes over a socket")
class ProtocolWatchIT {
    private static final String PONG = "{\"type\":\"pong\",\"t\":1,\"serverTime\":\"2026-01-01T00:00:00Z\",\"revision\":0}";
    private static final String ACCEPTED = "{\"type\":\"accepted\",\"changeId\":\"ana:0\",\"revision\":1,\"notes\":[]}";

    private final ProtocolWatch watch = new ProtocolWatch("ana");

    @Test
    void given_frames_as_described_then_it_is_quiet() {
        watch.sent("{\"type\":\"submit\",\"changes\":[" + TestServer.change("ana:0", 0, "{\"op\":\"delete\",\"id\":\"a\"}") + "]}");
        watch.received(PONG);
        watch.received(ACCEPTED);
        assertThatCode(watch::requireNone).doesNotThrowAnyException();
    }

    @Test
    void given_a_field_that_is_not_described_then_it_says_where() {
        watch.received(PONG.replace("\"t\"", "\"extra\":7,\"t\""));
        assertThatThrownBy(watch::requireNone).hasMessageContainingAll("ana", "pong", "extra", "server/pong.json");
    }

    @Test
    void given_a_frame_that_is_not_described_or_no_json_then_it_says_so() {
        watch.received("{\"type\":\"dance\"}");
        watch.received("nonsense");
        assertThatThrownBy(watch::requireNone).hasMessageContainingAll("dance", "no JSON");
    }

    @Test
    void given_an_operation_with_a_bad_field_then_only_that_is_told() {
        watch.sent("{\"type\":\"submit\",\"changes\":[" + TestServer.change("ana:0", 0, "{\"op\":\"delete\",\"id\":\"a b\"}") + "]}");
        watch.received(ACCEPTED);
        assertThatThrownBy(watch::requireNone).hasMessageContainingAll("the server took", "/changes/0/operations/0/id")
            .extracting(Throwable::getMessage).asString().doesNotContain("/op:");
    }

    @Test
    void given_a_bad_change_that_is_refused_then_it_is_quiet() {
        watch.sent("{\"type\":\"submit\",\"changes\":[" + TestServer.change("ana:0", 0, "{\"op\":\"explode\"}") + "]}");
        watch.received("{\"type\":\"refused\",\"changeId\":\"ana:0\",\"problem\":{\"type\":\"urn:chorale:problem:invalid-operation\","
            + "\"title\":\"The operation is not well formed\",\"status\":400,\"detail\":\"op\"}}");
        assertThatCode(watch::requireNone).doesNotThrowAnyException();
    }
}
