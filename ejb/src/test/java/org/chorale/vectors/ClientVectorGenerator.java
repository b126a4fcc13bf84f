package org.chorale.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.chorale.conflict.Policies;
import org.chorale.conflict.Policy;
import org.chorale.conflict.Strategy;
import org.chorale.document.Author;
import org.chorale.document.Change;
import org.chorale.document.ChangeId;
import org.chorale.document.CommittedChange;
import org.chorale.document.CommittedChange.Kind;
import org.chorale.document.Decider;
import org.chorale.document.Decision;
import org.chorale.document.Document;
import org.chorale.document.DocumentForm;
import org.chorale.document.Frame;
import org.chorale.document.Inverse;
import org.chorale.document.Limits;
import org.chorale.document.codec.ChangeCodec;
import org.chorale.document.codec.DocumentCodec;
import org.chorale.sync.Replica;

/**
 * Writes traces of one client among others on a bad network, the same in each run; what it does and shows is what this side finds, for the
 * other to confirm. Each trace comes to rest in the end, where the client must show what the server has.
 */
final class ClientVectorGenerator {
    static final String WRITTEN = "client.json";
    static final String GENERATED = "client-generated.json";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int CASES = 60;
    private static final int ACTIONS = 22;
    private static final String[] WORDS = {"a", "bc", "def ", "ä", "\uD83D\uDE00", "xyz"};

    private final Random random;
    private final ObjectNode vector;
    private final ClientTrace trace;
    private final ArrayNode steps = JSON.arrayNode();
    private final Server server;
    private final Deque<ObjectNode> toClient = new ArrayDeque<>();
    private final Deque<JsonNode> toServer = new ArrayDeque<>();
    private final List<ChangeId> own = new ArrayList<>();
    private boolean online;
    private boolean held;
    /** Up to here the server's changes are on their way. */
    private long told;
    private int gesture;
    private int made;

    private ClientVectorGenerator(int seed) {
        random = new Random(seed);
        vector = JSON.objectNode().put("name", "client, seed " + seed).put("clientId", "me").put("userId", "ann")
            .put("changesPerFrame", 2 + random.nextInt(3));
        trace = new ClientTrace(vector);
        server = new Server(random);
    }

