package org.chorale.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.chorale.platform.Deployments;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What somebody can do to a server and to those who work there in peace: nothing that they notice. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class HostileTrafficIT {
    private static final int PORT = 19080;
    private static final int FRAMES = 1_000;
    private static final int FRAMES_PER_CONNECTION = 12;
    private static final int LORISES = 200;
    private static final int PINGS = 10_000;
    private static final int TRY_AGAIN_LATER = 1013;
    /** The server's own pools grow and shrink a little. */
    private static final int THREADS_MORE_OR_LESS = 40;
    private static final String CREATE_A = "{\"op\":\"create\",\"id\":\"a\",\"elementType\":\"box\",\"parent\":null,\"props\":{\"n\":1}}";
    private static final Path LOGS = Path.of(System.getProperty("liberty.user"), "servers", "chorale-it", "logs");

    private TestServer server;
    private String session;
    private int connectionsBefore;
    private long logBefore;

    @Deployment(testable = false)
    static EnterpriseArchive deployment() {
        return Deployments.application(HostileTrafficIT.class);
    }

    @BeforeEach
    void startSession() throws Exception {
        server = new TestServer("localhost:" + PORT);
        session = server.startSession(100).get("sessionId").textValue();
        connectionsBefore = server.connections();
        logBefore = Files.size(LOGS.resolve("messages.log"));
    }

    @AfterEach
    void nothing_stays_behind() throws Exception {
        server.until("connections end", () -> server.connections() == connectionsBefore);
        assertThat(server.isAlive()).as("/health/live").isTrue();
        assertThat(errorsLogged()).as("what the server logged as an error").isEmpty();
    }

    static LongStream seeds() {
        return LongStream.of(2, new Random().nextInt(1_000_000));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("[CON-2][CON-3] two people edit and notice nothing of a thousand frames that nobody should send")
    void given_hostile_frames_when_others_edit_then_they_notice_nothing(long seed) throws Exception {
        long threadsBefore = server.metric("thread_count");
        try (var ana = new Editor(server.join(session, "ana")); var ben = new Editor(server.join(session, "ben"))) {
            CompletableFuture<Integer> attack = CompletableFuture.supplyAsync(() -> attack(new Random(seed)));
            int edits = 0;
            while (!attack.isDone() || edits < 20) {
                ana.edit();
                ben.edit();
                edits++;
            }
            assertThat(attack.join()).as("connections that the attack took").isGreaterThan(FRAMES / FRAMES_PER_CONNECTION);
            ana.readTo(ben.revision);
            ben.readTo(ana.revision);
            assertThat(ben.revision).isEqualTo(ana.revision).isGreaterThanOrEqualTo(2L * edits);
        }
        server.until("threads end", () -> server.metric("thread_count") < threadsBefore + THREADS_MORE_OR_LESS);
    }

    /** Sends frames until enough are sent, with a new connection wherever one ended. */
    private int attack(Random random) {
        var frames = new HostileFrames(random);
        int connections = 0;
        for (int sent = 0; sent < FRAMES; connections++) {
            String protocol = random.nextBoolean() ? "chorale.v1" : "chorale.v1.deflate";
            try (var mallory = RawConnection.open(PORT, session, protocol)) {
                if (random.nextInt(10) > 0) {
                    mallory.text("{\"type\":\"hello\",\"clientId\":\"mallory" + connections
                        + "\",\"guest\":{\"name\":\"m\",\"color\":\"#000000\"}}");
                }
                int end = Math.min(FRAMES, sent + FRAMES_PER_CONNECTION);
                for (; sent < end; sent++) {
                    sendOne(mallory, frames, random);
                }
            } catch (IOException e) {
                sent++;                                     // the server had enough of this connection
            }
        }
        return connections;
    }

    private static void sendOne(RawConnection mallory, HostileFrames frames, Random random) throws IOException {
        switch (random.nextInt(10)) {
            case 0 -> mallory.frame(true, RawConnection.BINARY, frames.nextBytes());
            case 1 -> mallory.frame(true, RawConnection.BINARY, TestClient.deflate(frames.next()));
            case 2 -> mallory.frame(true, RawConnection.TEXT, frames.nextBytes());
            case 3, 4 -> inParts(mallory, frames.next().getBytes(StandardCharsets.UTF_8), random);
            case 5 -> mallory.frame(random.nextBoolean(), random.nextInt(16), frames.nextBytes());
            default -> mallory.text(frames.next());
        }
    }

    private static void inParts(RawConnection mallory, byte[] frame, Random random) throws IOException {
        int opcode = RawConnection.TEXT;
        int at = 0;
        while (at < frame.length) {
            int end = Math.min(frame.length, at + 1 + random.nextInt(200));
            mallory.frame(end == frame.length, opcode, Arrays.copyOfRange(frame, at, end));
            opcode = RawConnection.CONTINUATION;
            at = end;
        }
    }

    @Test
    @DisplayName("[CON-1] two hundred sockets that say no hello are closed in time, and others join at once meanwhile")
    void given_sockets_that_say_nothing_or_half_a_frame_then_they_are_closed_and_others_join() throws Exception {
        var lorises = new ArrayList<RawConnection>();
        try {
            for (int i = 0; i < LORISES; i++) {
                RawConnection loris = RawConnection.open(PORT, session, "chorale.v1");
                lorises.add(loris);
                if (i % 2 == 0) {
                    loris.header(true, RawConnection.TEXT, 10_000);
                    loris.bytes((byte) '{');
                }
            }
            for (int i = 0; i < LORISES; i += 2) {
                lorises.get(i).bytes((byte) ' ');
            }
            requireOthersWork();
            for (RawConnection loris : lorises) {
                assertThat(loris.closeCode(TestServer.PATIENCE)).as("how the server ends a connection without hello").isEqualTo(TRY_AGAIN_LATER);
            }
            requireOthersWork();                            // while the server waits for two hundred farewells
        } finally {
            for (RawConnection loris : lorises) {
                loris.close();
            }
        }
    }

    private void requireOthersWork() throws Exception {
        long joining = System.nanoTime();
        try (var ana = server.join(session, "ana"); var ben = server.join(session, "ben")) {
            long head = ana.welcome().get("revision").longValue();
            ana.submit(head, head, CREATE_A.replace("\"a\"", "\"a" + head + "\""));
            ana.next("accepted");
            ben.next("changes");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - joining)).as("two people join and edit").isLessThan(Duration.ofSeconds(4));
    }

    // ---- in somebody else's name

    @Test
    @DisplayName("[CON-7][CHG-2][AWA-2][CHT-1][LCK-1] what a frame says about its author is ignored")
    void given_forged_names_then_everybody_sees_who_it_was() throws Exception {
        try (var ana = server.join(session, "ana"); var mallory = server.open(session)) {
            String anaSeat = ana.welcome().at("/self/participantId").textValue();
            String anaUser = ana.welcome().at("/self/userId").textValue();
            String forged = ",\"participantId\":\"" + anaSeat + "\",\"userId\":\"" + anaUser + "\",\"name\":\"ana\",\"role\":\"OWNER\"";
            mallory.sendHello("mallory", forged + ",\"self\":{\"userId\":\"" + anaUser + "\"},\"seat\":\"" + anaSeat + "\"");
            JsonNode self = mallory.welcome().get("self");
            String seat = self.get("participantId").textValue();
            String user = self.get("userId").textValue();
            assertThat(seat).isNotEqualTo(anaSeat);
            assertThat(user).isNotEqualTo(anaUser);
            assertThat(self.get("role").textValue()).isEqualTo("COLLABORATOR");
            ana.requireAlive();

            mallory.send("{\"type\":\"submit\"" + forged + ",\"changes\":[{\"changeId\":\"mallory:0\",\"baseRevision\":0,\"seenRevision\":0"
                + forged + ",\"author\":\"" + anaUser + "\",\"kind\":\"system\",\"operations\":[" + CREATE_A + "]}]}");
            JsonNode change = ana.next("changes").at("/changes/0");
            assertThat(change.get("userId").textValue()).isEqualTo(user);
            assertThat(change.get("participantId").textValue()).isEqualTo(seat);
            assertThat(change.get("kind").textValue()).isEqualTo("edit");

            mallory.send("{\"type\":\"awareness\",\"state\":{\"selection\":[\"a\"]}" + forged + "}");
            JsonNode states = ana.next("awareness").get("states");
            assertThat(states.has(seat)).isTrue();
            assertThat(states.has(anaSeat)).isFalse();

            mallory.send("{\"type\":\"lock\",\"element\":\"a\"" + forged + "}");
            JsonNode lock = ana.next("locks").at("/locked/0");
            assertThat(lock.get("userId").textValue()).isEqualTo(user);
            assertThat(lock.get("participantId").textValue()).isEqualTo(seat);
            assertThat(lock.get("name").textValue()).isEqualTo("mallory");

            mallory.send("{\"type\":\"chat\",\"text\":\"I am ana\"" + forged + "}");
            JsonNode message = ana.next("chat");
            assertThat(message.get("userId").textValue()).isEqualTo(user);
            assertThat(message.get("name").textValue()).isEqualTo("mallory");
        }
    }

    @Test
    @DisplayName("[HEL-8] another user's seat is not to be had, neither while its connection waits nor with its clientId")
    void given_the_seat_and_client_id_of_somebody_else_then_they_keep_it() throws Exception {
        try (var ben = server.join(session, "ben"); var ana = server.join(session, "ana")) {
            String anaSeat = ana.welcome().at("/self/participantId").textValue();
            ana.vanish();
            ben.untilStatus(anaSeat, "OFFLINE");
            try (var mallory = server.open(session)) {
                mallory.sendHello("mallory", "ana", ",\"seat\":\"" + anaSeat + "\"");
                assertThat(mallory.welcome().at("/self/participantId").textValue()).isNotEqualTo(anaSeat);
                assertThat(mallory.welcome().get("participants")).hasSize(3);
            }
        }
    }

    @Test
    @DisplayName("[UND-9] what others did is theirs to undo, and a redo of their undo too")
    void given_the_changes_of_somebody_else_then_they_are_not_undone() throws Exception {
        try (var ana = server.join(session, "ana"); var mallory = server.join(session, "mallory")) {
            ana.submit(0, 0, CREATE_A);
            ana.next("accepted");
            ana.send("{\"type\":\"undo\",\"changeId\":\"ana:0\",\"undoId\":\"ana:1\"}");
            ana.next("accepted");
            for (String frame : List.of("{\"type\":\"undo\",\"changeId\":\"ana:0\",\"undoId\":\"mallory:0\"}",
                    "{\"type\":\"redo\",\"changeId\":\"ana:1\",\"undoId\":\"mallory:1\"}")) {
                mallory.send(frame);
                assertThat(mallory.next("refused").at("/problem/type").textValue()).endsWith(":forbidden");
            }
            assertThat(ana.requireAlive()).isEqualTo(2);
        }
    }

    // ---- submits out of order

    @Test
    @DisplayName("[SUB-2] the first change of a name counts, whatever the second one says, and whose the name looks like")
    void given_the_same_name_twice_then_the_first_one_counts() throws Exception {
        try (var ana = server.join(session, "ana"); var mallory = server.join(session, "mallory")) {
            ana.submit(0, 0, CREATE_A);
            assertThat(ana.next("accepted").get("revision").longValue()).isEqualTo(1);
            ana.submit(0, 1, "{\"op\":\"delete\",\"id\":\"a\"}");
            assertThat(ana.next("accepted").get("revision").longValue()).isEqualTo(1);
            mallory.send("{\"type\":\"submit\",\"changes\":[" + TestServer.change("ana:0", 1, "{\"op\":\"delete\",\"id\":\"a\"}") + "]}");
            assertThat(mallory.next("accepted").get("revision").longValue()).isEqualTo(1);
            mallory.send("{\"type\":\"submit\",\"changes\":["
                + TestServer.change("ana:1", 1, "{\"op\":\"unset\",\"id\":\"a\",\"path\":[\"n\"]}") + "]}");
            assertThat(mallory.next("accepted").get("revision").longValue()).isEqualTo(2);
            JsonNode change = ana.next("changes");
            while (change.get("to").longValue() < 2) {
                change = ana.next("changes");
            }
            assertThat(change.at("/changes/0/userId")).as("the log says who it was").isEqualTo(mallory.welcome().at("/self/userId"));
            assertThat(mallory.requireAlive()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "\"baseRevision\":2,\"seenRevision\":2 | revision-ahead",
        "\"baseRevision\":9007199254740993,\"seenRevision\":0 | revision-ahead",
        "\"baseRevision\":0,\"seenRevision\":1 | invalid-change",
        "\"baseRevision\":-1,\"seenRevision\":-1 | invalid-change",
        "\"baseRevision\":1,\"seenRevision\":-1 | invalid-change",
        "\"baseRevision\":0.5,\"seenRevision\":0 | invalid-change",
        "\"baseRevision\":1e3,\"seenRevision\":0 | revision-ahead",
        "\"baseRevision\":\"0\",\"seenRevision\":0 | invalid-change",
    })
    @DisplayName("[SUB-3] revisions that cannot be are refused, and the connection lives on")
    void given_revisions_that_cannot_be_then_the_change_is_refused(String revisions, String slug) throws Exception {
        try (var ana = server.join(session, "ana")) {
            ana.submit(0, 0, CREATE_A);
            ana.next("accepted");
            ana.send("{\"type\":\"submit\",\"changes\":[{\"changeId\":\"ana:1\"," + revisions
                + ",\"operations\":[{\"op\":\"delete\",\"id\":\"a\"}]}]}");
            assertThat(ana.next("refused").at("/problem/type").textValue()).endsWith(":" + slug);
            assertThat(ana.requireAlive()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("[SUB-7] counters name changes and order nothing: gaps and steps back are as good")
    void given_counters_with_gaps_and_steps_back_then_changes_are_taken_as_they_come() throws Exception {
        try (var ana = server.join(session, "ana")) {
            ana.submit(900, 0, CREATE_A);
            assertThat(ana.next("accepted").get("revision").longValue()).isEqualTo(1);
            for (long counter : new long[] {3, 7, 1, 899}) {
                ana.submit(counter, 1, "{\"op\":\"add\",\"id\":\"a\",\"path\":[\"n\"],\"delta\":1}");
                ana.next("accepted");
            }
            try (var late = server.join(session, "late")) {
                assertThat(late.welcome().at("/snapshot/document/elements/0/props/n").intValue()).isEqualTo(5);
            }
        }
    }

    // ---- too much

    @Test
    @DisplayName("[AWA-4] what somebody is aware of stays small, in one frame and in many")
    void given_too_much_awareness_then_the_earlier_one_stays() throws Exception {
        try (var ana = server.join(session, "ana"); var ben = server.join(session, "ben")) {
            ana.send("{\"type\":\"awareness\",\"state\":{\"kept\":1}}");
            ben.next("awareness");
            ana.send("{\"type\":\"awareness\",\"state\":{\"kept\":2,\"x\":\"" + "x".repeat(4_096) + "\"}}");
            assertThat(ana.problem()).isEqualTo("awareness-too-large");
            for (int i = 0; i < 100; i++) {
                ana.send("{\"type\":\"awareness\",\"state\":{\"key" + i + "\":\"" + "x".repeat(200) + "\"}}");
            }
            assertThat(ana.problem()).isEqualTo("awareness-too-large");
            ana.requireAlive();
            try (var late = server.join(session, "late")) {
                JsonNode state = late.next("awareness").get("states").get(ana.welcome().at("/self/participantId").textValue());
                assertThat(state.get("kept").intValue()).isEqualTo(1);
                assertThat(state.toString().length()).isLessThanOrEqualTo(4_096);
            }
        }
    }

    @Test
    @DisplayName("[CON-5] ten thousand pings are answered in their order, and others edit meanwhile")
    void given_ten_thousand_pings_then_each_is_answered_and_nobody_waits() throws Exception {
        try (var ana = new Editor(server.join(session, "ana")); var ben = new Editor(server.join(session, "ben"))) {
            CompletableFuture<Void> pings = CompletableFuture.runAsync(() -> {
                for (int t = 0; t < PINGS; t++) {
                    ben.client.send("{\"type\":\"ping\",\"t\":" + t + "}");
                }
            });
            do {
                ana.edit();
            } while (!pings.isDone());
            pings.join();
            for (int t = 0; t < PINGS; t++) {
                assertThat(ben.client.next("pong").get("t").intValue()).isEqualTo(t);
            }
        }
    }

    /** Somebody who edits an element of their own and reads what all do: without a gap. */
    private static final class Editor implements AutoCloseable {
        private final TestClient client;
        private long counter;
        private long revision;

        Editor(TestClient client) {
            this.client = client;
            this.revision = client.welcome().get("revision").longValue();
        }

        /** One edit, until it is acknowledged and was told. */
        void edit() {
            String id = "of-" + client.name();
            client.submit(counter, revision, counter == 0
                ? "{\"op\":\"create\",\"id\":\"" + id + "\",\"elementType\":\"box\",\"parent\":null}"
                : "{\"op\":\"set\",\"id\":\"" + id + "\",\"path\":[\"n\"],\"value\":" + counter + "}");
            JsonNode answer = client.next(frame -> isAnswer(frame));
            assertThat(answer.get("type").textValue()).as(answer.toString()).isEqualTo("accepted");
            assertThat(answer.get("changeId").textValue()).isEqualTo(client.name() + ":" + counter);
            assertThat(answer.get("notes")).isEmpty();
            counter++;
            readTo(answer.get("revision").longValue());
        }

        private boolean isAnswer(JsonNode frame) {
            read(frame);
            return List.of("accepted", "refused", "error", "bye").contains(frame.get("type").textValue());
        }

        void readTo(long reached) {
            while (revision < reached) {
                read(client.next("changes"));
            }
        }

        private void read(JsonNode frame) {
            if (frame.get("type").textValue().equals("changes")) {
                assertThat(frame.get("from").longValue()).as("no gap").isEqualTo(revision + 1);
                revision = frame.get("to").longValue();
            }
        }

        @Override
        public void close() {
            client.close();
        }
    }

    // ---- the server's own view

    private List<String> errorsLogged() throws IOException {
        byte[] log = Files.readAllBytes(LOGS.resolve("messages.log"));
        String news = new String(log, (int) logBefore, log.length - (int) logBefore, StandardCharsets.UTF_8);
        return news.lines().filter(line -> line.matches("\\[[^]]+] \\S+ \\S+ +E .*")).toList();
    }
}
