package org.chorale.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Writes vectors of random histories, the same in each run; what they lead to is what this side finds, for the other to confirm. A few
 * people edit a small document from behind its head: some under one name, some whose answers get lost and who then send everything again.
 */
final class HistoryGenerator {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final String[] WORDS = {"a", "bc", "def", " ", "ä", "\uD83D\uDE00", "xyz"};
    private static final String[] TYPES = {"box", "note"};
    private static final String[] KEYS = {"k", "l", "m"};
    private static final String[] PROPERTIES = {"n", "v", "s", "n", "v", "s", "v", "s", "t"};

    private final Theme theme;
    private final Random random;
    private final ObjectNode vector;
    private final History history;
    private final List<JsonNode> contents = new ArrayList<>();
    private final List<Person> people = List.of(new Person("a", "ann", "p1"), new Person("b", "bob", "p2"), new Person("c", "cleo", "p3"),
        new Person("d", "ann", "p4"), new Person("e", "bob", "p5"));
    private final List<String> undoable = new ArrayList<>();
    private Instant now = START;
    private int made;

    /** What a file's histories are mostly about. */
    enum Theme {
        DECIDE(85), CONFLICTS(90), UNDO(85);

        private final int cases;

        Theme(int cases) {
            this.cases = cases;
        }

        String file() {
            return toString() + "-generated.json";
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final class Person {
        private final String client;
        private final String user;
        private final String participant;
        private final List<JsonNode> unanswered = new ArrayList<>();
        private final Map<String, String> texts = new HashMap<>();
        private final List<String> created = new ArrayList<>();
        private long base;
        private int counter;

        Person(String client, String user, String participant) {
            this.client = client;
            this.user = user;
            this.participant = participant;
        }

        void catchUp(long revision) {
            base = revision;
            unanswered.clear();
            texts.clear();
            created.clear();
        }
    }

    private HistoryGenerator(Theme theme, int seed) {
        this.theme = theme;
        random = new Random(1000L * theme.ordinal() + seed);
        vector = JSON.objectNode().put("name", theme + ", seed " + seed);
        if (theme == Theme.CONFLICTS || theme == Theme.UNDO && random.nextBoolean()) {
            vector.set("policies", policies());
        }
        history = new History(vector);
        contents.add(history.content());
    }

    /** Replaces the generated files in the directory that is the one argument, and completes the others' cases that have no outcome yet. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        for (Theme theme : Theme.values()) {
            Files.writeString(directory.resolve(theme.file()), generated(theme));
            Path written = directory.resolve(theme + ".json");
            JsonNode file = Vectors.json(Vectors.text(written));
            var cases = new ArrayList<JsonNode>();
            file.get("cases").forEach(vector -> cases.add(vector.has("hash") ? vector : History.filled(vector)));
            Files.writeString(written, Vectors.file(file.get("rules").textValue(), cases));
        }
    }

    static String generated(Theme theme) {
        return Vectors.file("Random histories, as in " + theme + ".json. Written by HistoryGenerator, one seed each; do not edit.",
            IntStream.rangeClosed(1, theme.cases).mapToObj(seed -> new HistoryGenerator(theme, seed).vector()).toList());
    }

    private ObjectNode vector() {
        ArrayNode steps = JSON.arrayNode();
        steps.add(submitted(people.getFirst(), List.of(firstElements())));
        people.forEach(person -> person.catchUp(history.revision()));
        undoable.clear();
        for (int i = (theme == Theme.UNDO ? 5 : 4) + random.nextInt(4); i > 0; i--) {
            now = now.plusMillis(random.nextInt(450));
            Person person = people.get(random.nextInt(2 + random.nextInt(people.size() - 1)));
            boolean undoes = !undoable.isEmpty() && random.nextInt(10) < (theme == Theme.UNDO ? 5 : 1);
            steps.add(undoes ? undone(person) : submitted(person, changes(person)));
        }
        return history.finish(vector.<ObjectNode>set("steps", steps));
    }

    // ---- steps

    private ObjectNode undone(Person person) {
        // Most often something recent, so that undoing, redoing and undoing again follow each other.
        String undone = undoable.get(Math.max(0, undoable.size() - 1 - random.nextInt(4)));
        ObjectNode undo = step(person).put("changeId", nextId(person)).put("undone", undone);
        return carriedOut(person, JSON.objectNode().set("undo", undo));
    }

    private ObjectNode submitted(Person person, List<? extends JsonNode> changes) {
        var all = new ArrayList<JsonNode>(person.unanswered);
        all.addAll(changes);
        ObjectNode step = carriedOut(person, JSON.objectNode().set("submit", step(person).set("changes", JSON.arrayNode().addAll(all))));
        boolean answerIsLost = all.size() < 4 && random.nextInt(4) == 0;
        if (answerIsLost && !step.get("results").get(step.get("results").size() - 1).has("problem")) {
            person.unanswered.addAll(changes);
        } else {
            person.catchUp(history.revision());
        }
        return step;
    }

    private ObjectNode carriedOut(Person person, ObjectNode step) {
        ArrayNode results = history.carryOut(step);
        for (int i = 0; i < results.size(); i++) {
            if (results.get(i).has("operations")) {
                JsonNode done = step.has("undo") ? step.get("undo") : step.at("/submit/changes/" + i);
                undoable.add(done.get("changeId").textValue());
            }
        }
        while (contents.size() <= history.revision()) {
            contents.add(contents.size() == history.revision() ? history.content() : contents.getLast());
        }
        if (step.has("undo")) {
            person.catchUp(history.revision());
        }
        return step.set("results", results);
    }

    private ObjectNode step(Person person) {
        return JSON.objectNode().put("userId", person.user).put("participantId", person.participant).put("at", now.toString());
    }

    private static String nextId(Person person) {
        return person.client + ":" + person.counter++;
    }

    private List<ObjectNode> changes(Person person) {
        if (person.unanswered.isEmpty()) {
            // Their own last change is always among what they have; how much more of the others', differs.
            long missed = history.revision() - person.base;
            person.catchUp(person.base + Math.max(0, random.nextLong(2 * missed + 1) - missed));
        }
        JsonNode conflicts = history.content().get("conflicts");
        if (!conflicts.isEmpty() && person.unanswered.isEmpty() && random.nextInt(3) == 0) {
            person.catchUp(history.revision());
            return List.of(change(person, JSON.arrayNode().add(resolve(conflicts)), person.base));
        }
        return IntStream.rangeClosed(0, random.nextInt(3) / 2).mapToObj(i -> change(person)).toList();
    }

    private ObjectNode firstElements() {
        ArrayNode operations = JSON.arrayNode();
        for (int i = theme == Theme.CONFLICTS ? 1 : 2; i > 0; i--) {
            ObjectNode create = create(people.getFirst(), List.of());
            for (String property : List.of("n", "v", "s")) {
                ((ObjectNode) create.get("props")).set(property, value(property));
            }
            operations.add(create);
        }
        return change(people.getFirst(), operations, 0);
    }

    private ObjectNode change(Person person) {
        ArrayNode operations = JSON.arrayNode();
        for (int i = random.nextInt(5) / 2; i >= 0; i--) {
            operations.add(operation(person));
        }
        long seen = random.nextInt(3) == 0 ? 1 + random.nextLong(person.base) : person.base;
        return change(person, operations, seen);
    }

    private ObjectNode change(Person person, ArrayNode operations, long seen) {
        ObjectNode change = JSON.objectNode().put("changeId", nextId(person)).put("baseRevision", person.base).put("seenRevision", seen);
        if (random.nextInt(20) == 0) {
            change.put("strict", true);
        }
        if (theme == Theme.CONFLICTS && random.nextInt(6) == 0) {
            change.put("onConflict", any("LAST_WRITE_WINS", "AUTOMATIC", "MERGE", "MANUAL", "REJECT"));
        }
        return change.set("operations", operations);
    }

    // ---- operations

    private ObjectNode operation(Person person) {
        JsonNode content = contents.get((int) person.base);
        var elements = new ArrayList<String>(person.created);
        content.get("elements").forEach(element -> elements.add(element.get("id").textValue()));
        if (elements.isEmpty()) {
            return create(person, elements);
        }
        String id = elements.get(random.nextInt(elements.size()));
        JsonNode element = element(content, id);
        if (theme == Theme.CONFLICTS && random.nextInt(8) > 0 || theme == Theme.UNDO && random.nextInt(3) == 0) {
            return write(content, id, element);
        }
        return switch (random.nextInt(16)) {
            case 0 -> elements.size() < 5 ? create(person, elements) : op("delete", id);
            case 1 -> op("delete", id);
            case 2 -> op("restore", id);
            case 3, 4 -> place(op("move", id), elements);
            case 5, 6, 7, 8 -> text(person, id, element);
            case 9 -> append(id);
            case 10 -> item(id, element);
            case 11, 12 -> op("member", id).put("set", "tags").put("member", any("red", "blue")).put("on", random.nextInt(3) > 0);
            default -> write(content, id, element);
        };
    }

    private static ObjectNode op(String op, String id) {
        return JSON.objectNode().put("op", op).put("id", id);
    }

    private ObjectNode create(Person person, List<String> elements) {
        String id = "e" + made++;
        ObjectNode create = place(op("create", id).put("elementType", any(TYPES)), elements);
        ObjectNode props = JSON.objectNode();
        for (String property : List.of("n", "v", "s")) {
            if (random.nextInt(4) > 0) {
                props.set(property, value(property));
            }
        }
        create.set("props", props);
        String text = random.nextBoolean() ? words() : "";
        if (!text.isEmpty()) {
            create.set("texts", JSON.objectNode().put("body", text));
        }
        if (elements.size() > 1 && random.nextInt(6) == 0) {
            create.set("refs", JSON.arrayNode().add(elements.getFirst()));
        }
        person.created.add(id);
        person.texts.put(id + " body", text);
        return create;
    }

    private ObjectNode place(ObjectNode operation, List<String> elements) {
        String parent = elements.isEmpty() || random.nextInt(3) > 0 ? null : elements.get(random.nextInt(elements.size()));
        operation.put("parent", parent);
        if (!elements.isEmpty() && random.nextBoolean()) {
            operation.put("after", random.nextInt(3) == 0 ? null : elements.get(random.nextInt(elements.size())));
        }
        return operation;
    }

    private ObjectNode text(Person person, String id, JsonNode element) {
        String name = random.nextInt(5) == 0 ? "title" : "body";
        String text = person.texts.getOrDefault(id + " " + name, element.at("/texts/" + name).asText(""));
        int length = text.codePointCount(0, text.length());
        int from = random.nextInt(length + 1);
        int start = text.offsetByCodePoints(0, from);
        int end = text.offsetByCodePoints(start, random.nextInt(Math.min(4, length - from + 1)));
        String inserted = end > start && random.nextBoolean() ? "" : words();
        person.texts.put(id + " " + name, text.substring(0, start) + inserted + text.substring(end));
        ArrayNode edit = JSON.arrayNode();
        if (start > 0) {
            edit.add(start);
        }
        if (!inserted.isEmpty()) {
            edit.add(inserted);
        }
        if (end > start) {
            edit.add(start - end);
        }
        return op("text", id).put("name", name).set("edit", edit);
    }

    private ObjectNode append(String id) {
        ArrayNode items = JSON.arrayNode();
        for (int i = random.nextInt(2); i >= 0; i--) {
            items.add(JSON.objectNode().put("id", "i" + made++).set("value", value("n")));
        }
        return op("append", id).put("list", "log").set("items", items);
    }

    private ObjectNode item(String id, JsonNode element) {
        JsonNode items = element.at("/lists/log");
        return items.isEmpty() ? append(id) : op("item", id).put("list", "log")
            .put("item", items.get(random.nextInt(items.size())).get("id").textValue()).put("retracted", random.nextInt(3) > 0);
    }

    private ObjectNode write(JsonNode content, String id, JsonNode element) {
        if (!content.get("conflicts").isEmpty() && random.nextInt(4) == 0) {
            return resolve(content.get("conflicts"));
        }
        String property = any(PROPERTIES);
        ArrayNode path = JSON.arrayNode().add(property);
        JsonNode present = element.at("/props/" + property);
        if (property.equals("v") && random.nextInt(5) < 2) {
            int index = random.nextInt(3);
            path.add(index);
            present = present.path(index);
        } else if (property.equals("s") && random.nextInt(5) < 2) {
            String key = any(KEYS);
            path.add(key);
            present = present.path(key);
        }
        JsonNode value = path.size() == 2 ? number() : value(property);
        return switch (random.nextInt(12)) {
            case 0 -> previous(op("unset", id).set("path", path), present);
            case 1 -> op("add", id).<ObjectNode>set("path", path).set("delta", property.equals("v") ? value : number());
            default -> previous(op("set", id).<ObjectNode>set("path", path).set("value", value), present);
        };
    }

    private ObjectNode previous(ObjectNode write, JsonNode present) {
        return present.isMissingNode() || random.nextInt(4) == 0 ? write : write.set("previous", present);
    }

    private ObjectNode resolve(JsonNode conflicts) {
        var open = new ArrayList<JsonNode>();
        conflicts.forEach(conflict -> {
            if (open.isEmpty() || conflict.get("status").textValue().equals("OPEN")) {
                open.add(conflict);
            }
        });
        String choice = any("MINE", "THEIRS", "AVERAGE", "VALUE", "LAST_WRITE_WINS", "MERGE", "REJECT");
        ObjectNode resolve = JSON.objectNode().put("op", "resolve")
            .put("conflict", open.getLast().get("id").textValue()).put("choice", choice);
        return choice.equals("VALUE") ? resolve.set("value", number()) : resolve;
    }

    // ---- values

    private static JsonNode element(JsonNode content, String id) {
        for (JsonNode element : content.get("elements")) {
            if (element.get("id").textValue().equals(id)) {
                return element;
            }
        }
        return JSON.missingNode();
    }

    private JsonNode value(String property) {
        return switch (property) {
            case "n" -> number();
            case "v" -> JSON.arrayNode().add(number()).add(number()).add(number());
            case "s" -> {
                ObjectNode struct = JSON.objectNode();
                for (String key : KEYS) {
                    if (random.nextInt(3) > 0) {
                        struct.set(key, number());
                    }
                }
                yield struct;
            }
            default -> random.nextInt(4) == 0 ? JSON.nullNode() : JSON.textNode(any(WORDS));
        };
    }

    private JsonNode number() {
        int number = random.nextInt(20) - 5;
        return random.nextInt(5) == 0 ? JSON.numberNode(number / 10.0) : JSON.numberNode(number);
    }

    private String words() {
        return any(WORDS) + (random.nextBoolean() ? any(WORDS) : "");
    }

    private ObjectNode policies() {
        ObjectNode policies = JSON.objectNode();
        for (String name : List.of("*.n", "box.v", "note.v", "*.s", "box.s", "note.*", "*.tags", "*.*")) {
            if (random.nextInt(3) > 0) {
                policies.set(name, JSON.objectNode()
                    .put("strategy", any("LAST_WRITE_WINS", "AUTOMATIC", "MERGE", "MERGE", "MANUAL", "MANUAL", "REJECT"))
                    .put("blend", any("DELTA", "AVERAGE", "MIN", "MAX")).put("windowMs", random.nextInt(4) == 0 ? 300 : 0)
                    .put("atomic", random.nextInt(8) == 0));
            }
        }
        return policies;
    }

    private String any(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
