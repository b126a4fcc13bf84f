package org.chorale.document.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.chorale.access.SessionAccess;
import org.chorale.conflict.Policies;
import org.chorale.branch.BranchRules;
import org.chorale.document.Author;
import org.chorale.document.Change;
import org.chorale.document.ChangeId;
import org.chorale.document.Document;
import org.chorale.document.Limits;
import org.chorale.document.StoredChange;
import org.chorale.document.codec.DocumentCodec;
import org.chorale.operation.ElementId;
import org.chorale.operation.Operation;
import org.chorale.operation.Path;
import org.chorale.operation.Position;
import org.chorale.problem.CollaborationException;
import org.chorale.session.BranchId;
import org.chorale.session.SessionId;
import org.chorale.value.Value;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final BranchId BRANCH = BranchId.main(new SessionId("0123456789"));

    private final InMemoryChangeLog log = new InMemoryChangeLog();
    private final InMemorySnapshotStore snapshots = new InMemorySnapshotStore();
    private final ByHand executor = new ByHand();
    private final MovableClock clock = new MovableClock();
    private final Instant start = clock.instant();
    private final BranchMailbox mailbox = new BranchMailbox(BRANCH, new BranchMailbox.Surroundings(log, executor, clock, Limits.DEFAULT,
        100, 10, 1_000_000, 20, BranchMailbox.LockRules.DEFAULT, session -> Policies.DEFAULT, session -> SessionAccess.OPEN, branch -> BranchRules.OPEN,
            MailboxProbe.NONE, snapshots,
        new Snapshots.Rules(20, 1_000_000, Duration.ofMinutes(5), 50), BranchMailbox.Pace.NONE, log, Siblings.NONE));
    private final ByHand background = new ByHand();
    private final History history = new History(log, snapshots, new SnapshotGaps(log, snapshots, background, 50));
    private final List<String> documents = new ArrayList<>();
    private int counter;

    @Test
    void given_a_history_when_each_document_of_it_is_asked_for_then_it_is_as_it_was() {
        live(130);
        for (int revision = 0; revision <= 130; revision++) {
            assertThat(history.documentAt(BRANCH, revision)).isEqualTo(documents.get(revision));
        }
        assertThat(snapshots.revisions(BRANCH)).hasSizeGreaterThan(2);
    }

    @Test
    void given_snapshots_when_a_document_is_asked_for_then_only_what_follows_one_is_read() {
        live(130);
        log.changesRead();
        history.documentAt(BRANCH, 127);
        assertThat(log.changesRead()).isEqualTo(7);
    }

    @Test
    void given_a_long_way_from_the_nearest_snapshot_when_somebody_went_it_then_the_next_one_has_snapshots_near() {
        snapshots.setAway(true);
        live(180);
        snapshots.setAway(false);
        assertThat(history.documentAt(BRANCH, 170)).isEqualTo(documents.get(170));
        assertThat(snapshots.revisions(BRANCH)).as("the one who looks waits for none").isEmpty();
        background.run();
        assertThat(snapshots.revisions(BRANCH)).containsExactly(50L, 100L, 150L);
        log.changesRead();
        for (int revision = 0; revision <= 180; revision++) {
            assertThat(history.documentAt(BRANCH, revision)).isEqualTo(documents.get(revision));
        }
        assertThat(history.documentAt(BRANCH, 149)).isEqualTo(documents.get(149));
        background.run();
        assertThat(snapshots.revisions(BRANCH)).as("none of it is far now").containsExactly(50L, 100L, 150L);
    }

    @Test
    void given_two_who_went_a_long_way_then_it_is_filled_once_as_far_as_both_went() {
        snapshots.setAway(true);
        live(190);
        snapshots.setAway(false);
        history.documentAt(BRANCH, 90);
        history.documentAt(BRANCH, 130);
        history.documentAt(BRANCH, 101);
        log.changesRead();
        background.run();
        assertThat(snapshots.revisions(BRANCH)).containsExactly(50L, 100L);
        assertThat(log.changesRead()).isEqualTo(130);
    }

    @Test
    void given_snapshots_that_cannot_be_stored_when_somebody_looks_back_then_they_see_it_all_the_same() {
        snapshots.setAway(true);
        live(100);
        assertThat(history.documentAt(BRANCH, 90)).isEqualTo(documents.get(90));
        background.run();
        snapshots.setAway(false);
        assertThat(history.documentAt(BRANCH, 90)).isEqualTo(documents.get(90));
        background.run();
        assertThat(snapshots.revisions(BRANCH)).as("the next one who looks finds the gap again").containsExactly(50L);
    }

    @Test
    void given_a_broken_snapshot_when_a_document_is_asked_for_then_it_is_there_all_the_same() {
        live(45);
        snapshots.revisions(BRANCH).forEach(revision -> snapshots.damage(BRANCH, revision));
        assertThat(history.documentAt(BRANCH, 44)).isEqualTo(documents.get(44));
    }

    @Test
    void given_an_earlier_document_when_one_soon_after_it_is_asked_for_then_only_what_lies_between_is_read() {
        live(130);
        Document earlier = history.at(BRANCH, 90);
        log.changesRead();
        assertThat(DocumentCodec.snapshot(history.at(BRANCH, 125, earlier))).isEqualTo(documents.get(125));
        assertThat(log.changesRead()).isEqualTo(35);
        assertThat(DocumentCodec.snapshot(earlier)).as("stays as it was").isEqualTo(documents.get(90));
        assertThat(DocumentCodec.snapshot(history.at(BRANCH, 30, earlier))).isEqualTo(documents.get(30));
        assertThat(DocumentCodec.snapshot(history.at(BRANCH, 90, earlier))).isEqualTo(documents.get(90));
        assertThatThrownBy(() -> history.at(BRANCH, 131, earlier)).isInstanceOf(CollaborationException.class).hasMessageContaining("revision-ahead");
    }

    @Test
    void given_no_such_revision_then_the_problem_says_so() {
        live(5);
        assertThatThrownBy(() -> history.documentAt(BRANCH, 6)).isInstanceOf(CollaborationException.class)
            .hasMessageContaining("revision-ahead");
        assertThatThrownBy(() -> history.documentAt(BRANCH, -1)).isInstanceOf(CollaborationException.class)
            .hasMessageContaining("invalid-request");
        assertThatThrownBy(() -> history.changes(BRANCH, -1, 5, History.Filter.ALL, 1)).isInstanceOf(CollaborationException.class);
        assertThatThrownBy(() -> history.changes(BRANCH, 0, 5, History.Filter.ALL, 0)).isInstanceOf(CollaborationException.class);
        assertThatThrownBy(() -> history.changes(BRANCH, 0, 5, History.Filter.ALL, 1_001)).isInstanceOf(CollaborationException.class);
    }

    @Test
    void given_a_time_then_it_leads_to_the_revision_of_then() {
        live(9);
        assertThat(history.revisionAt(BRANCH, start)).isZero();
        assertThat(history.revisionAt(BRANCH, start.plusSeconds(4))).isEqualTo(4);
        assertThat(history.revisionAt(BRANCH, start.plusSeconds(100))).isEqualTo(9);
    }

    @Test
    void given_a_part_of_the_history_when_its_changes_are_asked_for_then_they_come_in_order_and_pages_join() {
        live(30);
        var page = history.changes(BRANCH, 4, 12, History.Filter.ALL, 5);
        assertThat(page.changes()).extracting(StoredChange::revision).containsExactly(5L, 6L, 7L, 8L, 9L);
        assertThat(page.lookedUpTo()).isEqualTo(9);
        assertThat(page.hasMore()).isTrue();
        page = history.changes(BRANCH, page.lookedUpTo(), 12, History.Filter.ALL, 5);
        assertThat(page.changes()).extracting(StoredChange::revision).containsExactly(10L, 11L, 12L);
        assertThat(page.hasMore()).isFalse();
        assertThat(history.changes(BRANCH, 28, 99, History.Filter.ALL, 5).changes()).hasSize(2);
        assertThat(history.changes(BRANCH, 99, 120, History.Filter.ALL, 5)).isEqualTo(new History.Page(List.of(), 30, false));
    }

    @Test
    void given_a_filter_when_changes_are_asked_for_then_only_such_come() {
        live(60);
        var bens = history.changes(BRANCH, 0, 60, new History.Filter(Optional.of("ben"), Optional.empty()), 100);
        assertThat(bens.changes()).hasSize(20).allSatisfy(change -> assertThat(change.content()).contains("\"userId\":\"ben\""));
        var ofE3 = history.changes(BRANCH, 0, 60, new History.Filter(Optional.empty(), Optional.of(new ElementId("e3"))), 100);
        assertThat(ofE3.changes()).isNotEmpty().allSatisfy(change -> assertThat(change.content()).contains("\"id\":\"e3\""));
        var both = new History.Filter(Optional.of("ben"), Optional.of(new ElementId("e3")));
        assertThat(history.changes(BRANCH, 0, 60, both, 100).changes()).containsExactlyElementsOf(
            ofE3.changes().stream().filter(bens.changes()::contains).toList());
    }

    @Test
    void given_a_rare_change_in_a_long_history_when_it_is_looked_for_then_no_call_looks_at_more_than_its_share() {
        live(2_500);
        var nobodys = new History.Filter(Optional.of("nobody"), Optional.empty());
        log.changesRead();
        var page = history.changes(BRANCH, 0, 2_500, nobodys, 10);
        assertThat(page).isEqualTo(new History.Page(List.of(), History.MAX_LOOKED_AT, true));
        assertThat(log.changesRead()).isEqualTo(History.MAX_LOOKED_AT);
        assertThat(history.changes(BRANCH, page.lookedUpTo(), 2_500, nobodys, 10)).isEqualTo(new History.Page(List.of(), 2_500, false));
    }

    @Test
    @DisplayName("[TIM-2] revisions lead to the changes that made them, wherever they lie")
    void given_revisions_when_their_changes_are_asked_for_then_each_has_its_id() {
        live(100);
        var ids = history.idsOf(BRANCH, new TreeSet<>(List.of(1L, 2L, 20L, 21L, 22L, 57L, 100L, 101L, 130L, 500L)));
        assertThat(ids.keySet()).containsExactlyInAnyOrder(1L, 2L, 20L, 21L, 22L, 57L, 100L);
        ids.forEach((revision, id) -> assertThat(id).isEqualTo(new ChangeId("c", revision - 1)));
        assertThat(history.idsOf(BRANCH, new TreeSet<>())).isEmpty();
    }

    /** So many changes, a second between two; each document on the way is written down. */
    private void live(int changes) {
        look();
        for (int i = 0; i < changes; i++) {
            clock.move(Duration.ofSeconds(1));
            var author = new Author(i % 3 == 0 ? "ben" : "ann", "p");
            var id = new ElementId("e" + i / 2 % 20);
            Operation operation = i % 2 == 0 && i < 40
                ? new Operation.Create(id, "box", ElementId.ROOT, Position.Edge.LAST, Map.of(), Map.of("t", "text"), List.of())
                : new Operation.SetProperty(id, Path.of("n"), Value.of(i));
            mailbox.submit(Submission.of(author, List.of(new Change(new ChangeId("c", counter++), i, i, List.of(operation))),
                outcomes -> assertThat(outcomes).allMatch(Outcome.Accepted.class::isInstance)));
            executor.run();
            look();
        }
    }

    private void look() {
        if (documents.size() < 200) {
            mailbox.visit(view -> documents.add(view.snapshot()), problem -> documents.add(problem.toString()));
            executor.run();
        }
    }
}
