package org.chorale.realtime.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.chorale.access.Role;
import org.chorale.account.web.Revocation;
import org.chorale.cluster.Bus;
import org.chorale.cluster.NodeId;
import org.chorale.cluster.Topic;
import org.chorale.cluster.service.ClusterConfig;
import org.chorale.profile.Appearance;
import org.chorale.session.BranchId;
import org.chorale.session.Participant;
import org.chorale.session.SessionId;
import org.chorale.value.Value;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes that tell each other who is there, over a bus that loses and repeats what the test wants. */
class NeighboursTest {
    private static final SessionId SESSION = new SessionId("0123456789");
    private static final BranchId MAIN = BranchId.main(SESSION);

    private final Wire wire = new Wire();
    private long nanos;

    @Test
    @DisplayName("[CLU-6] who comes, changes and goes at one node is seen at the others")
    void given_two_nodes_when_somebody_comes_then_the_other_node_tells() {
        Node one = new Node("one");
        Node two = new Node("two");
        one.comes("ana");
        two.comes("ben");
        wire.deliver();
        assertThat(one.seen).containsOnlyKeys("ben");
        assertThat(two.seen).containsOnlyKeys("ana");
        one.becomes("ana", Participant.Status.EDITING);
        one.goes("nobody");
        wire.deliver();
        assertThat(two.seen.get("ana").status()).isEqualTo(Participant.Status.EDITING);
        one.goes("ana");
        wire.deliver();
        assertThat(two.seen).isEmpty();
    }

    @Test
    @DisplayName("[CLU-6] a node that begins later learns who is there and what they are aware of")
    void given_people_when_a_node_begins_then_it_is_told_all() {
        Node one = new Node("one");
        one.comes("ana");
        one.neighbours.aware(MAIN, Map.of("ana", Map.of("pointer", Value.of(7), "gone", Value.Null.NULL)));
        for (int i = 0; i < 2 * RemoteSeats.PART; i++) {
            one.comes("crowd" + i);
        }
        wire.deliver();
        Node two = new Node("two");
        two.comes("ben");
        wire.deliver();
        assertThat(two.seen).hasSize(2 * RemoteSeats.PART + 1);
        assertThat(two.neighbours.known(SESSION)).filteredOn(seat -> seat.participant().participantId().equals("ana"))
            .extracting(RemoteSeat::awareness).containsExactly(Map.of("pointer", Value.of(7)));
    }

    @Test
    @DisplayName("[CLU-7] the people of a node that died are away at first, and gone within ten seconds")
    void given_a_node_that_dies_then_its_people_are_away_and_then_gone() {
        Node one = new Node("one");
        Node two = new Node("two");
        one.comes("ana");
        two.comes("ben");
        wire.deliver();
        one.dies();
        pass(4);
        assertThat(two.seen.get("ana").status()).isEqualTo(Participant.Status.OFFLINE);
        pass(5);
        assertThat(two.seen).isEmpty();
    }

    @Test
    @DisplayName("[CLU-7] a node that was frozen is believed again when it says something")
    void given_a_frozen_node_when_it_comes_back_then_its_people_are_there() {
        Node one = new Node("one");
        Node two = new Node("two");
        one.comes("ana");
        two.comes("ben");
        wire.deliver();
        one.freezes();
        pass(12);
        assertThat(two.seen).isEmpty();
        one.thaws();
        pass(5);
        assertThat(two.seen.get("ana").status()).isEqualTo(Participant.Status.ONLINE);
        assertThat(one.seen).containsOnlyKeys("ben");
    }

    @Test
    @DisplayName("[CLU-8] whoever comes back at another node takes their seat along")
    void given_a_seat_when_its_client_comes_to_another_node_then_it_moves_there() {
        Node one = new Node("one");
        Node two = new Node("two");
        Node three = new Node("three");
        one.comes("ana");
        two.comes("ben");
        three.comes("cem");
        wire.deliver();
        assertThat(two.neighbours.seatOf(SESSION, "u-ana", "c-ana", Optional.empty())).isPresent();
        assertThat(two.neighbours.seatOf(SESSION, "u-other", "c-ana", Optional.of("ana"))).as("another user").isEmpty();
        assertThat(two.neighbours.seatOf(SESSION, "u-ana", "c-reloaded", Optional.of("ana"))).as("somebody is at it").isEmpty();
        nanos += 1_000_000_000;
        two.comes("ana");
        wire.deliver();
        assertThat(one.overtaken).containsExactly("ana");
        assertThat(three.news).as("nobody left").doesNotContain("-ana");
        assertThat(three.neighbours.known(SESSION)).extracting(seat -> seat.participant().participantId()).containsExactlyInAnyOrder("ana", "ben");
        assertThat(one.seen).containsOnlyKeys("ana", "ben", "cem");
    }

