package org.chorale.realtime.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.chorale.session.SessionId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FormerSeatsTest {
    private static final SessionId HERE = new SessionId("0123456789");
    private static final SessionId THERE = new SessionId("abcdefghjk");
    private final FormerSeats seats = new FormerSeats();

    @Test
    @DisplayName("[LIM-3] who left comes back once, as the user who they were, from the same client or to the same seat")
    void given_a_seat_that_was_left_then_its_user_alone_comes_back_to_it() {
        seats.remember(HERE, "g-ana", "client", "p-1");
        assertThat(seats.take(HERE, "g-eve", "client", Optional.of("p-1"))).as("somebody else").isFalse();
        assertThat(seats.take(THERE, "g-ana", "client", Optional.of("p-1"))).as("elsewhere").isFalse();
        assertThat(seats.take(HERE, "g-ana", "another", Optional.of("p-2"))).as("neither client nor seat").isFalse();
        assertThat(seats.take(HERE, "g-ana", "client", Optional.of("p-1"))).isTrue();
        assertThat(seats.take(HERE, "g-ana", "client", Optional.of("p-1"))).as("a second time").isFalse();
    }

    @Test
    @DisplayName("[LIM-2] of many who left the last ones are remembered")
    void given_more_who_left_than_are_remembered_then_the_first_are_forgotten() {
        for (int i = 0; i < 30_000; i++) {
            seats.remember(HERE, "g-" + i, "c-" + i, "p-" + i);
        }
        assertThat(seats.take(HERE, "g-0", "c-0", Optional.of("p-0"))).isFalse();
        assertThat(seats.take(HERE, "g-29999", "new", Optional.of("p-29999"))).isTrue();
    }
}
