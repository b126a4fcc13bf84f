package org.chorale.document.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.chorale.document.BranchState;
import org.chorale.document.ChangeId;
import org.chorale.document.StoredChange;
import org.chorale.problem.CollaborationException;
import org.chorale.session.BranchId;
import org.chorale.session.SessionId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimelineTest {
    private static final BranchId BRANCH = BranchId.main(new SessionId("0123456789"));

    private final InMemoryChangeLog log = new InMemoryChangeLog();
    private final Timeline timeline = new Timeline(log, 2);

    @Test
    @DisplayName("[TIM-3] buckets are of equal size, without a gap, and tell who made what is in them")
    void given_a_history_when_it_is_drawn_then_the_buckets_cover_it() {
        live(1, 1_000, "c");
        Timeline.Overview overview = draw(1, Long.MAX_VALUE, 7);
        assertThat(overview).extracting(Timeline.Overview::from, Timeline.Overview::to, Timeline.Overview::head)
            .containsExactly(1L, 1_000L, 1_000L);
        assertThat(overview.buckets()).hasSize(7).extracting(Timeline.Bucket::from).containsExactly(1L, 144L, 287L, 430L, 573L, 716L, 859L);
        assertThat(overview.buckets().getLast().to()).isEqualTo(1_000);
        assertThat(overview.buckets().getFirst().users()).containsExactly(new Timeline.Share("u1", 48), new Timeline.Share("u2", 48),
            new Timeline.Share("u0", 47));
        assertThat(overview.buckets().getFirst().at()).isEqualTo(at(143));
        assertThat(overview.startAt()).contains(at(1));
        assertThat(overview.endAt()).contains(at(1_000));
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 5, 1", "999, 1000, 5, 2", "257, 512, 256, 256", "256, 257, 1, 1", "300, 5000, 10, 10", "1, 1000, 1000, 1000"})
    @DisplayName("[TIM-3] any range can be drawn")
    void given_a_range_when_it_is_drawn_then_it_is_covered(long from, long to, int buckets, int drawn) {
        live(1, 1_000, "c");
        for (int look = 0; look < 2; look++) {              // as it is read, and as it is remembered
            List<Timeline.Bucket> found = draw(from, to, buckets).buckets();
            assertThat(found).hasSize(drawn);
            assertThat(found.getFirst().from()).isEqualTo(from);
            assertThat(found.getLast().to()).isEqualTo(Math.min(to, 1_000));
            for (int i = 1; i < drawn; i++) {
                assertThat(found.get(i).from()).isEqualTo(found.get(i - 1).to() + 1);
            }
        }
    }

    @Test
    @DisplayName("[TIM-3] what is not there yet is empty, what ends before it begins is refused")
    void given_a_range_that_is_none_then_it_is_empty_or_refused() {
        live(1, 5, "c");
        assertThat(draw(6, Long.MAX_VALUE, 10).buckets()).isEmpty();
        assertThat(draw(6, Long.MAX_VALUE, 10).startAt()).isEmpty();
        assertThatThrownBy(() -> timeline.range(BRANCH, 4, 3)).isInstanceOf(CollaborationException.class)
            .hasMessageContaining("invalid-request");
        assertThatThrownBy(() -> timeline.range(BRANCH, 0, 3)).isInstanceOf(CollaborationException.class)
            .hasMessageContaining("invalid-request");
    }

    @Test
    void given_a_history_that_was_drawn_when_it_is_drawn_again_then_only_what_is_new_is_read() {
        live(1, 2_000, "c");
        draw(1, Long.MAX_VALUE, 100);
        assertThat(log.changesRead()).isEqualTo(2_000);
        live(2_001, 2_010, "c");
        draw(1, Long.MAX_VALUE, 100);
        assertThat(log.changesRead()).isLessThanOrEqualTo(2_000 % Tallies.BLOCK + 10 + 1);
    }

    @Test
    void given_a_branch_that_was_made_again_when_it_is_drawn_then_nothing_is_told_of_the_one_before() {
        live(1, 600, "c");
        draw(1, Long.MAX_VALUE, 10);
        log.forget(BRANCH);
        log.append(BRANCH, BranchState.at(0), LongStream.rangeClosed(1, 300).mapToObj(revision -> change(revision, "d", "other")).toList());
        assertThat(draw(1, Long.MAX_VALUE, 10).buckets()).flatExtracting(Timeline.Bucket::users).extracting(Timeline.Share::userId)
            .containsOnly("other");
    }

    @Test
    void given_many_people_in_one_bucket_then_the_busiest_are_told() {
        log.append(BRANCH, BranchState.at(0), LongStream.rangeClosed(1, 200).mapToObj(revision -> change(revision, "c", "u" + Math.min(revision, 150))).toList());
        List<Timeline.Share> users = draw(1, Long.MAX_VALUE, 1).buckets().getFirst().users();
        assertThat(users).hasSize(Timeline.PEOPLE).startsWith(new Timeline.Share("u150", 51));
    }

    @Test
    @DisplayName("[TIM-4] a page is read when it is asked for, and no sooner")
    void given_a_long_history_when_it_is_read_through_then_one_page_is_in_memory_at_a_time() {
        live(1, 2_050, "c");
        var pages = timeline.pages(BRANCH, timeline.range(BRANCH, 1, Long.MAX_VALUE));
        assertThat(log.changesRead()).isZero();
        var revisions = new ArrayList<Long>();
        while (pages.hasNext()) {
            List<StoredChange> page = pages.next();
            assertThat(log.changesRead()).isEqualTo(page.size()).isLessThanOrEqualTo(Timeline.PAGE);
            page.forEach(change -> revisions.add(change.revision()));
        }
        assertThat(revisions).isEqualTo(LongStream.rangeClosed(1, 2_050).boxed().toList());
    }

    @Test
    @DisplayName("[TIM-4] no more than some read at once; who ends makes room")
    void given_as_many_readers_as_there_may_be_when_another_one_comes_then_it_is_told_to_wait() {
        live(1, 3, "c");
        var first = timeline.begin();
        try (var second = timeline.begin()) {
            assertThatThrownBy(timeline::begin).isInstanceOf(CollaborationException.class).hasMessageContaining("server-busy");
            assertThatThrownBy(timeline::requirePlace).isInstanceOf(CollaborationException.class);
            assertThatThrownBy(() -> draw(1, 3, 1)).isInstanceOf(CollaborationException.class);
        }
        timeline.requirePlace();
        assertThat(draw(1, 3, 1).buckets()).hasSize(1);
        first.close();
    }

    private Timeline.Overview draw(long from, long to, int buckets) {
        return timeline.overview(BRANCH, timeline.range(BRANCH, from, to), buckets);
    }

    private void live(long from, long to, String client) {
        log.append(BRANCH, BranchState.at(from - 1), LongStream.rangeClosed(from, to).mapToObj(revision -> change(revision, client, "u" + revision % 3)).toList());
    }

    private static StoredChange change(long revision, String client, String user) {
        return new StoredChange(revision, new ChangeId(client, revision), at(revision),
            "{\"revision\":" + revision + ",\"changeId\":\"" + client + ":" + revision + "\",\"userId\":\"" + user + "\",\"operations\":[]}");
    }

    private static Instant at(long revision) {
        return Instant.ofEpochSecond(1_000 + revision);
    }
}
