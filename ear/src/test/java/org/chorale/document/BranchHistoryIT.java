package org.chorale.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.chorale.document.codec.ChangeCodec;
import org.chorale.document.codec.DocumentCodec;
import org.chorale.document.codec.DocumentStateCodec;
import org.chorale.document.service.Branches;
import org.chorale.document.service.History;
import org.chorale.document.service.Outcome;
import org.chorale.document.service.Submission;
import org.chorale.operation.ElementId;
import org.chorale.operation.Operation;
import org.chorale.operation.Path;
import org.chorale.operation.Position;
import org.chorale.platform.Deployments;
import org.chorale.problem.CollaborationException;
import org.chorale.session.BranchId;
import org.chorale.session.NewSession;
import org.chorale.session.SessionId;
import org.chorale.session.SessionKind;
import org.chorale.session.Visibility;
import org.chorale.session.service.SessionService;
import org.chorale.value.Value;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A branch's life and past as the container runs them: mailbox, snapshots and reading back. */
@ExtendWith(ArquillianExtension.class)
@Tag("database")
public class BranchHistoryIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ElementId A = new ElementId("a");

    @Inject
    private Branches branches;
    @Inject
    private History history;
    @Inject
    private ChangeLog log;
    @Inject
    private SnapshotStore snapshots;
    @Inject
    private SessionService sessions;

    @Deployment
    public static EnterpriseArchive deployment() {
        return Deployments.withTests(BranchHistoryIT.class);
    }

    @Test
    @DisplayName("[HEL-5] snapshots are taken while people edit, and lead to the same documents as the log alone")
    public void given_a_long_history_when_its_documents_are_read_then_they_are_as_the_log_says() throws Exception {
        BranchId branch = newBranch();
        submit(branch, "ann", create("ann"));
        for (int frame = 0; frame < 6; frame++) {
            int from = 100 * frame;
            submit(branch, "ann", IntStream.rangeClosed(from + 1, from + 100).mapToObj(i -> set("ann", i)).toArray(Change[]::new));
        }
        StoredSnapshot taken = untilSnapshot(branch);
        assertThat(taken.revision()).isGreaterThanOrEqualTo(256);
        assertThat(DocumentStateCodec.load(taken)).isEqualTo(folded(branch, taken.revision()).state());
        for (long revision : new long[] {0, 1, 255, taken.revision() - 1, taken.revision(), taken.revision() + 1, 601}) {
            assertThat(history.documentAt(branch, revision)).isEqualTo(DocumentCodec.snapshot(folded(branch, revision)));
        }
        assertThatThrownBy(() -> history.documentAt(branch, 602)).isInstanceOf(CollaborationException.class)
            .hasMessageContaining("revision-ahead");
        assertThat(history.revisionAt(branch, Instant.now())).isEqualTo(601);
        assertThat(history.revisionAt(branch, Instant.EPOCH)).isZero();
    }

    @Test
    public void given_changes_of_two_people_when_one_s_are_asked_for_then_pages_join() throws Exception {
        BranchId branch = newBranch();
        submit(branch, "ann", create("ann"), set("ann", 1));
        submit(branch, "ben", set("ben", 2), set("ben", 3), set("ben", 4));
        submit(branch, "ann", set("ann", 5));
        var bens = new History.Filter(Optional.of("ben"), Optional.of(A));
        var first = history.changes(branch, 0, 100, bens, 2);
        assertThat(first.changes()).extracting(StoredChange::revision).containsExactly(3L, 4L);
        var rest = history.changes(branch, first.lookedUpTo(), 100, bens, 2);
        assertThat(rest.changes()).extracting(StoredChange::revision).containsExactly(5L);
        assertThat(rest).extracting(History.Page::lookedUpTo, History.Page::hasMore).containsExactly(6L, false);
    }

    @Test
    @DisplayName("[DOC-4] a string with U+0000 is stored and comes back, on every database")
    public void given_strings_with_every_control_character_when_they_are_committed_then_they_are_read_back() throws Exception {
        BranchId branch = newBranch();
        String all = IntStream.rangeClosed(0, 0x9f).collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .append("\u2028\ufffe\uffff\ud83d\ude00\udbff\udfff").toString();
        submit(branch, "ann", change("ann", 0, new Operation.Create(A, "box", ElementId.ROOT, Position.Edge.LAST,
            Map.of("a\u0000b", Value.of(all)), Map.of("t\u0000", all), List.of())));
        Document document = folded(branch, 1);
        assertThat(document.element(A).orElseThrow().prop("a\u0000b")).contains(Value.of(all));
        assertThat(document.element(A).orElseThrow().text("t\u0000")).isEqualTo(all);
        StoredSnapshot snapshot = DocumentStateCodec.store(document.state(), Instant.EPOCH);
        snapshots.save(branch, snapshot);
        assertThat(snapshots.newest(branch, 1)).contains(snapshot);
    }

    @Test
    public void given_no_such_branch_when_its_history_is_read_then_the_problem_says_so() {
        BranchId nowhere = BranchId.main(new SessionId("0000000000"));
        assertThatThrownBy(() -> history.documentAt(nowhere, 0)).isInstanceOf(CollaborationException.class)
            .hasMessageContaining("branch-not-found");
        assertThatThrownBy(() -> history.revisionAt(nowhere, Instant.now())).isInstanceOf(CollaborationException.class);
        assertThatThrownBy(() -> history.changes(nowhere, 0, 1, History.Filter.ALL, 1)).isInstanceOf(CollaborationException.class);
    }

    private BranchId newBranch() {
        return BranchId.main(sessions.start(new NewSession("branch", SessionKind.SCENE, Visibility.PUBLIC, 5)).session().id());
    }

    private void submit(BranchId branch, String user, Change... changes) throws Exception {
        var answer = new CompletableFuture<List<Outcome>>();
        branches.submit(branch, Submission.of(new Author(user, "p"), List.of(changes), answer::complete));
        assertThat(answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).hasSize(changes.length).allMatch(Outcome.Accepted.class::isInstance);
    }

    private StoredSnapshot untilSnapshot(BranchId branch) {
        Instant deadline = Instant.now().plus(PATIENCE);
        Optional<StoredSnapshot> found = snapshots.newest(branch, Long.MAX_VALUE);
        while (found.isEmpty()) {
            assertThat(Instant.now()).as("a snapshot is taken").isBefore(deadline);
            found = snapshots.newest(branch, Long.MAX_VALUE);
        }
        return found.get();
    }

    private Document folded(BranchId branch, long revision) {
        var changes = new ArrayList<StoredChange>(log.after(branch, 0, 1_000));
        var document = new Document();
        changes.subList(0, (int) revision).forEach(change -> document.apply(ChangeCodec.load(change)));
        document.keep();
        return document;
    }

    private static Change create(String client) {
        return change(client, 0, new Operation.Create(A, "box", ElementId.ROOT, Position.Edge.LAST, Map.of(),
            Map.of("t", "text"), List.of()));
    }

    private static Change set(String client, int number) {
        return change(client, number, new Operation.SetProperty(A, Path.of("n"), Value.of(number)));
    }

    private static Change change(String client, int counter, Operation operation) {
        return new Change(new ChangeId(client, counter), 0, 0, List.of(operation));
    }
}