    @Test
    @DisplayName("[CLU-8] the seats of a node that stops wait for those who come back elsewhere")
    void given_a_node_that_drains_then_its_seats_are_given_to_those_who_come_again() {
        Node one = new Node("one");
        Node two = new Node("two");
        one.comes("ana");
        two.comes("ben");
        wire.deliver();
        one.neighbours.sayToAll(new NeighbourMessage.Leaving());
        wire.deliver();
        assertThat(two.seen.get("ana").status()).isEqualTo(Participant.Status.OFFLINE);
        assertThat(two.neighbours.seatOf(SESSION, "u-ana", "c-reloaded", Optional.of("ana"))).isPresent();
    }

    @Test
    @DisplayName("[CLU-6] a node without people of a session asks the others")
    void given_nobody_here_when_somebody_asks_then_the_others_answer() throws InterruptedException {
        Node one = new Node("one");
        Node two = new Node("two");
        one.comes("ana");
        wire.deliver();
        var answers = new ArrayList<RemoteSeat>();
        Thread asking = Thread.ofPlatform().start(() -> answers.addAll(two.neighbours.ask(SESSION)));
        while (asking.isAlive()) {
            wire.deliver();
            asking.join(Duration.ofMillis(1));
        }
        assertThat(answers).extracting(seat -> seat.participant().participantId()).containsExactly("ana");
    }

    @Test
    @DisplayName("[CLU-9] frames, kicks, revocations and looks reach all nodes")
    void given_signals_then_the_other_node_hears_them() {
        Node one = new Node("one");
        Node two = new Node("two");
        one.comes("ana");
        two.comes("ben");
        wire.deliver();
        two.news.clear();
        one.neighbours.say(SESSION, new NeighbourMessage.Tell("{}"));
        one.neighbours.say(SESSION, new NeighbourMessage.Kick("u-ben"));
        one.neighbours.say(SESSION, new NeighbourMessage.Look());
        one.neighbours.sayToAll(new NeighbourMessage.Revoked(Revocation.ofSignIn("u-ben", "s")));
        one.neighbours.sayToAll(new NeighbourMessage.Looks("u-ana", Appearance.PLAIN));
        wire.deliver();
        assertThat(two.news).containsExactly("tell {}", "kick u-ben", "look", "revoked u-ben", "looks u-ana");
    }

