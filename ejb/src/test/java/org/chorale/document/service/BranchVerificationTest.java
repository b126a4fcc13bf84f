package org.chorale.document.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.chorale.access.SessionAccess;
import org.chorale.branch.BranchRules;
import org.chorale.conflict.Policies;
import org.chorale.document.Author;
import org.chorale.document.BranchState;
import org.chorale.document.Change;
import org.chorale.document.ChangeId;
import org.chorale.document.Document;
import org.chorale.document.DocumentForm;
import org.chorale.document.Limits;
import org.chorale.document.StoredChange;
import org.chorale.document.codec.ChangeCodec;
import org.chorale.document.codec.DocumentStateCodec;
import org.chorale.operation.ElementId;
import org.chorale.operation.Operation;
import org.chorale.operation.Path;
import org.chorale.operation.Position;
import org.chorale.session.BranchId;
import org.chorale.session.SessionId;
import org.chorale.value.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damage of each kind is seen, and nothing else. */
class BranchVerificationTest {
    private static final BranchId BRANCH = BranchId.main(new SessionId("0123456789"));
    private static final BranchId FORK = new BranchId(BRANCH.session(), "fork");
    private static final int CHANGES = 130;

    private final DamagedLog log = new DamagedLog();
    private final InMemorySnapshotStore snapshots = new InMemorySnapshotStore();
    private final ByHand executor = new ByHand();

    /** A log whose rows somebody changed. */
    private static final class DamagedLog extends InMemoryChangeLog {
        private UnaryOperator<StoredChange> change = UnaryOperator.identity();
        private long missing = -1;

        @Override
        public synchronized List<StoredChange> after(BranchId branch, long revision, int limit) {
            return super.after(branch, revision, limit).stream().filter(each -> each.revision() != missing).map(change).toList();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void given_a_whole_branch_when_it_is_looked_at_then_there_is_no_fault_and_its_hash_is_the_document_s(boolean all) {
        live(BRANCH);
        List<Long> kept = snapshots.revisions(BRANCH);
        assertThat(kept).hasSizeGreaterThan(3);

        LogVerification.Verdict verdict = verify(BRANCH, 0, all);

        assertThat(verdict.faults()).isEmpty();
        assertThat(verdict.hash()).isEqualTo(DocumentForm.hash(folded(CHANGES)));
        assertThat(verdict.head()).isEqualTo(CHANGES);
        assertThat(verdict.changes()).isEqualTo(all ? CHANGES : CHANGES - kept.get(kept.size() - 2));
        assertThat(verdict.snapshots()).isEqualTo(all ? kept.size() : 1);
    }

    @Test
    void given_a_branch_without_a_change_then_it_is_whole() {
        assertThat(verify(BRANCH, 0, true).faults()).isEmpty();
        assertThat(verify(BRANCH, 0, false).faults()).isEmpty();
    }

    @Test
    void given_a_missing_revision_then_it_is_named() {
        live(BRANCH);
        log.missing = 17;
        assertThat(verify(BRANCH, 0, true).faults()).containsExactly("revision 17 is missing");
    }

    @Test
    void given_a_missing_end_then_it_is_named() {
        live(BRANCH);
        log.missing = CHANGES;
        assertThat(verify(BRANCH, 0, false).faults()).containsExactly("revisions from 130 to its head, 130, are missing");
    }

    @Test
    void given_a_change_that_cannot_be_read_then_it_is_named() {
        live(BRANCH);
        log.change = change -> change.revision() == 99
            ? new StoredChange(99, change.id(), change.at(), change.content().substring(0, 20), change.inverse()) : change;
        assertThat(verify(BRANCH, 0, true).faults()).singleElement().asString().startsWith("revision 99 cannot be read: ");
    }

    @Test
    void given_a_change_that_says_something_else_then_the_snapshot_behind_it_disagrees() {
        live(BRANCH);
        long newest = snapshots.revisions(BRANCH).getLast();
        log.change = change -> change.revision() == newest ? new StoredChange(newest, change.id(), change.at(),
            change.content().replace("\"value\":" + (newest - 1), "\"value\":-1"), change.inverse()) : change;
        assertThat(verify(BRANCH, 0, false).faults()).singleElement().asString().startsWith("snapshot " + newest + " has the hash ");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void given_a_broken_snapshot_then_it_is_named(boolean all) {
        live(BRANCH);
        long newest = snapshots.revisions(BRANCH).getLast();
        snapshots.damage(BRANCH, newest);
        assertThat(verify(BRANCH, 0, all).faults()).containsExactly("snapshot " + newest + " cannot be read");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void given_a_fork_then_only_its_own_revisions_are_looked_at(boolean all) {
        live(BRANCH);
        log.fork(FORK, BRANCH, 100);
        snapshots.fork(FORK, BRANCH, 100);
        Document at = folded(100);
        at.apply(ChangeCodec.load(log.all(BRANCH).get(100)));
        log.append(FORK, BranchState.at(100), List.of(log.all(BRANCH).get(100)));
        snapshots.save(FORK, DocumentStateCodec.store(at.state(), log.all(BRANCH).get(100).at()));

        LogVerification.Verdict verdict = verify(FORK, 100, all);

        assertThat(verdict).isEqualTo(new LogVerification.Verdict(FORK, 101, DocumentForm.hash(at), 1, 1, List.of()));
    }

    private LogVerification.Verdict verify(BranchId branch, long fork, boolean all) {
        return new BranchVerification(branch, log, snapshots).verify(fork, all);
    }

    private Document folded(int changes) {
        var document = new Document();
        log.all(BRANCH).stream().limit(changes).forEach(change -> document.apply(ChangeCodec.load(change)));
        return document;
    }

    private void live(BranchId branch) {
        var mailbox = new BranchMailbox(branch, new BranchMailbox.Surroundings(log, executor, new MovableClock(), Limits.DEFAULT,
            100, 10, 1_000_000, 20, BranchMailbox.LockRules.DEFAULT, session -> Policies.DEFAULT, session -> SessionAccess.OPEN,
            each -> BranchRules.OPEN, MailboxProbe.NONE, snapshots, new Snapshots.Rules(20, 1_000_000, Duration.ofMinutes(5), 50),
            BranchMailbox.Pace.NONE, log, Siblings.NONE));
        for (int i = 0; i < CHANGES; i++) {
            var id = new ElementId("e" + i / 2 % 20);
            Operation operation = i % 2 == 0 && i < 40
                ? new Operation.Create(id, "box", ElementId.ROOT, Position.Edge.LAST, Map.of(), Map.of("t", "text"), List.of())
                : new Operation.SetProperty(id, Path.of("n"), Value.of(i));
            mailbox.submit(Submission.of(new Author("ann", "p"), List.of(new Change(new ChangeId("c", i), i, i, List.of(operation))),
                outcomes -> assertThat(outcomes).allMatch(Outcome.Accepted.class::isInstance)));
            executor.run();
        }
    }
}
