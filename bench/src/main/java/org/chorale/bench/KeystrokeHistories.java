package org.chorale.bench;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.chorale.conflict.Policies;
import org.chorale.document.Author;
import org.chorale.document.Change;
import org.chorale.document.ChangeId;
import org.chorale.document.Decider;
import org.chorale.document.Decision;
import org.chorale.document.Document;
import org.chorale.document.DocumentForm;
import org.chorale.document.Frame;
import org.chorale.document.Limits;
import org.chorale.operation.ElementId;
import org.chorale.operation.Operation;
import org.chorale.operation.Position;
import org.chorale.text.TextEdit;

/**
 * People write one text together: how long does one keystroke take the server? The histories are made up, yet the same for the same seed.
 * Each is replayed several times, the first ones to warm up; every replay must end in the same document.
 */
public final class KeystrokeHistories {
    private static final ElementId NOTE = new ElementId("note");
    private static final Instant NOW = Instant.EPOCH;
    private static final Operation BEGINNING = new Operation.Create(NOTE, "note", ElementId.ROOT, Position.Edge.LAST, Map.of(),
        Map.of("body", "Minutes. ".repeat(200)), List.of());
    private static final int REPLAYS = 5;

    private KeystrokeHistories() {}

    /** Changes that one client sent together. */
    private record Sent(Author author, List<Change> changes) {}

    private record Committed(Author author, TextEdit edit) {}

    /** @param arguments how many keystrokes, and the seed */
    public static void main(String... arguments) {
        int keystrokes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
        System.out.println("| writers | changes | of them behind others | furthest behind | characters at the end | changes a second "
            + "| p50 µs | p95 µs | p99 µs | longest µs |");
        System.out.println("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        for (int writers : new int[] {1, 3, 10}) {
            System.out.println(measure(writers, keystrokes, seed));
        }
    }

    private static String measure(int writers, int keystrokes, long seed) {
        var history = new History(writers, seed);
        List<Sent> frames = history.write(keystrokes);
        String expected = DocumentForm.hash(history.server.document);
        var times = new long[keystrokes];
        for (int i = 0; i < REPLAYS; i++) {
            var server = new Server();
            replay(frames, server, times);
            String hash = DocumentForm.hash(server.document);
            if (!hash.equals(expected)) {
                throw new IllegalStateException("document: " + hash + " (expected: " + expected + ")");
            }
        }
        long total = Arrays.stream(times).sum();
        Arrays.sort(times);
        return "| %d | %,d | %,d | %,d | %,d | %,d | %.1f | %.1f | %.1f | %.0f |".formatted(writers, keystrokes, history.behind,
            history.furthest, history.server.length, keystrokes * 1_000_000_000L / total, micros(times, 0.5), micros(times, 0.95),
            micros(times, 0.99), micros(times, 1));
    }

    private static void replay(List<Sent> frames, Server server, long[] times) {
        int done = 0;
        for (Sent sent : frames) {
            Frame frame = server.decider.frame(sent.author, NOW);
            for (Change change : sent.changes) {
                long start = System.nanoTime();
                Decision decision = frame.decide(change);
                server.document.keep();
                times[done++] = System.nanoTime() - start;
                requireAccepted(decision);
            }
        }
    }

    private static Decision.Accepted requireAccepted(Decision decision) {
        if (decision instanceof Decision.Accepted accepted) {
            return accepted;
        }
        throw new IllegalStateException(decision + " (expected: accepted)");
    }

    private static double micros(long[] sorted, double quantile) {
        return sorted[(int) Math.min(sorted.length - 1, sorted.length * quantile)] / 1000.0;
    }

    /** The deciding side. */
    private static final class Server {
        final Document document = new Document();
        final Decider decider = new Decider(document, Limits.DEFAULT, Policies.DEFAULT);
        final List<Committed> edits = new ArrayList<>();
        int length;

        Server() {
            var change = new Change(new ChangeId("first", 0), 0, 0, List.of(BEGINNING));
            requireAccepted(decider.decide(change, new Author("first", "first"), NOW));
            document.keep();
            length = document.element(NOTE).orElseThrow().text("body").length();
        }

        void take(Sent sent) {
            Frame frame = decider.frame(sent.author, NOW);
            for (Change change : sent.changes) {
                var operations = requireAccepted(frame.decide(change)).effective();
                document.keep();
                TextEdit edit = operations.isEmpty() ? TextEdit.of() : ((Operation.EditText) operations.getFirst()).edit();
                edits.add(new Committed(sent.author, edit));
                length += edit.lengthChange();
            }
        }
    }

