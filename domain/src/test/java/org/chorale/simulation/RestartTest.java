package org.chorale.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
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
import org.chorale.document.DocumentState;
import org.chorale.document.Inverse;
import org.chorale.document.Limits;
import org.chorale.operation.Operation;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A server that starts from a snapshot again and again, beside one that never stops: nobody can tell them apart. */
class RestartTest {
    private static final int STEPS = 250;
    /** How many changes before its snapshot a starting server recalls. */
    private static final int RECALLED = 15;

    private record Person(String client, String user, RandomEdits edits, Document view) {}

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("[CHG-2][TXT-8][UND-1] a document that goes on from a snapshot decides everything as the one that folded the log")
    void given_a_history_when_a_server_starts_from_snapshots_then_it_decides_as_one_that_never_stopped(long seed) {
        var random = new Random(seed);
        Policies policies = policies(random);
        var steady = new Document();
        var restarted = new Document();
        var log = new ArrayList<CommittedChange>();
        var inverses = new ArrayList<List<Inverse>>();
        List<Person> people = List.of(person(random, "a", "ann"), person(random, "b", "ben"), person(random, "c", "ann"));
        long recalledSince = 0;
        for (int step = 0; step < STEPS; step++) {
            Instant at = Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofMillis(200L * step));
            Person person = people.get(random.nextInt(people.size()));
            if (person.view().revision() < recalledSince || random.nextInt(3) == 0) {
                log.subList((int) person.view().revision(), log.size()).forEach(person.view()::apply);
                person.view().keep();
            }
            ChangeId id = new ChangeId(person.client(), step);
            Kind kind = !inverses.isEmpty() && random.nextInt(6) == 0 ? Kind.UNDO : Kind.EDIT;
            int earliest = (int) Math.min(recalledSince, log.size() - 1);
            List<Inverse> undone = kind == Kind.EDIT ? List.of() : inverses.get(earliest + random.nextInt(log.size() - earliest));
            List<Operation> operations = person.edits().change(person.view());
            long base = person.view().revision();
            var change = new Change(id, base, random.nextInt(3) == 0 ? random.nextLong(base + 1) : base, operations);
            var author = new Author(person.user(), person.client());

            Decision decision = decide(steady, policies, author, at, change, kind, undone);
            assertThat(decide(restarted, policies, author, at, change, kind, undone)).as("step %d", step).isEqualTo(decision);

            if (decision instanceof Decision.Accepted accepted) {
                log.add(new CommittedChange(steady.revision(), id, kind, author, at, accepted.effective(), accepted.notes()));
                inverses.add(accepted.inverse());
                Optional<CommittedChange> own = new Decider(steady, Limits.DEFAULT, policies).tidy(accepted, at);
                assertThat(new Decider(restarted, Limits.DEFAULT, policies).tidy(accepted, at)).isEqualTo(own);
                own.ifPresent(log::add);
                own.ifPresent(tidied -> inverses.add(List.of()));
            }
            steady.keep();
            restarted.keep();
            if (random.nextInt(10) == 0) {
                DocumentState state = restarted.state();
                restarted = Document.of(state);
                assertThat(restarted.state()).isEqualTo(state);
                restarted.recall(log.subList(Math.max(0, log.size() - RECALLED), log.size()));
                recalledSince = Math.max(0, log.size() - RECALLED);
            }
        }
        assertThat(DocumentForm.of(restarted)).isEqualTo(DocumentForm.of(steady));
        assertThat(restarted.state()).isEqualTo(steady.state());
    }

    private static Decision decide(Document document, Policies policies, Author author, Instant at, Change change, Kind kind,
                                   List<Inverse> undone) {
        var frame = new Decider(document, Limits.DEFAULT, policies).frame(author, at);
        return kind == Kind.UNDO ? frame.undo(change.id(), undone) : frame.decide(change);
    }

    private static Person person(Random random, String client, String user) {
        return new Person(client, user, new RandomEdits(random, client), new Document());
    }

    private static Policies policies(Random random) {
        Strategy[] strategies = Strategy.values();
        var policy = Policy.DEFAULT.withBlend(Blend.values()[random.nextInt(Blend.values().length)]);
        return Policies.DEFAULT.with("*.n", policy.withStrategy(strategies[random.nextInt(strategies.length)]))
            .with("*.v", policy.withStrategy(strategies[random.nextInt(strategies.length)]));
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.rangeClosed(1, 50), new Random().longs(50));
    }
}
