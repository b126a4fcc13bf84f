package org.chorale.document.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.chorale.document.SnapshotRetention;
import org.chorale.document.SnapshotStore;
import org.chorale.document.StoredSnapshot;
import org.chorale.session.BranchId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every store of snapshots promises, whatever keeps them. */
public abstract class SnapshotStoreContract {

    /** The store under test. */
    protected abstract SnapshotStore store();

    /** A branch of a session that was just started. */
    protected abstract BranchId newBranch();

    /** A branch that begins at a revision of another one. */
    protected abstract BranchId fork(BranchId parent, long revision);

    @Test
    @DisplayName("[BRA-1] up to its fork a branch has its parent's snapshots")
    public void given_a_fork_when_a_snapshot_is_asked_for_then_those_of_the_parent_up_to_the_fork_are_the_branchs_too() {
        BranchId parent = newBranch();
        store().save(parent, snapshot(10, "ten"));
        store().save(parent, snapshot(20, "twenty"));
        BranchId child = fork(parent, 15);
        assertThat(store().newest(child, 100)).contains(snapshot(10, "ten"));
        assertThat(store().newest(child, 9)).isEmpty();
        store().save(child, snapshot(18, "own"));
        assertThat(store().newest(child, 100)).contains(snapshot(18, "own"));
        assertThat(store().newest(child, 17)).contains(snapshot(10, "ten"));
        assertThat(store().newest(parent, 100)).contains(snapshot(20, "twenty"));
    }

    @Test
    public void given_a_fork_when_a_snapshot_before_it_is_kept_then_its_parent_and_siblings_have_it() {
        BranchId parent = newBranch();
        BranchId child = fork(parent, 15);
        store().save(child, snapshot(12, "by the child"));
        store().save(parent, snapshot(12, "by the parent"));
        assertThat(store().newest(parent, 100)).contains(snapshot(12, "by the child"));
        assertThat(store().newest(child, 100)).contains(snapshot(12, "by the child"));
        store().save(child, snapshot(16, "own"));
        assertThat(store().newest(parent, 100)).contains(snapshot(12, "by the child"));
    }

    @Test
    public void given_snapshots_when_one_is_asked_for_then_it_is_the_newest_up_to_the_revision() {
        BranchId branch = newBranch();
        store().save(branch, snapshot(10, "ten"));
        store().save(branch, snapshot(20, "twenty"));
        assertThat(store().newest(branch, 9)).isEmpty();
        assertThat(store().newest(branch, 10)).contains(snapshot(10, "ten"));
        assertThat(store().newest(branch, 19)).contains(snapshot(10, "ten"));
        assertThat(store().newest(branch, Long.MAX_VALUE)).contains(snapshot(20, "twenty"));
    }

    @Test
    public void given_a_large_snapshot_when_it_is_read_then_its_parts_are_there_in_their_order() {
        BranchId branch = newBranch();
        String[] parts = LongStream.range(0, 12).mapToObj(i -> (char) ('a' + i) + "x".repeat(StoredSnapshot.PART_LENGTH - 1))
            .toArray(String[]::new);
        store().save(branch, snapshot(1, parts));
        assertThat(store().newest(branch, 1).orElseThrow().equals(snapshot(1, parts))).isTrue();
    }

    @Test
    public void given_a_snapshot_of_a_revision_when_another_node_saves_it_too_then_the_first_one_stays() {
        BranchId branch = newBranch();
        store().save(branch, snapshot(10, "first"));
        store().save(branch, snapshot(10, "second", "longer"));
        assertThat(store().newest(branch, 10)).contains(snapshot(10, "first"));
    }

    @Test
    public void given_two_branches_then_each_has_its_own_snapshots() {
        BranchId one = newBranch();
        BranchId other = newBranch();
        store().save(one, snapshot(10, "one"));
        assertThat(store().newest(other, 10)).isEmpty();
        store().prune(other, new SnapshotRetention(1, 1));
        assertThat(store().newest(one, 10)).isPresent();
    }

    @Test
    public void given_many_snapshots_when_they_are_pruned_then_the_newest_and_some_of_the_past_stay() {
        BranchId branch = newBranch();
        LongStream.rangeClosed(1, 12).forEach(i -> store().save(branch, snapshot(i * 10, "part", "another")));
        store().prune(branch, new SnapshotRetention(2, 40));
        assertThat(LongStream.rangeClosed(1, 12).filter(i -> store().newest(branch, i * 10)
            .filter(found -> found.revision() == i * 10).isPresent()).boxed().toList()).isEqualTo(List.of(4L, 8L, 11L, 12L));
    }

    private static StoredSnapshot snapshot(long revision, String... parts) {
        return new StoredSnapshot(revision, Instant.ofEpochMilli(1_700_000_000_000L + revision), List.of(parts));
    }
}
