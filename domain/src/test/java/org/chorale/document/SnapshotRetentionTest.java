package org.chorale.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SnapshotRetentionTest {
    private static final SnapshotRetention RETENTION = new SnapshotRetention(2, 2_048);

    @Test
    void given_few_snapshots_then_the_newest_two_stay() {
        assertThat(RETENTION.superfluous(List.of(), Set.of())).isEmpty();
        assertThat(RETENTION.superfluous(List.of(256L, 512L), Set.of())).isEmpty();
        assertThat(RETENTION.superfluous(List.of(256L, 512L, 768L), Set.of())).containsExactly(256L);
    }

    @Test
    @DisplayName("[TIM-6] what somebody gave a name stays")
    void given_snapshots_of_named_revisions_then_they_stay() {
        assertThat(RETENTION.superfluous(List.of(256L, 512L, 768L, 1_024L), Set.of(512L, 600L))).containsExactly(256L);
    }

    @Test
    void given_a_gap_then_both_its_ends_stay() {
        assertThat(RETENTION.superfluous(List.of(100L, 5_000L, 12_000L, 12_001L, 12_002L, 12_003L), Set.of())).containsExactly(12_001L);
    }

    @Test
    void given_a_long_life_of_snapshots_that_are_pruned_each_time_then_none_is_further_from_the_next_than_the_spacing() {
        var random = new Random(7);
        var kept = new TreeSet<Long>();
        long revision = 0;
        for (int i = 0; i < 2_000; i++) {
            revision += 1 + random.nextInt(400);
            kept.add(revision);
            RETENTION.superfluous(List.copyOf(kept), Set.of()).forEach(kept::remove);
        }
        long before = 0;
        for (long each : kept) {
            assertThat(each - before).isLessThanOrEqualTo(2_048);
            before = each;
        }
        assertThat(kept).hasSizeLessThan((int) (revision / 1_600));
        assertThat(kept.headSet(kept.last()).last()).isGreaterThanOrEqualTo(revision - 400);
        assertThat(kept.last()).isEqualTo(revision);
    }
}
