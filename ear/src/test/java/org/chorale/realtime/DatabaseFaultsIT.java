package org.chorale.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.chorale.platform.Deployments;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A database server that goes away while people edit, and comes back. */
@Tag("database")
@EnabledIfSystemProperty(named = "chorale.it.postgresql", matches = ".+")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class DatabaseFaultsIT {
    private static final int PEOPLE = 8;
    private static final int EDITS_BEFORE = 5;
    private static final int NEWCOMERS = 16;
    /** chorale.connection.submits-in-flight, as src/test/liberty/test.xml has it. */
    private static final int MAY_WAIT = 2;
    private static final Duration FAULT = Duration.ofSeconds(10);
    /** The 3 s of chorale.db.answer-seconds, and a machine that is busy. */
    private static final Duration TOLD_WITHIN = Duration.ofSeconds(6);
    private static final Duration BACK_WITHIN = Duration.ofSeconds(5);
    private static final int TRY_AGAIN_LATER = 1013;

    private TestServer server;
    private String session;
    private PostgresqlProcess database;
    private final List<Stubborn> people = new ArrayList<>();

    private enum Fault {
        FROZEN {
            @Override
            void during(PostgresqlProcess database, Step meanwhile) throws Exception {
                database.freeze();
                try {
                    meanwhile.run();
                } finally {
                    database.thaw();
                }
            }
        },
        KILLED {
            @Override
            void during(PostgresqlProcess database, Step meanwhile) throws Exception {
                database.kill();
                try {
                    meanwhile.run();
                } finally {
                    database.start();
                }
            }
        },
        CUT_OFF {
            @Override
            void during(PostgresqlProcess database, Step meanwhile) throws Exception {
                database.cutConnections();
            }
        };

        /** Brings the fault, and takes it away again; returns when the database takes connections. */
        abstract void during(PostgresqlProcess database, Step meanwhile) throws Exception;
    }

    @FunctionalInterface
    private interface Step {
        void run() throws Exception;
    }

    @Deployment(testable = false)
    static EnterpriseArchive deployment() {
        return Deployments.application(DatabaseFaultsIT.class);
    }

    @BeforeEach
    void startSession() throws Exception {
        server = new TestServer("localhost:19080");
        session = server.startSession(20).get("sessionId").textValue();
        database = PostgresqlProcess.ofTheServer();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("[SUB-1][SUB-2][SUB-9] what is acknowledged while the database goes and comes is in its log, once")
    void given_a_database_that_goes_away_when_people_edit_then_nothing_is_lost_or_doubled(Fault fault) throws Exception {
        for (int i = 0; i < PEOPLE; i++) {
            people.add(new Stubborn(server.join(session, "person" + i)));
        }
        List<Thread> threads = people.stream().map(person -> Thread.ofVirtual().start(person)).toList();
        try {
            server.until("everybody edits", () -> people.stream().allMatch(person -> person.accepted.size() >= EDITS_BEFORE));
            fault.during(database, () -> {
                long gone = System.nanoTime();
                server.until("somebody is told", () -> people.stream().anyMatch(person -> person.refusals.get() > 0));
                assertThat(Duration.ofNanos(System.nanoTime() - gone)).as("until the first refusal").isLessThan(TOLD_WITHIN);
                newcomersAreSentAway();
                assertThat(server.isAlive()).isTrue();
                TimeUnit.NANOSECONDS.sleep(FAULT.toNanos() - (System.nanoTime() - gone));
            });
            Map<Stubborn, Integer> before = new HashMap<>();
            people.forEach(person -> before.put(person, person.accepted.size()));
            long back = System.nanoTime();
            server.until("everybody edits again", () -> people.stream().allMatch(person -> person.accepted.size() > before.get(person)));
            assertThat(Duration.ofNanos(System.nanoTime() - back)).as("until everybody edits again").isLessThan(BACK_WITHIN);
        } finally {
            people.forEach(person -> person.stop = true);
            for (Thread thread : threads) {
                thread.join(TestServer.PATIENCE);
            }
        }
        everythingIsThereOnce();
    }

    @Test
    @DisplayName("who says hello while the database does not answer is heard however many wait for it, and so are those inside")
    void given_a_database_that_does_not_answer_when_many_come_at_once_then_each_is_told_so_and_nobody_inside_waits() throws Exception {
        var newcomers = new ArrayList<TestClient>();
        try (var inside = server.join(session, "inside")) {
            inside.welcome();
            Fault.FROZEN.during(database, () -> {
                for (int i = 0; i < NEWCOMERS; i++) {
                    newcomers.add(server.open(session));
                }
                for (int i = 0; i < NEWCOMERS; i++) {
                    newcomers.get(i).sendHello("newcomer" + i, "");
                }
                inside.requireAlive();
                for (TestClient newcomer : newcomers) {
                    requireSentAway(newcomer);
                }
            });
        } finally {
            newcomers.forEach(TestClient::close);
        }
    }

    @Test
    @DisplayName("[SUB-10] submits without end are not taken")
    void given_a_database_that_does_not_answer_when_more_is_submitted_than_may_wait_then_the_surplus_is_not_taken() throws Exception {
        try (var ana = server.join(session, "ana")) {
            ana.welcome();
            Fault.FROZEN.during(database, () -> {
                for (int i = 0; i <= MAY_WAIT; i++) {
                    ana.submit(i, 0, create("a" + i));
                }
                assertThat(ana.next(DatabaseFaultsIT::isAnswer).at("/problem/type").textValue()).endsWith(":limit-exceeded");
            });
            for (int i = 0; i < MAY_WAIT; i++) {
                assertThat(ana.next(DatabaseFaultsIT::isAnswer).get("changeId").textValue()).isEqualTo("ana:" + i);
            }
            ana.submit(MAY_WAIT, 0, create("a" + MAY_WAIT));
            assertThat(ana.next(DatabaseFaultsIT::isAnswer).get("changeId").textValue()).as("no answer came for the surplus").isEqualTo("ana:" + MAY_WAIT);
        }
    }

    private static String create(String element) {
        return "{\"op\":\"create\",\"id\":\"" + element + "\",\"elementType\":\"box\",\"parent\":null}";
    }

    private static boolean isAnswer(JsonNode frame) {
        return Stream.of("accepted", "refused", "error", "bye").anyMatch(frame.get("type").textValue()::equals);
    }

    @AfterEach
    void everybodyLeaves() {
        people.forEach(Stubborn::close);
    }

    private void newcomersAreSentAway() throws Exception {
        try (var newcomer = server.open(session)) {
            newcomer.sendHello("newcomer", "");
            requireSentAway(newcomer);
        }
    }

    private static void requireSentAway(TestClient newcomer) throws Exception {
        assertThat(newcomer.problem()).isEqualTo("storage-unavailable");
        assertThat(newcomer.closeCode()).isEqualTo(TRY_AGAIN_LATER);
    }

    private void everythingIsThereOnce() {
        var log = new TreeMap<Long, String>();
        try (var reader = server.open(session)) {
            reader.sendHello("reader", ",\"revision\":0");
            long head = reader.welcome().get("revision").longValue();
            while (log.size() < head) {
                reader.next("changes").get("changes")
                    .forEach(change -> log.put(change.get("revision").longValue(), change.get("changeId").textValue()));
            }
            assertThat(log.keySet()).containsExactlyElementsOf(LongStream.rangeClosed(1, head).boxed().toList());
            assertThat(log.values()).doesNotHaveDuplicates();
            for (Stubborn person : people) {
                assertThat(person.failure).isNull();
                person.accepted.forEach((changeId, revision) -> assertThat(log.get(revision)).as(changeId).isEqualTo(changeId));
                person.readTo(head);
                assertThat(person.seen).as("what " + person.client.name() + " was told").isEqualTo(log);
            }
        }
    }

    /** Somebody who edits, and sends again with the same name whatever could not be stored. */
    private static final class Stubborn implements Runnable {
        private final TestClient client;
        private final Map<String, Long> accepted = new ConcurrentHashMap<>();
        private final AtomicLong refusals = new AtomicLong();
        private final TreeMap<Long, String> seen = new TreeMap<>();
        private volatile boolean stop;
        private volatile Throwable failure;
        private long revision;

        Stubborn(TestClient client) {
            this.client = client;
            client.welcome();
        }

        @Override
        public void run() {
            try {
                for (long counter = 0; !stop; counter++) {
                    edit(counter);
                }
            } catch (RuntimeException | Error | InterruptedException e) {
                failure = e;
            }
        }

        private void edit(long counter) throws InterruptedException {
            String id = "of-" + client.name();
            String operation = counter == 0 ? create(id)
                : "{\"op\":\"set\",\"id\":\"" + id + "\",\"path\":[\"n\"],\"value\":" + counter + "}";
            while (true) {
                client.submit(counter, revision, operation);
                JsonNode answer = client.next(this::isReadAndAnswers);
                if (answer.get("type").textValue().equals("accepted")) {
                    accepted.put(answer.get("changeId").textValue(), answer.get("revision").longValue());
                    return;
                }
                assertThat(answer.at("/problem/type").textValue()).as(answer.toString()).endsWith(":storage-unavailable");
                assertThat(answer.at("/problem/retryAfter").intValue()).isPositive();
                refusals.incrementAndGet();
                TimeUnit.SECONDS.sleep(answer.at("/problem/retryAfter").intValue());
            }
        }

        private boolean isReadAndAnswers(JsonNode frame) {
            read(frame);
            return isAnswer(frame);
        }

        void readTo(long head) {
            while (revision < head) {
                read(client.next("changes"));
            }
        }

        private void read(JsonNode frame) {
            if (frame.get("type").textValue().equals("changes")) {
                assertThat(frame.get("from").longValue()).as("no gap").isEqualTo(revision + 1);
                frame.get("changes").forEach(change -> seen.put(change.get("revision").longValue(), change.get("changeId").textValue()));
                revision = frame.get("to").longValue();
            }
        }

        void close() {
            client.close();
        }
    }
}
