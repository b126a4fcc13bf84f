package org.chorale.cluster.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.chorale.cluster.NodeId;
import org.chorale.cluster.Topic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketsTest {
    private static final NodeId ADA = new NodeId("ada-1");
    private static final Topic TOPIC = new Topic("s:0123456789");
    private static final long SECOND = 1_000_000_000L;

    private final Packets.Writer writer = new Packets.Writer(ADA);
    private final Packets.Reader reader = new Packets.Reader(new NodeId("bob-1"));

    private List<String> payloads(String... bodies) {
        return writer.payloads(List.of(bodies).stream().map(body -> new Outbox.Letter(TOPIC, body)).toList());
    }

    private List<String> read(List<String> payloads) throws MalformedPacketException {
        var bodies = new ArrayList<String>();
        for (String payload : payloads) {
            reader.read(payload, 0).forEach(message -> bodies.add(message.body()));
        }
        return bodies;
    }

    @Test
    void given_short_bodies_when_they_are_written_then_they_share_a_payload() throws MalformedPacketException {
        List<String> payloads = payloads("one", "two", "three");

        assertThat(payloads).hasSize(1);
        assertThat(read(payloads)).containsExactly("one", "two", "three");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void given_bodies_of_any_length_when_they_are_written_then_no_payload_is_too_long_and_all_are_read(long seed) throws MalformedPacketException {
        var random = new Random(seed);
        String[] bodies = IntStream.range(0, 40).mapToObj(i -> random.ints(random.nextInt(20_000), 0, 0x3000)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString()).toArray(String[]::new);

        List<String> payloads = payloads(bodies);

        assertThat(payloads).allMatch(payload -> payload.getBytes(StandardCharsets.UTF_8).length <= Packets.LARGEST_PAYLOAD)
            .noneMatch(payload -> payload.indexOf('\0') >= 0).doesNotHaveDuplicates();
        assertThat(read(payloads)).containsExactly(bodies);
    }

    @Test
    void given_a_packet_whose_end_is_late_when_it_comes_then_it_is_no_message_any_more() throws MalformedPacketException {
        List<String> parts = payloads("x".repeat(20_000));
        assertThat(parts).hasSize(3);
        reader.read(parts.get(0), 0);
        reader.read(parts.get(1), 5 * SECOND);

        assertThatThrownBy(() -> reader.read(parts.get(2), 11 * SECOND)).isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void given_a_packet_without_its_middle_when_the_next_one_comes_then_that_one_is_read() throws MalformedPacketException {
        List<String> broken = payloads("x".repeat(20_000));
        reader.read(broken.get(0), 0);
        assertThatThrownBy(() -> reader.read(broken.get(2), 0)).isInstanceOf(MalformedPacketException.class);

        assertThat(read(payloads("y".repeat(20_000)))).containsExactly("y".repeat(20_000));
    }

    @Test
    void given_somebody_who_begins_many_packets_and_ends_none_when_a_node_sends_then_its_packet_is_read() throws MalformedPacketException {
        List<String> parts = payloads("x".repeat(20_000));
        reader.read(parts.get(0), 0);
        for (int i = 0; i < 5000; i++) {
            reader.read("C1 eve-" + i + " 1 1 300\n" + "z".repeat(7000), 0);
        }

        // What was begun before may be lost; what comes now is not.
        assertThat(read(payloads("y".repeat(20_000)))).containsExactly("y".repeat(20_000));
    }

    @Test
    void given_a_node_s_own_payload_when_it_hears_it_then_it_is_nothing() throws MalformedPacketException {
        assertThat(new Packets.Reader(ADA).read(payloads("mine").getFirst(), 0)).isEmpty();
    }
}
