package org.chorale.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.chorale.conflict.Blend;
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
import org.chorale.document.Element;
import org.chorale.document.Frame;
import org.chorale.document.Inverse;
import org.chorale.document.Limits;
import org.chorale.problem.Problem;
import org.chorale.sync.Effect;
import org.chorale.sync.Replica;

/**
 * A server and several clients on a network that delays, reorders between clients, cuts connections and loses what is under way; all from
 * one seed. After it has come to rest, everybody must see the same.
 */
final class Simulation {
    /** One message on its way from the server to a client. */
    private sealed interface Message {
        record Changes(List<CommittedChange> changes) implements Message {}

        record Accepted(ChangeId id, long revision) implements Message {}

        record Refused(ChangeId id, Problem problem) implements Message {}

        record Snapshot(long revision) implements Message {}
    }

    private final Random random;
    private final Document document = new Document();
    private final Decider decider;
    private final List<CommittedChange> log = new ArrayList<>();
    private final Map<ChangeId, Long> revisions = new HashMap<>();
    private final Map<ChangeId, List<Inverse>> inverses = new HashMap<>();
    private final List<Client> clients = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long commits;

    Simulation(long seed, int people) {
        random = new Random(seed);
        decider = new Decider(document, Limits.DEFAULT, policies(random));
        for (int i = 0; i < people; i++) {
            // The last two are one user with two clients.
            clients.add(new Client("c" + i, "u" + Math.min(i, Math.max(0, people - 2))));
        }
    }

    private static Policies policies(Random random) {
        Strategy[] strategies = Strategy.values();
        Blend[] blends = Blend.values();
        var policy = Policy.DEFAULT.withStrategy(strategies[random.nextInt(strategies.length)])
            .withBlend(blends[random.nextInt(blends.length)]);
        return Policies.DEFAULT.with("*.n", policy).with("*.v", policy.withStrategy(strategies[random.nextInt(strategies.length)]));
    }

    /** Runs some steps, lets everything come to rest, and checks what must hold. Answers how many operations were decided. */
    long run(int steps) {
        for (int i = 0; i < steps; i++) {
            now = now.plus(Duration.ofMillis(random.nextInt(300)));
            clients.get(random.nextInt(clients.size())).step();
        }
        settle();
        check();
        return commits;
    }

    private void settle() {
        for (int round = 0; clients.stream().anyMatch(Client::isBusy); round++) {
            assertThat(round).as("rounds until everything is at rest").isLessThan(10_000);
            clients.forEach(Client::advance);
        }
    }

    private void check() {
        String expected = DocumentForm.of(document);
        for (Client client : clients) {
            assertThat(client.replica.revision()).as(client.name).isEqualTo(document.revision());
            assertThat(DocumentForm.of(client.replica.view())).as("what %s sees", client.name).isEqualTo(expected);
            assertThat(DocumentForm.hash(client.replica.view())).isEqualTo(DocumentForm.hash(document));
            assertThat(client.told).as("changes that %s was told of", client.name).containsAll(client.confirmedOwn());
        }
        Document folded = folded(log.size());
        assertThat(DocumentForm.of(folded)).as("the folded log").isEqualTo(expected);
        checkSoundness();
    }

    private void checkSoundness() {
        var places = new HashSet<String>();
        for (Element element : document.elements()) {
            assertThat(places.add(element.parent() + "@" + element.order())).as("place of %s is its own", element.id()).isTrue();
            var above = new HashSet<String>();
            for (Element at = element; !at.parent().isRoot(); at = document.element(at.parent()).orElseThrow()) {
                assertThat(above.add(at.id().value())).as("%s is under itself", element.id()).isTrue();
            }
            element.texts().values().forEach(text ->
                assertThat(java.nio.charset.StandardCharsets.UTF_8.newEncoder().canEncode(text)).as("valid Unicode").isTrue());
        }
    }

    private Document folded(long revision) {
        var folded = new Document();
        log.subList(0, (int) revision).forEach(folded::apply);
        folded.keep();
        return folded;
    }

    // ---- the server

    private List<Message> submit(Client from, List<Change> changes) {
        var replies = new ArrayList<Message>();
        Frame frame = decider.frame(new Author(from.user, from.name), now);
        for (Change change : changes) {
            Long known = revisions.get(change.id());
            if (known != null) {
                frame.skip(change);
                replies.add(new Message.Accepted(change.id(), known));
                continue;
            }
            Optional<Message> refusal = commit(from, change.id(), Kind.EDIT, frame.decide(change), replies);
            if (refusal.isPresent()) {
                break;
            }
        }
        return replies;
    }

    private List<Message> undo(Client from, ChangeId id, ChangeId undone) {
        var replies = new ArrayList<Message>();
        if (revisions.containsKey(id)) {
            replies.add(new Message.Accepted(id, revisions.get(id)));
            return replies;
        }
        Frame frame = decider.frame(new Author(from.user, from.name), now);
        commit(from, id, Kind.UNDO, frame.undo(id, inverses.getOrDefault(undone, List.of())), replies);
        return replies;
    }

