package org.chorale.document.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.chorale.document.BranchPoint;
import org.chorale.document.BranchState;
import org.chorale.document.ChangeId;
import org.chorale.document.ChangeLog;
import org.chorale.document.ChangeLog.Append;
import org.chorale.document.Crossing;
import org.chorale.document.StoredChange;
import org.chorale.lock.Lock;
import org.chorale.lock.LockHolder;
import org.chorale.lock.LockStore;
import org.chorale.operation.ElementId;
import org.chorale.problem.ProblemType;
import org.chorale.session.BranchId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every change log promises, whatever stores it. */
public abstract class ChangeLogContract {

    /** The log under test. */
    protected abstract ChangeLog log();

    /** The locks of its branches. */
    protected abstract LockStore locks();

    /** A branch of a session that was just started. */
    protected abstract BranchId newBranch();

    /** A branch that begins at a revision of another one. */
    protected abstract BranchId fork(BranchId parent, long revision);

    @Test
    @DisplayName("[CLU-3] a branch that is held is extended behind what its caller missed")
    void given_changes_that_were_missed_when_the_branch_is_held_then_the_caller_decides_behind_them() {
        BranchId branch = newBranch();
        log().append(branch, BranchState.at(0), changes(1, 3));
        assertThat(log().appendHeld(branch, BranchState.at(1), 10, missed -> {
            assertThat(missed).isEqualTo(changes(2, 3));
            return changes(4, 5);
        })).isEqualTo(Append.COMMITTED);
        assertThat(log().after(branch, 0, 10)).isEqualTo(changes(1, 5));
        assertThat(log().appendHeld(branch, BranchState.at(5), 10, missed -> missed)).as("nothing to store").isEqualTo(Append.COMMITTED);
        assertThat(log().appendHeld(branch, BranchState.at(1), 3, missed -> changes(6, 6))).as("missed too much").isEqualTo(Append.LOST_RACE);
        assertThatThrownBy(() -> log().appendHeld(branch, BranchState.at(5), 10, missed -> {
            throw new IllegalStateException("cannot decide");
        })).hasStackTraceContaining("cannot decide");
        assertThat(log().append(branch, BranchState.at(5), changes(6, 6))).as("given free again").isEqualTo(Append.COMMITTED);
    }

    @Test
    @DisplayName("[CLU-4] whoever commits has to know the locks")
    void given_a_lock_that_is_not_known_when_changes_are_appended_then_the_race_is_lost() {
        BranchId branch = newBranch();
        var lock = new Lock(new ElementId("lamp"), new LockHolder("p-ana", "ana", "Ana"), 7, Instant.now().plusSeconds(60).truncatedTo(ChronoUnit.MILLIS));
        assertThat(locks().of(branch)).isEqualTo(new LockStore.Stored(0, List.of()));
        assertThat(locks().change(branch, 0, List.of(lock), List.of())).isTrue();
        assertThat(locks().change(branch, 0, List.of(), List.of(new ElementId("lamp")))).as("as of another version").isFalse();
        assertThat(locks().of(branch)).isEqualTo(new LockStore.Stored(1, List.of(lock)));
        assertThat(log().append(branch, BranchState.at(0), changes(1, 1))).isEqualTo(Append.LOST_RACE);
        assertThat(log().appendHeld(branch, BranchState.at(0), 10, missed -> changes(1, 1))).isEqualTo(Append.LOST_RACE);
        assertThat(log().append(branch, new BranchState(0, 1), changes(1, 1))).isEqualTo(Append.COMMITTED);
        var prolonged = new Lock(lock.element(), lock.holder(), 7, lock.expiresAt().plusSeconds(30));
        assertThat(locks().change(branch, 1, List.of(prolonged), List.of())).isTrue();
        assertThat(locks().of(branch).locks()).containsExactly(prolonged);
        assertThat(locks().change(branch, 2, List.of(), List.of(lock.element()))).isTrue();
        assertThat(locks().of(branch)).isEqualTo(new LockStore.Stored(3, List.of()));
        assertThat(locks().version(branch)).isEqualTo(3);
    }