    @ParameterizedTest
    @DisplayName("[CLU-9] what is no message is ignored, and a kind of a newer version as well")
    @ValueSource(strings = {"", "{", "[]", "{\"n\":1}", "{\"n\":1,\"kind\":\"Presence\"}", "{\"n\":1,\"kind\":\"OfTomorrow\",\"x\":2}",
        "{\"n\":1,\"kind\":\"Here\",\"first\":true,\"last\":true,\"seats\":[{}]}", "{\"n\":\"1\",\"kind\":7}"})
    void given_garbage_then_nothing_happens(String garbage) {
        Node one = new Node("one");
        one.comes("ana");
        wire.deliver();
        one.news.clear();
        wire.subscriptions.forEach(subscription -> subscription.receiver.received(new NodeId("stranger"), garbage));
        assertThat(one.news).isEmpty();
        assertThat(one.neighbours.known(SESSION)).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("[CLU-6] whatever is lost or comes twice, all nodes know in the end who is where")
    void given_random_losses_then_everybody_agrees_in_the_end(long seed) {
        var random = new Random(seed);
        List<Node> nodes = List.of(new Node("one"), new Node("two"), new Node("three"));
        nodes.forEach(node -> node.comes(node.id.value()));
        for (int step = 0; step < 150; step++) {
            Node node = nodes.get(random.nextInt(3));
            String person = "p" + random.nextInt(6);
            nanos += 1_000_000 * random.nextInt(300);
            switch (random.nextInt(8)) {
                case 0, 1 -> node.comes(person);
                case 2 -> node.goes(person);
                case 3 -> node.becomes(person, Participant.Status.AWAY);
                case 4 -> node.neighbours.aware(MAIN, Map.of(person, Map.of("x", Value.of(step))));
                case 5 -> node.neighbours.watch();
                case 6 -> wire.spoil(random);
                default -> wire.deliver();
            }
        }
        pass(8);
        var owners = new TreeMap<String, String>();
        nodes.forEach(node -> node.mine.keySet().forEach(person -> assertThat(owners.put(person, node.id.value())).as(person).isNull()));
        for (Node node : nodes) {
            Set<String> others = new TreeMap<>(owners).entrySet().stream().filter(entry -> !entry.getValue().equals(node.id.value()))
                .map(Map.Entry::getKey).collect(Collectors.toSet());
            assertThat(node.neighbours.known(SESSION)).extracting(seat -> seat.participant().participantId())
                .containsExactlyInAnyOrderElementsOf(others);
            assertThat(node.seen.keySet()).as("as its people were told").containsAll(others);
            assertThat(node.seen.keySet()).isSubsetOf(owners.keySet());
        }
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 2, 3), new Random().longs(100));
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            nanos += 1_000_000_000;
            wire.nodes.forEach(node -> node.neighbours.watch());
            wire.deliver();
        }
    }

    /** What was said and has not arrived. */
    private final class Wire {
        private final List<Node> nodes = new ArrayList<>();
        private final List<Hearing> subscriptions = new ArrayList<>();
        private final Deque<Runnable> underWay = new ArrayDeque<>();

        synchronized void send(Node sender, Topic topic, String body) {
            subscriptions.stream().filter(hearing -> hearing.node != sender && hearing.topic.equals(topic))
                .forEach(hearing -> underWay.add(() -> hearing.node.deliver(() -> hearing.receiver.received(sender.id, body))));
        }

        void deliver() {
            for (Runnable next = next(); next != null; next = next()) {
                next.run();
            }
        }

        private synchronized Runnable next() {
            return underWay.poll();
        }

        synchronized void spoil(Random random) {
            var spoiled = new ArrayList<Runnable>();
            underWay.forEach(message -> {
                for (int copies = random.nextInt(3); copies > 0; copies--) {
                    spoiled.add(message);
                }
            });
            underWay.clear();
            underWay.addAll(spoiled);
        }
    }

    private record Hearing(Node node, Topic topic, Bus.Receiver receiver) {}

    /** A node whose people are told what it hears. */
    private final class Node implements Bus, Neighbours.Listener {
        private final NodeId id;
        private final Map<String, Participant> seen = new HashMap<>();
        private final Map<String, RemoteSeat> mine = new HashMap<>();
        private final List<String> overtaken = new ArrayList<>();
        private final List<String> news = new ArrayList<>();
        private final Neighbours neighbours;
        private boolean deaf;

        Node(String name) {
            id = new NodeId(name);
            var config = new ClusterConfig();
            config.beaconInterval = Duration.ofSeconds(1);
            config.nodeTimeout = Duration.ofSeconds(8);
            neighbours = new Neighbours(this, config, () -> nanos);
            neighbours.serve(this);
            wire.nodes.add(this);
            neighbours.watch();
        }

        void comes(String person) {
            neighbours.follow(SESSION);
            var participant = new Participant(person, "u-" + person, person, "#112233", Appearance.PLAIN, Role.COLLABORATOR, Participant.Status.ONLINE);
            var seat = new RemoteSeat(BranchId.MAIN, "c-" + person, "192.0.2.1", nanos / 1_000_000, participant, Map.of());
            mine.put(person, seat);
            seen.remove(person);
            neighbours.presence(SESSION, List.of(seat), List.of(), List.of());
        }

        void goes(String person) {
            if (mine.remove(person) != null) {
                neighbours.presence(SESSION, List.of(), List.of(person), List.of());
            }
        }

        void becomes(String person, Participant.Status status) {
            Optional.ofNullable(mine.get(person)).ifPresent(seat ->
                neighbours.presence(SESSION, List.of(), List.of(), List.of(seat.participant().with(status))));
        }

        void dies() {
            wire.nodes.remove(this);
            wire.subscriptions.removeIf(hearing -> hearing.node() == this);
        }

        void freezes() {
            deaf = true;
            wire.nodes.remove(this);
        }

        void thaws() {
            deaf = false;
            wire.nodes.add(this);
        }

        void deliver(Runnable message) {
            if (!deaf) {
                message.run();
            }
        }

        @Override
        public NodeId self() {
            return id;
        }

        @Override
        public boolean reachesOthers() {
            return true;
        }

        @Override
        public void publish(Topic topic, String body) {
            wire.send(this, topic, body);
        }

        @Override
        public Subscription subscribe(Topic topic, Receiver receiver) {
            var hearing = new Hearing(this, topic, receiver);
            wire.subscriptions.add(hearing);
            wire.underWay.add(receiver::connected);
            return () -> wire.subscriptions.remove(hearing);
        }

        @Override
        public void presence(SessionId session, SeatNews told) {
            told.left().forEach(seat -> {
                seen.remove(seat.participant().participantId());
                news.add("-" + seat.participant().participantId());
            });
            told.joined().forEach(seat -> seen.put(seat.participant().participantId(), seat.participant()));
            told.updated().forEach(seat -> seen.put(seat.participant().participantId(), seat.participant()));
        }

        @Override
        public void aware(BranchId branch, Map<String, Map<String, Value>> states) {}

        @Override
        public void heard(SessionId session, String frame) {
            news.add("tell " + frame);
        }

        @Override
        public void kick(SessionId session, String userId) {
            news.add("kick " + userId);
        }

        @Override
        public void look(SessionId session) {
            news.add("look");
        }

        @Override
        public void overtaken(SessionId session, RemoteSeat seat) {
            mine.remove(seat.participant().participantId());
            overtaken.add(seat.participant().participantId());
        }

        @Override
        public void revoked(Revocation revocation) {
            news.add("revoked " + revocation.userId());
        }

        @Override
        public void mayHaveMissed() {}

        @Override
        public void looks(String userId, Appearance appearance) {
            news.add("looks " + userId);
        }
    }
}