    /** Replaces the generated file in the directory that is the one argument, and completes the other's cases that have no outcome yet. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        Files.writeString(directory.resolve(GENERATED), generated());
        Path written = directory.resolve(WRITTEN);
        JsonNode file = Vectors.json(Vectors.text(written));
        var cases = new ArrayList<JsonNode>();
        file.get("cases").forEach(vector -> cases.add(vector.at("/steps/0").has("hash") ? vector : ClientTrace.filled(vector)));
        Files.writeString(written, Vectors.file(file.get("rules").textValue(), cases));
    }

    static String generated() {
        return Vectors.file("Random traces, as in client.json. Written by ClientVectorGenerator, one seed each; do not edit.",
            IntStream.rangeClosed(1, CASES).mapToObj(seed -> new ClientVectorGenerator(seed).vector()).toList());
    }

    private ObjectNode vector() {
        server.others(createElements());
        connect();
        receive();
        for (int i = 0; i < ACTIONS; i++) {
            server.pass();
            act();
        }
        for (int round = 0; !isAtRest(); round++) {
            assertThat(round).as("rounds until everything is at rest, %s", vector.get("name")).isLessThan(200);
            settle();
        }
        assertThat(trace.view()).isEqualTo(Vectors.json(DocumentForm.of(server.document)));
        trace.finish(steps);
        return vector.set("steps", steps);
    }

    // ---- what happens

    private void act() {
        switch (random.nextInt(16)) {
            case 0, 1, 2, 3 -> edit();
            case 4 -> undo();
            case 5, 6, 7 -> others();
            case 8, 9 -> deliver(random.nextInt(5) == 0);
            case 10, 11, 12 -> receive();
            case 13 -> broadcast(random.nextInt(4) == 0);
            case 14 -> cut();
            default -> heartbeat();
        }
        connect();
        if (random.nextInt(4) == 0) {
            release();
        }
    }

    private void settle() {
        connect();
        release();
        deliver(false);
        broadcast(false);
        if (toClient.isEmpty() && toServer.isEmpty()) {
            heartbeat();
        }
        while (!toClient.isEmpty()) {
            receive();
        }
    }

    private boolean isAtRest() {
        Replica replica = trace.replica();
        return online && toClient.isEmpty() && toServer.isEmpty() && replica.pending().isEmpty() && replica.revision() == server.revision();
    }

    private void step(String what, JsonNode how) {
        step(JSON.objectNode().set(what, how));
    }

    private void step(ObjectNode step) {
        steps.add(trace.carryOut(step));
        held = step.at("/refused/problem").asText().equals("storage-unavailable") || held && !step.has("release");
        for (JsonNode effect : step.get("effects")) {
            if (effect.has("submit") || effect.has("undo") || effect.has("resync")) {
                toServer.add(effect);
            }
        }
    }

    private void edit() {
        ObjectNode edit = JSON.objectNode();
        edit.set("operations", operations(trace.view(), "m"));
        boolean goesOn = random.nextInt(3) > 0;
        gesture += goesOn ? 0 : 1;
        if (gesture % 2 == 1) {
            edit.put("gesture", "g" + gesture);
        }
        step("edit", edit);
        own.add(trace.replica().pending().getLast().id());
    }

    private void undo() {
        if (own.isEmpty()) {
            return;
        }
        ChangeId undone = own.get(Math.max(0, own.size() - 1 - random.nextInt(3)));
        if (trace.replica().canUndo(undone)) {
            step("undo", JSON.textNode(undone.toString()));
            own.add(trace.replica().pending().getLast().id());
        }
    }

    private void others() {
        for (int i = random.nextInt(4); i >= 0; i--) {
            server.others(operations(Vectors.json(DocumentForm.of(server.document)), "o"));
        }
    }

    /** What the client sent first reaches the server, and is answered. */
    private void deliver(boolean storageIsAway) {
        if (toServer.isEmpty()) {
            return;
        }
        JsonNode frame = toServer.remove();
        if (frame.has("resync")) {
            catchUp(frame.get("resync").longValue());
        } else if (storageIsAway) {
            String first = frame.has("undo") ? frame.at("/undo/changeId").textValue() : frame.at("/submit/0/changeId").textValue();
            if (random.nextBoolean()) {
                server.decide(frame);                       // nobody can tell whether a transaction that failed was stored
            }
            toClient.add(refused(first, "storage-unavailable"));
        } else {
            toClient.addAll(server.decide(frame));
        }
    }

    private void receive() {
        if (!toClient.isEmpty()) {
            step(toClient.remove());
        }
    }

    private void broadcast(boolean isLost) {
        if (online && told < server.revision()) {
            if (!isLost) {
                toClient.add(server.changesAfter(told));
            }
            told = server.revision();
        }
    }

    /** A connection ends; what was under way to the client is lost, what was under way to the server perhaps not. */
    private void cut() {
        if (online) {
            toServer.stream().limit(random.nextInt(2)).filter(frame -> !frame.has("resync")).forEach(server::decide);
            toServer.clear();
            toClient.clear();
            online = false;
            held = false;
            step("disconnected", JSON.booleanNode(true));
        }
    }

    private void connect() {
        if (!online && (steps.isEmpty() || random.nextBoolean())) {
            online = true;
            step("connected", JSON.numberNode(server.revision()));
            catchUp(trace.replica().revision());
        }
    }

    private void catchUp(long revision) {
        toClient.add(random.nextInt(3) == 0 ? server.snapshot() : server.changesAfter(revision));
        told = server.revision();
    }

    private void release() {
        if (held) {
            step("release", JSON.booleanNode(true));
        }
    }

    private void heartbeat() {
        if (online) {
            toClient.add(JSON.objectNode().put("head", server.revision()));
        }
    }

    private static ObjectNode refused(String changeId, String problem) {
        return JSON.objectNode().set("refused", JSON.objectNode().put("changeId", changeId).put("problem", problem));
    }

    // ---- what people do