    @Test
    @DisplayName("[BRA-1] up to its fork a branch has its parent's changes, from there on its own")
    public void given_a_fork_when_both_go_on_then_each_has_its_own_changes_behind_the_common_ones() {
        BranchId parent = newBranch();
        log().append(parent, BranchState.at(0), changes(1, 5));
        BranchId child = fork(parent, 3);
        assertThat(log().head(child)).isEqualTo(3);
        assertThat(log().append(parent, BranchState.at(5), changes(6, 6))).isEqualTo(Append.COMMITTED);
        assertThat(log().append(child, BranchState.at(3), changesOf("x", 4, 5))).isEqualTo(Append.COMMITTED);
        assertThat(log().append(child, BranchState.at(4), changesOf("y", 5, 5))).isEqualTo(Append.LOST_RACE);

        List<StoredChange> whole = Stream.concat(changes(1, 3).stream(), changesOf("x", 4, 5).stream()).toList();
        assertThat(log().after(child, 0, 10)).isEqualTo(whole);
        assertThat(log().after(child, 2, 2)).isEqualTo(whole.subList(2, 4));
        assertThat(log().upTo(child, 9, 3)).isEqualTo(whole.subList(2, 5).reversed());
        assertThat(log().after(parent, 3, 10)).isEqualTo(changes(4, 6));
        assertThat(log().head(child)).isEqualTo(5);
    }

    @Test
    @DisplayName("[BRA-1] [SUB-2] change ids are found in what a branch has, and nowhere else")
    public void given_a_fork_of_a_fork_when_change_ids_are_looked_up_then_each_line_knows_its_own() {
        BranchId parent = newBranch();
        log().append(parent, BranchState.at(0), changes(1, 4));
        BranchId child = fork(parent, 2);
        log().append(child, BranchState.at(2), changesOf("x", 3, 6));
        BranchId grandchild = fork(child, 4);

        var name3 = new ChangeId("x", 3);
        var name5 = new ChangeId("x", 5);
        assertThat(log().revisionsOf(grandchild, List.of(id(2), id(3), name3, name5))).isEqualTo(Map.of(id(2), 2L, name3, 3L));
        assertThat(log().find(grandchild, id(1))).contains(changes(1, 1).getFirst());
        assertThat(log().find(grandchild, id(4))).isEmpty();
        assertThat(log().find(grandchild, name5)).isEmpty();
        assertThat(log().find(parent, name3)).isEmpty();
    }

    @Test
    @DisplayName("[BRA-1] [CHG-4] a time leads to a revision on both sides of a fork")
    public void given_a_fork_when_a_time_is_asked_for_then_it_is_found_before_and_behind_it() {
        BranchId parent = newBranch();
        log().append(parent, BranchState.at(0), changes(1, 4));
        BranchId child = fork(parent, 2);
        log().append(child, BranchState.at(2), changesOf("x", 3, 4));
        assertThat(log().revisionAt(child, changes(2, 2).getFirst().at())).isEqualTo(log().revisionAt(parent, changes(2, 2).getFirst().at()));
        assertThat(log().revisionAt(child, Instant.parse("2100-01-01T00:00:00Z"))).isEqualTo(4);
    }

    @Test
    @DisplayName("[MRG-11] the last merge of two branches is what the next one compares with, in either direction")
    public void given_merges_in_both_directions_then_the_last_one_is_remembered() {
        BranchId main = newBranch();
        log().append(main, BranchState.at(0), changes(1, 3));
        BranchId child = fork(main, 3);
        log().append(child, BranchState.at(3), changesOf("x", 4, 5));
        assertThat(log().lastMerge(main, child)).isEmpty();

        assertThat(log().appendMerge(main, BranchState.at(3), changes(4, 4), entry(child, 5, Optional.empty()))).isEqualTo(Append.COMMITTED);
        Crossing up = new Crossing(new BranchPoint(child.name(), 5), new BranchPoint(main.name(), 4));
        assertThat(log().lastMerge(main, child)).contains(up);
        assertThat(log().lastMerge(child, main)).contains(up);

        assertThat(log().appendMerge(child, BranchState.at(5), List.of(), entry(main, 4, Optional.of(up)))).as("nothing to do").isEqualTo(Append.COMMITTED);
        log().append(main, BranchState.at(4), changes(5, 5));
        Optional<Crossing> last = log().lastMerge(main, child);
        assertThat(log().appendMerge(child, BranchState.at(5), changesOf("y", 6, 7), entry(main, 5, last))).isEqualTo(Append.COMMITTED);
        assertThat(log().lastMerge(main, child)).contains(new Crossing(new BranchPoint(main.name(), 5), new BranchPoint(child.name(), 6)));
        assertThat(log().head(child)).isEqualTo(7);
    }

