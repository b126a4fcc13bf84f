package org.chorale.document.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.chorale.document.ChangeId;
import org.chorale.document.ChangeLog;
import org.chorale.document.ChangeLog.Append;
import org.chorale.document.StoredChange;
import org.chorale.session.BranchId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every change log promises, whatever stores it. */
public abstract class ChangeLogContract {

    /** The log under test. */
    protected abstract ChangeLog log();

    /** A branch of a session that was just started. */
    protected abstract BranchId newBranch();

    @Test
    @DisplayName("[CHG-1] what was appended is read back in order, and unchanged")
    public void given_appended_changes_when_they_are_read_then_they_come_back_in_order() {
        BranchId branch = newBranch();
        assertThat(log().append(branch, 0, changes(1, 3))).isEqualTo(Append.COMMITTED);
        assertThat(log().append(branch, 3, changes(4, 4))).isEqualTo(Append.COMMITTED);
        assertThat(log().after(branch, 0, 10)).isEqualTo(changes(1, 4));
        assertThat(log().after(branch, 1, 2)).isEqualTo(changes(2, 3));
        assertThat(log().after(branch, 4, 10)).isEmpty();
    }

    @Test
    public void given_a_head_that_moved_when_changes_are_appended_then_nothing_is_stored() {
        BranchId branch = newBranch();
        log().append(branch, 0, changes(1, 2));
        assertThat(log().append(branch, 0, changes(1, 1))).isEqualTo(Append.LOST_RACE);
        assertThat(log().append(branch, 1, changes(2, 3))).isEqualTo(Append.LOST_RACE);
        assertThat(log().after(branch, 0, 10)).isEqualTo(changes(1, 2));
    }

    @Test
    public void given_changes_when_they_are_read_backwards_then_the_newest_comes_first() {
        BranchId branch = newBranch();
        log().append(branch, 0, changes(1, 5));
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
        log().append(branch, 0, IntStream.rangeClosed(1, 9)
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
        log().append(branch, 0, changes(1, 3));
        assertThat(log().revisionsOf(branch, List.of(id(2), id(9)))).isEqualTo(Map.of(id(2), 2L));
    }

    @Test
    @DisplayName("[UND-1] a change is found by its name, with how it is undone")
    public void given_a_change_with_its_inverse_when_it_is_looked_up_then_both_come_back() {
        BranchId branch = newBranch();
        var change = new StoredChange(1, id(1), Instant.ofEpochMilli(1), "{}", "[\"ä😀\"]".repeat(100_000));
        log().append(branch, 0, List.of(change));
        assertThat(log().find(branch, id(1))).contains(change);
        assertThat(log().find(branch, id(2))).isEmpty();
    }

    @Test
    public void given_two_branches_then_each_has_its_own_revisions() {
        BranchId one = newBranch();
        BranchId other = newBranch();
        log().append(one, 0, changes(1, 2));
        assertThat(log().append(other, 0, changes(1, 1))).isEqualTo(Append.COMMITTED);
        assertThat(log().after(other, 0, 10)).hasSize(1);
    }

    @Test
    public void given_content_beyond_ascii_and_of_full_length_when_it_is_read_then_it_is_unchanged() {
        BranchId branch = newBranch();
        var change = new StoredChange(1, id(1), Instant.ofEpochMilli(1), "äöü€😀\u007f\t".repeat(30_000));
        log().append(branch, 0, List.of(change));
        assertThat(log().after(branch, 0, 1)).containsExactly(change);
    }

    protected static List<StoredChange> changes(long from, long to) {
        return LongStream.rangeClosed(from, to)
            .mapToObj(revision -> new StoredChange(revision, id(revision), Instant.ofEpochMilli(1_700_000_000_000L + revision), "{\"n\":" + revision + "}"))
            .toList();
    }

    protected static ChangeId id(long counter) {
        return new ChangeId("client", counter);
    }
}