    private ArrayNode createElements() {
        ArrayNode operations = JSON.arrayNode();
        for (String id : List.of("a", "b")) {
            ObjectNode create = op("create", id).put("elementType", "box").putNull("parent");
            create.putObject("props").put("n", 1).set("v", vector3());
            create.putObject("texts").put("body", "hello ");
            operations.add(create);
        }
        return operations;
    }

    /** One or two operations on what somebody sees, never two on one text. */
    private ArrayNode operations(JsonNode view, String who) {
        ArrayNode operations = JSON.arrayNode().add(operation(view, who));
        if (random.nextInt(4) == 0) {
            ObjectNode second = operation(view, who);
            boolean isTextAgain = second.path("op").asText().equals("text") && operations.get(0).path("op").asText().equals("text");
            boolean isResolvedAgain = second.path("op").asText().equals("resolve");
            if (!isTextAgain && !isResolvedAgain) {
                operations.add(second);
            }
        }
        return operations;
    }

    private ObjectNode operation(JsonNode view, String who) {
        List<JsonNode> elements = StreamSupport.stream(view.get("elements").spliterator(), false).toList();
        if (elements.isEmpty()) {
            return create(who, JSON.nullNode());
        }
        JsonNode element = elements.get(random.nextInt(Math.min(2, elements.size())));
        String id = element.get("id").textValue();
        return switch (random.nextInt(24)) {
            case 0 -> elements.size() > 4 ? op("delete", id) : create(who, element.get("id"));
            case 1 -> op("delete", id);
            case 2, 3 -> op("restore", id);
            case 4, 5 -> move(id, elements);
            case 6 -> op("append", id).put("list", "log").set("items", JSON.arrayNode().add(
                JSON.objectNode().put("id", who + made++).put("value", random.nextInt(9))));
            case 7 -> op("member", id).put("set", "tags").put("member", random.nextBoolean() ? "red" : "blue")
                .put("on", random.nextBoolean());
            case 8, 9, 10 -> op("set", id).<ObjectNode>set("path", path("n")).put("value", random.nextInt(20));
            case 11 -> op("set", id).<ObjectNode>set("path", path("v").add(random.nextInt(3))).put("value", random.nextInt(20));
            case 12 -> op("add", id).<ObjectNode>set("path", path("n")).put("delta", random.nextInt(9) / 4.0);
            case 13 -> resolve(view, id);
            default -> text(element, id);
        };
    }

    private ObjectNode create(String who, JsonNode parent) {
        ObjectNode create = op("create", who + made++).put("elementType", "note").set("parent", parent);
        create.putObject("props");
        return create.set("texts", JSON.objectNode().put("body", word()));
    }

    private static ObjectNode op(String op, String id) {
        return JSON.objectNode().put("op", op).put("id", id);
    }

    private static ArrayNode path(String property) {
        return JSON.arrayNode().add(property);
    }

    private ArrayNode vector3() {
        return JSON.arrayNode().add(random.nextInt(9)).add(random.nextInt(9)).add(random.nextInt(9));
    }

    private String word() {
        return WORDS[random.nextInt(WORDS.length)];
    }

    private ObjectNode move(String id, List<JsonNode> elements) {
        JsonNode other = elements.get(random.nextInt(elements.size())).get("id");
        ObjectNode move = op("move", id);
        return random.nextBoolean() ? move.set("parent", other) : move.putNull("parent").set("after", other);
    }

    private ObjectNode resolve(JsonNode view, String id) {
        for (JsonNode conflict : view.get("conflicts")) {
            if (conflict.get("status").textValue().equals("OPEN")) {
                return JSON.objectNode().put("op", "resolve").put("conflict", conflict.get("id").textValue())
                    .put("choice", random.nextBoolean() ? "MINE" : "THEIRS");
            }
        }
        return op("unset", id).set("path", path("n"));
    }

    private ObjectNode text(JsonNode element, String id) {
        String text = element.at("/texts/body").asText("");
        int length = text.codePointCount(0, text.length());
        int from = random.nextInt(length + 1);
        int start = text.offsetByCodePoints(0, from);
        int end = text.offsetByCodePoints(start, random.nextInt(Math.min(4, length - from + 1)));
        ArrayNode edit = JSON.arrayNode();
        if (start > 0) {
            edit.add(start);
        }
        if (end == start || random.nextBoolean()) {
            edit.add(word());
        }
        if (end > start) {
            edit.add(start - end);
        }
        return op("text", id).put("name", "body").set("edit", edit);
    }

