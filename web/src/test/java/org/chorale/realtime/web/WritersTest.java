package org.chorale.realtime.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections over sockets that read when the test wants. */
class WritersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MAX_QUEUED = 10_000;
    private static final CloseReason NORMAL = new CloseReason(CloseReason.CloseCodes.NORMAL_CLOSURE, "sent away");

    private final Writers writers = new Writers();
    private final List<Socket> sockets = new ArrayList<>();

    @BeforeEach
    void start() {
        writers.start();
    }

    @AfterEach
    void stop() {
        sockets.forEach(Socket::read);
        writers.close();
    }

    @Test
    void given_many_connections_when_many_threads_tell_them_all_then_each_gets_everything_once_and_in_each_threads_order() throws Exception {
        List<Connection> connections = connections(50);
        List<Thread> tellers = IntStream.range(0, 4).mapToObj(teller -> Thread.ofPlatform().start(() -> {
            for (int i = 0; i < 200; i++) {
                var frame = new Outbound.Text(teller + ":" + i);
                connections.forEach(connection -> connection.offer(frame));
                writers.wake();
            }
        })).toList();
        for (Thread teller : tellers) {
            teller.join();
        }

        for (Socket socket : sockets) {
            socket.awaitFrames(800);
            for (int teller = 0; teller < 4; teller++) {
                String prefix = teller + ":";
                assertThat(socket.frames().stream().filter(frame -> frame.startsWith(prefix)))
                    .isEqualTo(IntStream.range(0, 200).mapToObj(i -> prefix + i).toList());
            }
        }
    }

    @Test
    void given_more_peers_that_do_not_read_than_there_are_writers_when_all_are_told_then_the_others_get_everything() throws Exception {
        List<Connection> connections = connections(40);
        List<Socket> slow = sockets.subList(0, 30);
        slow.forEach(Socket::stopReading);

        for (String frame : List.of("one", "two", "three")) {
            connections.forEach(connection -> connection.offer(new Outbound.Text(frame)));
            writers.wake();
            for (Socket socket : sockets.subList(30, 40)) {
                socket.awaitFrame(frame);
            }
        }
        assertThat(slow).allMatch(socket -> socket.frames().isEmpty());
        assertThat(writers.count()).as("one in each write that does not end").isGreaterThan(30);

        slow.forEach(Socket::read);
        for (Socket socket : sockets) {
            assertThat(socket.awaitFrames(3).frames()).containsExactly("one", "two", "three");
        }
        sockets.getFirst().await("who is not needed goes", () -> writers.count() == Runtime.getRuntime().availableProcessors());
    }

    @Test
    void given_a_peer_that_does_not_read_when_more_waits_than_may_then_its_socket_is_closed_and_its_writer_writes_for_others() throws Exception {
        Connection connection = connections(1).getFirst();
        Socket socket = sockets.getFirst();
        socket.stopReading();
        connection.send("x".repeat(MAX_QUEUED));
        socket.awaitWriting();

        Stream.generate(() -> "y".repeat(MAX_QUEUED / 4)).limit(6).forEach(connection::send);

        socket.await("closed", () -> socket.closed().isPresent());
        assertThat(socket.closed()).contains("tooSlow");
        socket.await("the writer was interrupted", () -> socket.interrupted() == 1);
        assertThat(connection.queued()).isZero();
        assertThat(connection.isClosing()).isTrue();
        connection.send("to nobody");

        Connection other = connections(1).getFirst();
        for (int i = 0; i < 100; i++) {
            other.send("frame " + i);
        }
        assertThat(sockets.getLast().awaitFrames(100).interrupted()).isZero();
        assertThat(socket.frames()).isEmpty();
    }

    @Test
    void given_a_connection_that_is_sent_away_when_frames_wait_then_they_are_sent_before_its_last_frame_and_nothing_after() throws Exception {
        Connection connection = connections(1).getFirst();
        Socket socket = sockets.getFirst();
        socket.stopReading();
        connection.send("one");
        connection.send("two");
        connection.close("bye", NORMAL);
        connection.send("too late");
        connection.close("bye again", NORMAL);
        socket.read();

        socket.await("closed", () -> socket.closed().isPresent());
        assertThat(socket.frames()).containsExactly("one", "two", "bye");
        assertThat(socket.closed()).contains("sent away");
    }

    @Test
    void given_a_socket_that_breaks_when_it_is_written_to_then_it_is_closed_and_others_are_written_to() throws Exception {
        List<Connection> connections = connections(2);
        sockets.getFirst().breakDown();

        connections.forEach(connection -> connection.send("frame"));

        Socket broken = sockets.getFirst();
        broken.await("closed", () -> broken.closed().isPresent());
        assertThat(broken.closed()).contains("broken");
        sockets.getLast().awaitFrame("frame");
        assertThat(connections.getFirst().isClosing()).isTrue();
    }

    @Test
    void given_writers_that_have_gone_when_somebody_is_sent_away_then_the_farewell_is_sent() throws Exception {
        Connection connection = connections(1).getFirst();
        writers.close();

        connection.close("bye", NORMAL);

        Socket socket = sockets.getFirst();
        socket.await("closed", () -> socket.closed().isPresent());
        assertThat(socket.frames()).containsExactly("bye");
    }

    private List<Connection> connections(int count) {
        return IntStream.range(0, count).mapToObj(i -> {
            var socket = new Socket();
            sockets.add(socket);
            return new Connection(socket.session(), writers, MAX_QUEUED, Integer.MAX_VALUE, nanos -> { }, Instant.EPOCH);
        }).toList();
    }

    /** A socket whose peer reads, does not, or is gone. */
    private static final class Socket {
        private final List<String> frames = new ArrayList<>();
        private CountDownLatch gate = new CountDownLatch(0);
        private boolean broken;
        private boolean writing;
        private int interrupted;
        private Optional<String> closed = Optional.empty();

        Session session() {
            RemoteEndpoint.Basic remote = proxy(RemoteEndpoint.Basic.class, (method, arguments) -> {
                write((String) arguments[0]);
                return null;
            });
            return proxy(Session.class, (method, arguments) -> switch (method) {
                case "getId" -> "socket";
                case "getUserProperties" -> Map.of();
                case "getBasicRemote" -> remote;
                case "isOpen" -> closed().isEmpty();
                case "close" -> {
                    close((CloseReason) arguments[0]);
                    yield null;
                }
                default -> throw new UnsupportedOperationException(method);
            });
        }

        private interface Answer {
            Object to(String method, Object[] arguments) throws IOException;
        }

        private static <T> T proxy(Class<T> type, Answer answer) {
            return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
                (self, method, arguments) -> answer.to(method.getName(), arguments)));
        }

        private void write(String frame) throws IOException {
            CountDownLatch reading;
            synchronized (this) {
                if (broken) {
                    throw new IOException("broken pipe");
                }
                assertThat(writing).as("somebody else writes").isFalse();
                writing = true;
                reading = gate;
            }
            try {
                reading.await();
                took(frame);
            } catch (InterruptedException e) {
                wasInterrupted();
                throw new IOException(e);
            } finally {
                hasWritten();
            }
        }

        private synchronized void took(String frame) {
            frames.add(frame);
        }

        private synchronized void wasInterrupted() {
            interrupted++;
        }

        private synchronized void hasWritten() {
            writing = false;
        }

        private synchronized void close(CloseReason reason) {
            closed = closed.or(() -> Optional.of(reason.getReasonPhrase()));
        }

        synchronized void stopReading() {
            gate = new CountDownLatch(1);
        }

        synchronized void read() {
            gate.countDown();
        }

        synchronized void breakDown() {
            broken = true;
        }

        synchronized List<String> frames() {
            return List.copyOf(frames);
        }

        synchronized Optional<String> closed() {
            return closed;
        }

        synchronized int interrupted() {
            return interrupted;
        }

        private synchronized boolean isWriting() {
            return writing;
        }

        void awaitWriting() throws InterruptedException {
            await("somebody writes", this::isWriting);
        }

        void awaitFrame(String frame) throws InterruptedException {
            await(frame, () -> frames().contains(frame));
        }

        Socket awaitFrames(int count) throws InterruptedException {
            return await(count + " frames", () -> frames().size() >= count);
        }

        Socket await(String what, BooleanSupplier reached) throws InterruptedException {
            Instant deadline = Instant.now().plus(PATIENCE);
            while (!reached.getAsBoolean()) {
                assertThat(Instant.now()).as(what).isBefore(deadline);
                Thread.sleep(2);
            }
            return this;
        }
    }
}
