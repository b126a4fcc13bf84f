package org.chorale.realtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.chorale.protocol.ProtocolSchemas;
import org.chorale.protocol.ProtocolSchemas.Side;

/**
 * Compares all that goes over one socket with docs/protocol/schemas. What the server says has to be as described. What a test says need
 * not be: tests send bad frames on purpose; but then the server may not take them. Frames come in on other threads than the test's, so
 * violations wait until the test asks for them with {@link #requireNone}.
 */
final class ProtocolWatch {
    private static final ProtocolSchemas SCHEMAS = new ProtocolSchemas();

    private final String who;
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();
    /** What the schemas refuse of that which was sent, by what the server would say if it took it. */
    private final Map<String, List<String>> bad = new ConcurrentHashMap<>();

    /** @param who whose socket it is, for messages */
    ProtocolWatch(String who) {
        this.who = who;
    }

    /** A text frame that a test is about to send. */
    void sent(String text) {
        JsonNode frame;
        try {
            frame = TestServer.JSON.readTree(text);
        } catch (JsonProcessingException notJson) {
            return;
        }
        switch (frame.path("type").asText()) {
            case "hello" -> expect("welcome", frame);
            case "undo", "redo" -> expect("accepted " + frame.path("undoId").asText(), frame);
            case "submit" -> frame.path("changes")
                .forEach(change -> expect("accepted " + change.path("changeId").asText(), submitOf(change)));
            default -> { }
        }
    }

    /** Each change is answered by itself, so each is looked at by itself. */
    private static ObjectNode submitOf(JsonNode change) {
        ObjectNode submit = TestServer.JSON.createObjectNode().put("type", "submit");
        submit.putArray("changes").add(change);
        return submit;
    }

    private void expect(String answer, JsonNode frame) {
        List<String> wrong = SCHEMAS.violations(Side.CLIENT, frame);
        if (wrong.isEmpty()) {
            bad.remove(answer);
        } else {
            bad.put(answer, wrong);
        }
    }

    /** A text frame that came from the server; what is no JSON is a violation too. */
    void received(String text) {
        JsonNode frame;
        try {
            frame = TestServer.JSON.readTree(text);
        } catch (JsonProcessingException notJson) {
            violations.add("the server sent no JSON: " + notJson.getOriginalMessage());
            return;
        }
        for (String violation : SCHEMAS.violations(Side.SERVER, frame)) {
            violations.add("the server's " + frame.path("type").asText() + " frame is not as described: " + violation);
        }
        String type = frame.path("type").asText();
        List<String> taken = bad.get(type.equals("accepted") ? "accepted " + frame.path("changeId").asText() : type);
        if (taken != null) {
            violations.add("the server took what is not as described: " + taken);
        }
    }

    /** Fails the test that asks when anything was not as described. */
    void requireNone() {
        if (!violations.isEmpty()) {
            throw new AssertionError(who + ": " + String.join("\n", violations));
        }
    }
}