    /** Several writers in front of one server. */
    private static final class History {
        /** In how many of a writer's turns they are offline, and for how many turns of all at most. */
        private static final double OFFLINE = 0.002;
        private static final int LONGEST_ABSENCE = 400;

        final Server server = new Server();
        private final SplittableRandom random;
        private final List<Writer> writers = new ArrayList<>();
        long behind;
        long furthest;

        History(int count, long seed) {
            random = new SplittableRandom(seed);
            for (int i = 0; i < count; i++) {
                writers.add(new Writer("writer-" + i, random.split()));
            }
        }

        /** Each writer sends what they typed since their last turn, based on what they saw then; so all others' turns are in between. */
        List<Sent> write(int keystrokes) {
            var frames = new ArrayList<Sent>();
            int left = keystrokes;
            writers.forEach(writer -> writer.look(server));
            for (int turn = 0; left > 0; turn++) {
                Writer writer = writers.get(random.nextInt(writers.size()));
                if (writer.absentUntil > turn) {
                    continue;
                }
                if (writers.size() > 1 && random.nextDouble() < OFFLINE) {
                    writer.absentUntil = turn + random.nextInt(LONGEST_ABSENCE);
                    continue;
                }
                Sent sent = writer.type(Math.min(left, writer.random.nextInt(1, 8)));
                long lag = server.document.revision() - writer.base;
                behind += lag > 0 ? sent.changes.size() : 0;
                furthest = Math.max(furthest, lag);
                server.take(sent);
                frames.add(sent);
                left -= sent.changes.size();
                writer.look(server);
            }
            return frames;
        }
    }

    /** Somebody at a keyboard, who knows how long the text was when they last looked and what they did since. */
    private static final class Writer {
        private static final String[] WORDS = {"the ", "kernel ", "decides, ", "a ", "“change” ", "of ", "Größe ", "text. ", "and\n", "so "};

        private final Author author;
        private final SplittableRandom random;
        private long counter;
        private long base;
        private int length;
        private int cursor;
        private String word = "";
        private int absentUntil;

        Writer(String name, SplittableRandom random) {
            this.author = new Author(name, name);
            this.random = random;
        }

        /** Receives everything; the cursor stays with the characters that it stood behind. */
        void look(Server server) {
            if (base > 0) {
                // The first edit made revision 2, since the first revision made the note.
                server.edits.subList((int) base - 1, server.edits.size()).stream().filter(edit -> !edit.author.equals(author))
                    .forEach(edit -> follow(edit.edit));
            }
            base = server.document.revision();
            length = server.length;
            cursor = Math.min(cursor, length);
        }

        private void follow(TextEdit edit) {
            int at = 0;
            for (TextEdit.Step step : edit.steps()) {
                switch (step) {
                    case TextEdit.Step.Retain(int count) -> at += count;
                    case TextEdit.Step.Insert(String text) -> {
                        cursor += at < cursor ? text.length() : 0;
                        at += text.length();
                    }
                    case TextEdit.Step.Delete(int count) -> cursor -= Math.clamp(cursor - at, 0, count);
                }
            }
        }

        Sent type(int keystrokes) {
            var changes = new ArrayList<Change>();
            while (changes.size() < keystrokes) {
                TextEdit edit = keystroke();
                length += edit.lengthChange();
                var operation = new Operation.EditText(NOTE, "body", edit);
                changes.add(new Change(new ChangeId(author.participantId(), counter++), base, base, List.of(operation)));
            }
            return new Sent(author, changes);
        }

        /** Mostly one character of a word; backspaces, jumps between words, and sometimes a paste or a cut. */
        private TextEdit keystroke() {
            int dice = random.nextInt(1000);
            if (word.isEmpty()) {
                if (dice < 100) {
                    jump();
                }
                word = WORDS[random.nextInt(WORDS.length)];
            }
            if (dice < 100 && cursor > 0) {
                return TextEdit.delete(--cursor, 1);
            }
            if (dice > 997) {
                return insert("Pasted from somewhere else. ".repeat(random.nextInt(1, 20)));
            }
            if (dice > 995 && length - cursor > 0) {
                return TextEdit.delete(cursor, Math.min(length - cursor, random.nextInt(1, 400)));
            }
            String character = word.substring(0, 1);
            word = word.substring(1);
            return insert(character);
        }

        /** Near by, as one goes back to what one just wrote, or anywhere. */
        private void jump() {
            cursor = random.nextInt(4) == 0 ? random.nextInt(length + 1)
                : Math.clamp(cursor + random.nextInt(-200, 200), 0, length);
        }

        private TextEdit insert(String text) {
            var edit = TextEdit.insert(cursor, text);
            cursor += text.length();
            return edit;
        }
    }
}