    @Test
    @DisplayName("[MRQ-8] a merge that another one overtook, or whose head moved, or what belongs to it fails, is not stored, and neither is its base")
    public void given_a_merge_that_cannot_be_then_nothing_of_it_is_stored() {
        BranchId main = newBranch();
        log().append(main, BranchState.at(0), changes(1, 2));
        BranchId child = fork(main, 2);
        BranchId other = fork(main, 1);
        log().append(child, BranchState.at(2), changesOf("x", 3, 4));
        log().append(other, BranchState.at(1), changesOf("z", 2, 3));
        assertThat(log().appendMerge(main, BranchState.at(1), changes(2, 2), entry(child, 4, Optional.empty()))).isEqualTo(Append.LOST_RACE);
        var refuses = new ChangeLog.MergeEntry(new BranchPoint(child.name(), 4), Optional.empty(), revision -> {
            throw ProblemType.MERGE_REQUEST_CLOSED.because("at " + revision);
        });
        assertThatThrownBy(() -> log().appendMerge(main, BranchState.at(2), changes(3, 3), refuses)).hasMessageContaining("at 3");
        assertThat(log().head(main)).isEqualTo(2);
        assertThat(log().lastMerge(main, child)).isEmpty();

        assertThat(log().appendMerge(main, BranchState.at(2), changes(3, 3), entry(child, 3, Optional.empty()))).isEqualTo(Append.COMMITTED);
        assertThat(log().appendMerge(main, BranchState.at(3), changes(4, 4), entry(child, 4, Optional.empty()))).isEqualTo(Append.OVERTAKEN);
        assertThat(log().appendMerge(child, BranchState.at(4), changesOf("y", 5, 5), entry(main, 2, Optional.empty()))).isEqualTo(Append.OVERTAKEN);
        assertThat(log().appendMerge(main, BranchState.at(3), changesOf("w", 4, 4), entry(other, 3, Optional.empty()))).as("another pair")
            .isEqualTo(Append.COMMITTED);
        assertThat(log().head(main)).isEqualTo(4);
        assertThat(log().head(child)).isEqualTo(4);
    }

    private static ChangeLog.MergeEntry entry(BranchId source, long revision, Optional<Crossing> after) {
        return new ChangeLog.MergeEntry(new BranchPoint(source.name(), revision), after, ChangeLog.Along.NOTHING);
    }

    @Test
    @DisplayName("[CHG-1] what was appended is read back in order, and unchanged")
    public void given_appended_changes_when_they_are_read_then_they_come_back_in_order() {
        BranchId branch = newBranch();
        assertThat(log().append(branch, BranchState.at(0), changes(1, 3))).isEqualTo(Append.COMMITTED);
        assertThat(log().append(branch, BranchState.at(3), changes(4, 4))).isEqualTo(Append.COMMITTED);
        assertThat(log().after(branch, 0, 10)).isEqualTo(changes(1, 4));
        assertThat(log().after(branch, 1, 2)).isEqualTo(changes(2, 3));
        assertThat(log().after(branch, 4, 10)).isEmpty();
    }

    @Test
    public void given_a_head_that_moved_when_changes_are_appended_then_nothing_is_stored() {
        BranchId branch = newBranch();
        log().append(branch, BranchState.at(0), changes(1, 2));
        assertThat(log().append(branch, BranchState.at(0), changes(1, 1))).isEqualTo(Append.LOST_RACE);
        assertThat(log().append(branch, BranchState.at(1), changes(2, 3))).isEqualTo(Append.LOST_RACE);
        assertThat(log().after(branch, 0, 10)).isEqualTo(changes(1, 2));
    }

