package org.chorale.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A socket whose frames wait to be looked at; waiting for one that does not come fails the test. */
final class TestClient implements AutoCloseable, WebSocket.Listener {
    private final String name;
    private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private WebSocket socket;
    private Optional<JsonNode> welcome = Optional.empty();
    private final Set<String> left = ConcurrentHashMap.newKeySet();
    private volatile boolean reading = true;

    private TestClient(String name) {
        this.name = name;
    }

    static TestClient open(HttpClient http, URI uri, String name) {
        var client = new TestClient(name);
        client.socket = http.newWebSocketBuilder().subprotocols("chorale.v1").buildAsync(uri, client).join();
        assertThat(client.socket.getSubprotocol()).isEqualTo("chorale.v1");
        return client;
    }

    String name() {
        return name;
    }

    void send(String frame) {
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

    boolean hasSeenLeave(String participantId) {
        return left.contains(participantId);
    }

    JsonNode welcome() {
        if (welcome.isEmpty()) {
            welcome = Optional.of(next("welcome"));
        }
        return welcome.get();
    }

    /** The next frame of a type; others before it are passed over. */
    JsonNode next(String type) {
        try {
            while (true) {
                JsonNode frame = frames.poll(TestServer.PATIENCE.toSeconds(), TimeUnit.SECONDS);
                assertThat(frame).as(name + " waits for " + type).isNotNull();
                if (frame.get("type").textValue().equals(type)) {
                    return frame;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
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

    @Override
    public void close() {
        socket.abort();
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            try {
                JsonNode frame = TestServer.JSON.readTree(partial.toString());
                frame.path("left").forEach(participant -> left.add(participant.textValue()));
                frames.add(frame);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("the server sent no JSON", e);
            }
            partial.setLength(0);
        }
        if (reading) {
            webSocket.request(1);
        }
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
        closed.complete(code);
        return null;
    }
}
