package org.chorale.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * A socket whose frames wait to be looked at; waiting for one that does not come fails the test, and so does a frame that is not as
 * docs/protocol describes it: at the next look, at the latest when the client is closed.
 */
final class TestClient implements AutoCloseable, WebSocket.Listener {
    private final String name;
    private final ProtocolWatch watch;
    private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private WebSocket socket;
    private Optional<JsonNode> welcome = Optional.empty();
    private final Set<String> gone = ConcurrentHashMap.newKeySet();
    private final ByteArrayOutputStream partialBinary = new ByteArrayOutputStream();
    private final AtomicLong binaryBytes = new AtomicLong();
    private volatile boolean reading = true;

    private TestClient(String name) {
        this.name = name;
        this.watch = new ProtocolWatch(name);
    }

    static TestClient open(HttpClient http, URI uri, String name) {
        return open(http, uri, name, "chorale.v1");
    }

    static TestClient open(HttpClient http, URI uri, String name, String protocol) {
        var client = new TestClient(name);
        client.socket = http.newWebSocketBuilder().subprotocols(protocol).buildAsync(uri, client).join();
        assertThat(client.socket.getSubprotocol()).isEqualTo(protocol);
        return client;
    }

    String name() {
        return name;
    }

    /** Sends any text, also what no client should send: what the schemas refuse, the server has to refuse. */
    void send(String frame) {
        watch.sent(frame);
        socket.sendText(frame, true).join();
    }

    void sendBinary(byte[] frame) {
        socket.sendBinary(ByteBuffer.wrap(frame), true).join();
    }

    /** @param more further fields of the frame, each with a comma before it */
    void sendHello(String guest, String more) {
        sendHello(guest, guest, more);
    }

    void sendHello(String guest, String clientId, String more) {
        send("{\"type\":\"hello\",\"clientId\":\"" + clientId + "\",\"guest\":{\"name\":\"" + guest + "\",\"color\":\"#336699\",\"secret\":\""
            + (guest + "-0123456789abcdef") + "\"}" + more + "}");
    }

    void submit(long counter, long base, String operation) {
        send("{\"type\":\"submit\",\"changes\":[" + TestServer.change(name + ":" + counter, base, operation) + "]}");
    }

    /** From now on nothing is taken from the socket. */
    void stopReading() {
        reading = false;
    }

    /** Whether this client was told that somebody left, or that nobody is at their seat. */
    boolean hasSeenGo(String participantId) {
        return gone.contains(participantId);
    }

    /** How many bytes came in compressed frames. */
    long binaryBytes() {
        return binaryBytes.get();
    }

    JsonNode welcome() {
        if (welcome.isEmpty()) {
            welcome = Optional.of(next("welcome"));
        }
        return welcome.get();
    }

    /** The next frame of a type; others before it are passed over. */
    JsonNode next(String type) {
        return next(type, frame -> frame.get("type").textValue().equals(type));
    }

    /** The next frame that is looked for; others before it are shown too, and passed over. */
    JsonNode next(Predicate<JsonNode> wanted) {
        return next("a frame", wanted);
    }

    private JsonNode next(String what, Predicate<JsonNode> wanted) {
        try {
            while (true) {
                JsonNode frame = frames.poll(TestServer.PATIENCE.toSeconds(), TimeUnit.SECONDS);
                watch.requireNone();
                assertThat(frame).as(name + " waits for " + what).isNotNull();
                if (wanted.test(frame)) {
                    return frame;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The next news of one kind about people: {@code joined}, {@code left} or {@code updated}. */
    JsonNode nextPresence(String kind) {
        while (true) {
            JsonNode news = next("presence").get(kind);
            if (!news.isEmpty()) {
                return news.get(0);
            }
        }
    }

    /** Waits until somebody is said to have a status. */
    void untilStatus(String participantId, String status) {
        while (true) {
            for (JsonNode updated : next("presence").get("updated")) {
                if (updated.get("participantId").textValue().equals(participantId) && updated.get("status").textValue().equals(status)) {
                    return;
                }
            }
        }
    }

    /** The slug of the next error frame's problem. */
    String problem() {
        return next("error").at("/problem/type").textValue().replace("urn:chorale:problem:", "");
    }

    /** The connection still answers; returns the head. */
    long requireAlive() {
        send("{\"type\":\"ping\",\"t\":1}");
        return next("pong").get("revision").longValue();
    }

    int closeCode() throws Exception {
        return closed.get(TestServer.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** The network is gone, and nobody says so. */
    void vanish() {
        socket.abort();
    }

    /** The page is reloaded: the browser closes its socket, and means to come back. */
    void reload() {
        socket.sendClose(1001, "").join();
        socket.abort();
    }

    /** Leaves for good. */
    @Override
    public void close() {
        if (!socket.isOutputClosed()) {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").exceptionally(broken -> null).join();
        }
        socket.abort();
        watch.requireNone();
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            receive(partial.toString());
            partial.setLength(0);
        }
        if (reading) {
            webSocket.request(1);
        }
        return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        partialBinary.writeBytes(bytes);
        if (last) {
            binaryBytes.addAndGet(partialBinary.size());
            receive(inflate(partialBinary.toByteArray()));
            partialBinary.reset();
        }
        webSocket.request(1);
        return null;
    }

    private void receive(String text) {
        watch.received(text);
        try {
            JsonNode frame = TestServer.JSON.readTree(text);
            frame.path("left").forEach(participant -> gone.add(participant.textValue()));
            frame.path("updated").forEach(participant -> {
                if (participant.get("status").textValue().equals("OFFLINE")) {
                    gone.add(participant.get("participantId").textValue());
                }
            });
            frames.add(frame);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the server sent no JSON", e);
        }
    }

    private static String inflate(byte[] compressed) {
        try (var in = new InflaterInputStream(new ByteArrayInputStream(compressed), new Inflater(true))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the server sent no deflate", e);
        }
    }

    /** What a client would send that compresses. */
    static byte[] deflate(String frame) {
        var out = new ByteArrayOutputStream();
        try (var deflate = new DeflaterOutputStream(out, new Deflater(Deflater.BEST_COMPRESSION, true))) {
            deflate.write(frame.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
        closed.complete(code);
        return null;
    }
}