    @Test
    public void given_changes_when_they_are_read_backwards_then_the_newest_comes_first() {
        BranchId branch = newBranch();
        log().append(branch, BranchState.at(0), changes(1, 5));
        assertThat(log().upTo(branch, 4, 2)).isEqualTo(changes(3, 4).reversed());
        assertThat(log().upTo(branch, 9, 9)).isEqualTo(changes(1, 5).reversed());
        assertThat(log().upTo(branch, 0, 9)).isEmpty();
    }

    @Test
    @DisplayName("[CHG-4] a time leads to the last revision that was committed by then")
    public void given_a_time_when_its_revision_is_asked_for_then_it_is_the_last_one_committed_by_then() {
        BranchId branch = newBranch();
        assertThat(log().head(branch)).isZero();
        assertThat(log().revisionAt(branch, Instant.now())).isZero();
        log().append(branch, BranchState.at(0), IntStream.rangeClosed(1, 9)
            .mapToObj(revision -> new StoredChange(revision, id(revision), Instant.ofEpochMilli(100 * (revision / 2)), "{}")).toList());
        assertThat(log().head(branch)).isEqualTo(9);
        assertThat(log().revisionAt(branch, Instant.ofEpochMilli(-1))).isZero();
        assertThat(log().revisionAt(branch, Instant.ofEpochMilli(99))).isEqualTo(1);
        assertThat(log().revisionAt(branch, Instant.ofEpochMilli(100))).isEqualTo(3);
        assertThat(log().revisionAt(branch, Instant.ofEpochMilli(399))).isEqualTo(7);
        assertThat(log().revisionAt(branch, Instant.parse("2100-01-01T00:00:00Z"))).isEqualTo(9);
    }

    @Test
    @DisplayName("[SUB-2] change ids are found again")
    public void given_change_ids_when_they_are_looked_up_then_those_in_the_log_have_revisions() {
        BranchId branch = newBranch();
        log().append(branch, BranchState.at(0), changes(1, 3));
        assertThat(log().revisionsOf(branch, List.of(id(2), id(9)))).isEqualTo(Map.of(id(2), 2L));
    }

    @Test
    @DisplayName("[UND-1] a change is found by its name, with how it is undone")
    public void given_a_change_with_its_inverse_when_it_is_looked_up_then_both_come_back() {
        BranchId branch = newBranch();
        var change = new StoredChange(1, id(1), Instant.ofEpochMilli(1), "{}", "[\"ä😀\"]".repeat(100_000));
        log().append(branch, BranchState.at(0), List.of(change));
        assertThat(log().find(branch, id(1))).contains(change);
        assertThat(log().find(branch, id(2))).isEmpty();
    }

    @Test
    public void given_two_branches_then_each_has_its_own_revisions() {
        BranchId one = newBranch();
        BranchId other = newBranch();
        log().append(one, BranchState.at(0), changes(1, 2));
        assertThat(log().append(other, BranchState.at(0), changes(1, 1))).isEqualTo(Append.COMMITTED);
        assertThat(log().after(other, 0, 10)).hasSize(1);
    }

    @Test
    public void given_content_beyond_ascii_and_of_full_length_when_it_is_read_then_it_is_unchanged() {
        BranchId branch = newBranch();
        var change = new StoredChange(1, id(1), Instant.ofEpochMilli(1), "äöü€😀\u007f\t".repeat(30_000));
        log().append(branch, BranchState.at(0), List.of(change));
        assertThat(log().after(branch, 0, 1)).containsExactly(change);
    }

    protected static List<StoredChange> changes(long from, long to) {
        return LongStream.rangeClosed(from, to)
            .mapToObj(revision -> new StoredChange(revision, id(revision), Instant.ofEpochMilli(1_700_000_000_000L + revision), "{\"n\":" + revision + "}"))
            .toList();
    }

    private static List<StoredChange> changesOf(String client, long from, long to) {
        return changes(from, to).stream()
            .map(change -> new StoredChange(change.revision(), new ChangeId(client, change.revision()), change.at(), change.content())).toList();
    }

    protected static ChangeId id(long counter) {
        return new ChangeId("client", counter);
    }
}
