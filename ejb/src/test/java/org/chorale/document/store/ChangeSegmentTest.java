package org.chorale.document.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.chorale.document.ChangeId;
import org.chorale.document.StoredChange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeSegmentTest {
    @Test
    @DisplayName("[TIM-6] what goes into a segment comes out unchanged, inverses and all")
    void given_changes_when_they_are_packed_and_read_then_they_are_the_same() {
        var changes = new ArrayList<StoredChange>();
        for (long revision = 41; revision <= 140; revision++) {
            changes.add(new StoredChange(revision, new ChangeId("c-" + revision % 3, revision), Instant.ofEpochMilli(1_700_000_000_000L + revision),
                "{\"ä😀\u007f\t\":" + revision + "}", revision % 2 == 0 ? "" : "[\"" + "ü".repeat((int) revision) + "\"]"));
        }
        ChangeSegment segment = ChangeSegment.of(changes);
        assertThat(ChangeSegment.read(segment.parts())).isEqualTo(changes);
        assertThat(segment).extracting(ChangeSegment::first, ChangeSegment::last, ChangeSegment::changes).containsExactly(41L, 140L, 100L);
        assertThat(segment.firstAt()).isEqualTo(changes.getFirst().at());
        assertThat(segment.lastAt()).isEqualTo(changes.getLast().at());
        assertThat(segment.storedBytes()).isLessThan(segment.rawBytes());
        assertThat(segment.clients().keySet()).containsExactlyInAnyOrder("c-0", "c-1", "c-2");
    }

    @Test
    void given_more_than_a_row_holds_when_it_is_packed_then_it_is_cut_and_joined_again() {
        var random = new Random(7);
        var noise = new StringBuilder();
        random.ints(3_000_000, ' ', 0x2000).filter(c -> !Character.isSurrogate((char) c)).forEach(c -> noise.append((char) c));
        var change = new StoredChange(1, new ChangeId("c", 0), Instant.EPOCH, "{}", noise.toString());
        List<String> parts = ChangeSegment.of(List.of(change)).parts();
        assertThat(parts).hasSizeGreaterThan(1).allMatch(part -> part.length() <= ChangeSegment.PART_LENGTH);
        assertThat(ChangeSegment.read(parts)).containsExactly(change);
    }

    @Test
    void given_parts_that_are_broken_when_they_are_read_then_that_is_said() {
        var change = new StoredChange(1, new ChangeId("c", 0), Instant.EPOCH, "{}", "");
        String part = ChangeSegment.of(List.of(change)).parts().getFirst();
        assertThatThrownBy(() -> ChangeSegment.read(List.of(part.substring(0, part.length() / 2)))).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> ChangeSegment.read(List.of())).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    @DisplayName("[SUB-2] the index has exactly the counters that were there")
    void given_counters_in_any_order_when_they_are_indexed_then_each_is_found_and_no_other(long seed) {
        var random = new Random(seed);
        List<Long> counters = LongStream.generate(() -> random.nextInt(200)).limit(100).boxed().toList();
        ChangeSegment.Counters index = ChangeSegment.Counters.of(counters);
        var there = new HashSet<>(counters);
        for (long counter = 0; counter < 220; counter++) {
            assertThat(index.contains(counter)).as("%d in %s", counter, index.text()).isEqualTo(there.contains(counter));
        }
    }

    @Test
    void given_counters_in_a_row_then_they_are_one_range() {
        assertThat(ChangeSegment.Counters.of(LongStream.range(0, 1_000).boxed().toList()).text()).isEqualTo("0-999");
        assertThat(ChangeSegment.Counters.of(List.of(5L, 1L, 2L, 9L))).isEqualTo(new ChangeSegment.Counters(1, 9, "1-2,5,9"));
    }
}