    private Optional<Message> commit(Client from, ChangeId id, Kind kind, Decision decision, List<Message> replies) {
        return switch (decision) {
            case Decision.Refused(var problem) -> {
                var refused = new Message.Refused(id, problem);
                replies.add(refused);
                yield Optional.of(refused);
            }
            case Decision.Accepted accepted -> {
                var author = new Author(from.user, from.name);
                record(new CommittedChange(document.revision(), id, kind, author, now, accepted.effective(), accepted.notes()));
                inverses.put(id, accepted.inverse());
                decider.tidy(accepted, now).ifPresent(this::record);
                document.keep();
                replies.add(new Message.Accepted(id, revisions.get(id)));
                yield Optional.empty();
            }
        };
    }

    private void record(CommittedChange change) {
        log.add(change);
        revisions.put(change.id(), change.revision());
        commits += Math.max(1, change.operations().size());
    }

    // ---- a client and its connection

    private final class Client {
        private final String name;
        private final String user;
        private final Replica replica;
        private final RandomEdits edits;
        private final Deque<Message> inbox = new ArrayDeque<>();
        private final Deque<Effect> outbox = new ArrayDeque<>();
        private final List<ChangeId> told = new ArrayList<>();
        private final List<ChangeId> own = new ArrayList<>();
        private boolean online;
        private long sent;

        Client(String name, String user) {
            this.name = name;
            this.user = user;
            this.replica = new Replica(name, user, 4);
            this.edits = new RandomEdits(random, name);
        }

        void step() {
            switch (random.nextInt(12)) {
                case 0, 1, 2, 3 -> edit();
                case 4 -> undo();
                case 5, 6, 7 -> receive();
                case 8, 9 -> deliver();
                case 10 -> {
                    if (random.nextInt(4) == 0) {
                        cut();
                    } else {
                        broadcast();
                    }
                }
                default -> connect();
            }
        }

        /** One step towards rest: whatever is under way arrives. */
        void advance() {
            connect();
            deliver();
            broadcast();
            receive();
        }

        boolean isBusy() {
            return !online || !inbox.isEmpty() || !outbox.isEmpty() || !replica.pending().isEmpty() || replica.revision() < log.size();
        }

        private void edit() {
            Optional<String> gesture = random.nextInt(3) == 0 ? Optional.of("drag") : Optional.empty();
            take(replica.edit(edits.change(replica.view()), gesture));
            own.add(replica.pending().getLast().id());
        }

        private void undo() {
            if (!own.isEmpty()) {
                ChangeId undone = own.get(Math.max(0, own.size() - 1 - random.nextInt(3)));
                if (replica.canUndo(undone)) {
                    take(replica.undo(undone));
                    own.add(replica.pending().getLast().id());
                }
            }
        }

        /** What the client sent reaches the server. */
        private void deliver() {
            if (!outbox.isEmpty()) {
                List<Message> replies = switch (outbox.removeFirst()) {
                    case Effect.Submit(var changes) -> submit(this, changes);
                    case Effect.Undo(var id, var undone) -> Simulation.this.undo(this, id, undone);
                    case Effect.Resync(long revision) -> List.of(new Message.Changes(List.copyOf(log.subList((int) revision, log.size()))));
                    case Effect.Folded folded -> List.of();
                    case Effect.Accepted accepted -> List.of();
                    case Effect.Refused refused -> List.of();
                };
                inbox.addAll(replies);
            }
        }

        /** The server sends what was committed meanwhile; now and then a message gets lost. */
        private void broadcast() {
            if (online && sent < log.size()) {
                if (random.nextInt(50) > 0) {
                    inbox.add(new Message.Changes(List.copyOf(log.subList((int) sent, log.size()))));
                }
                sent = log.size();
            } else if (online && inbox.isEmpty() && outbox.isEmpty() && replica.revision() < log.size()) {
                sent = replica.revision();                  // the heartbeat told of a later head
            }
        }

        private void receive() {
            if (!inbox.isEmpty()) {
                take(switch (inbox.removeFirst()) {
                    case Message.Changes(var changes) -> replica.onChanges(changes);
                    case Message.Accepted(var id, long revision) -> replica.onAccepted(id, revision);
                    case Message.Refused(var id, var problem) -> replica.onRefused(id, problem);
                    case Message.Snapshot(long revision) -> replica.onSnapshot(folded(revision));
                });
            }
        }

        private void cut() {
            online = false;
            inbox.clear();
            outbox.clear();
            replica.disconnected();
        }

        private void connect() {
            if (online) {
                return;
            }
            online = true;
            if (random.nextInt(4) == 0) {
                inbox.add(new Message.Snapshot(log.size()));
            } else {
                inbox.add(new Message.Changes(List.copyOf(log.subList((int) replica.revision(), log.size()))));
            }
            sent = log.size();
            take(replica.connected(log.size()));
        }

        private void take(List<Effect> effects) {
            for (Effect effect : effects) {
                switch (effect) {
                    case Effect.Submit submit -> outbox.add(submit);
                    case Effect.Undo undo -> outbox.add(undo);
                    case Effect.Resync resync -> outbox.add(resync);
                    case Effect.Accepted(var id, long revision) -> {
                        assertThat(revisions).as("accepted is stored").containsEntry(id, revision);
                        told.add(id);
                    }
                    case Effect.Refused(var change, var problem) -> {
                        assertThat(revisions).as("refused is not stored").doesNotContainKey(change.id());
                        told.add(change.id());
                    }
                    case Effect.Folded folded -> { }
                }
            }
        }

        private List<ChangeId> confirmedOwn() {
            return log.stream().map(CommittedChange::id).filter(id -> id.clientId().equals(name)).toList();
        }
    }
}