    // ---- the server

    private static final class Server {
        private static final Author OTHERS = new Author("bob", "p-bob");

        private final Document document;
        private final Decider decider;
        private final Map<ChangeId, CommittedChange> committed = new HashMap<>();
        private final Map<ChangeId, List<Inverse>> inverses = new HashMap<>();
        private final List<CommittedChange> log = new ArrayList<>();
        private final Random random;
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        Server(Random random) {
            this.random = random;
            document = random.nextInt(3) == 0 ? new Document(1) : new Document();
            Strategy[] strategies = Strategy.values();
            decider = new Decider(document, Limits.DEFAULT,
                Policies.DEFAULT.with("*.n", Policy.DEFAULT.withStrategy(strategies[random.nextInt(strategies.length)])));
        }

        void pass() {
            now = now.plusMillis(random.nextInt(400));
        }

        long revision() {
            return document.revision();
        }

        void others(JsonNode operations) {
            ObjectNode change = JSON.objectNode().put("changeId", "o:" + log.size()).put("baseRevision", revision())
                .put("seenRevision", revision()).set("operations", operations);
            Frame frame = decider.frame(OTHERS, now);
            Change submitted = ChangeCodec.readSubmitted(change);
            record(submitted.id(), Kind.EDIT, OTHERS, frame.decide(submitted));
        }

        /** Decides a frame of the client's; returns the answers. */
        List<ObjectNode> decide(JsonNode json) {
            var author = new Author("ann", "p-me");
            Frame frame = decider.frame(author, now);
            if (json.has("undo")) {
                ChangeId undone = ChangeId.parse(json.at("/undo/undone").textValue());
                ChangeId id = ChangeId.parse(json.at("/undo/changeId").textValue());
                if (!committed.containsKey(id) && !inverses.containsKey(undone)) {
                    return List.of(refused(id.toString(), "unknown-change"));
                }
                if (committed.containsKey(id)) {
                    return List.of(accepted(id));
                }
                Kind kind = committed.get(undone).kind() == Kind.UNDO ? Kind.REDO : Kind.UNDO;
                return List.of(record(id, kind, author, frame.undo(id, inverses.get(undone))));
            }
            var answers = new ArrayList<ObjectNode>();
            for (JsonNode each : json.get("submit")) {
                Change change = ChangeCodec.readSubmitted(each);
                if (committed.containsKey(change.id())) {
                    frame.skip(change);
                    answers.add(accepted(change.id()));
                } else {
                    answers.add(record(change.id(), Kind.EDIT, author, frame.decide(change)));
                }
                if (answers.getLast().has("refused")) {
                    break;
                }
            }
            return answers;
        }

        private ObjectNode record(ChangeId id, Kind kind, Author author, Decision decision) {
            return switch (decision) {
                case Decision.Refused(var problem) -> refused(id.toString(), problem.type().slug());
                case Decision.Accepted accepted -> {
                    add(new CommittedChange(revision(), id, kind, author, now, accepted.effective(), accepted.notes()));
                    inverses.put(id, accepted.inverse());
                    decider.tidy(accepted, now).ifPresent(this::add);
                    document.keep();
                    yield accepted(id);
                }
            };
        }

        private void add(CommittedChange change) {
            log.add(change);
            committed.put(change.id(), change);
        }

        private ObjectNode accepted(ChangeId id) {
            return JSON.objectNode().set("accepted",
                JSON.objectNode().put("changeId", id.toString()).put("revision", committed.get(id).revision()));
        }

        ObjectNode changesAfter(long revision) {
            ArrayNode changes = JSON.arrayNode();
            log.subList((int) revision, log.size()).forEach(change -> changes.add(Vectors.json(ChangeCodec.store(change).content())));
            return JSON.objectNode().set("changes", changes);
        }

        ObjectNode snapshot() {
            ObjectNode snapshot = (ObjectNode) Vectors.json(DocumentCodec.snapshot(document));
            snapshot.remove("hash");
            return JSON.objectNode().set("snapshot", snapshot);
        }
    }
}
