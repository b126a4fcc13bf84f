package org.chorale.access.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.chorale.problem.CollaborationException;
import org.chorale.problem.ProblemType;
import org.chorale.session.SessionId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PasswordGuardTest {
    private static final SessionId SESSION = new SessionId("0123456789");
    private static final SessionId OTHER = new SessionId("9876543210");
    private static final String HOME = "10.0.0.1";

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final PasswordGuard guard = new PasswordGuard(new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }, 3, 20, Duration.ofMinutes(5));

    @Test
    @DisplayName("[PRM-5] after some wrong passwords each further one has to wait twice as long, and no longer than the limit")
    void given_wrong_passwords_then_the_wait_doubles() {
        guard.begin(SESSION, HOME);
        guard.begin(SESSION, HOME);
        guard.begin(SESSION, HOME);
        for (long wait : new long[] {1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300}) {
            assertWaits(SESSION, HOME, Duration.ofSeconds(wait));
            now = now.plusSeconds(wait);
            guard.begin(SESSION, HOME);
        }
    }

    @Test
    @DisplayName("[PRM-5] other addresses and other sessions do not wait, and a right password forgets the wrong ones")
    void given_wrong_passwords_of_one_then_nobody_else_waits() {
        for (int i = 0; i < 3; i++) {
            guard.begin(SESSION, HOME);
        }
        guard.begin(SESSION, "10.0.0.2");
        guard.begin(OTHER, HOME);
        now = now.plusSeconds(1);
        guard.begin(SESSION, HOME);
        guard.right(SESSION, HOME);
        guard.begin(SESSION, HOME);
    }

    @Test
    @DisplayName("[PRM-5] many addresses together wait too")
    void given_wrong_passwords_from_everywhere_then_the_session_waits() {
        for (int i = 0; i < 20; i++) {
            guard.begin(SESSION, "10.0.1." + i);
        }
        assertWaits(SESSION, "10.0.2.1", Duration.ofSeconds(1));
    }

    @Test
    @DisplayName("[PRM-5] a try that nobody had time to look at does not count")
    void given_tries_that_are_taken_back_then_nobody_waits() {
        for (int i = 0; i < 40; i++) {
            guard.begin(SESSION, HOME);
            guard.takeBack(SESSION, HOME);
        }
        guard.begin(SESSION, HOME);
        guard.begin(SESSION, HOME);
        guard.begin(SESSION, HOME);
        assertWaits(SESSION, HOME, Duration.ofSeconds(1));
    }

    private void assertWaits(SessionId session, String address, Duration wait) {
        assertThatThrownBy(() -> guard.begin(session, address)).isInstanceOfSatisfying(CollaborationException.class, failure -> {
            assertThat(failure.problem().type()).isEqualTo(ProblemType.TOO_MANY_REQUESTS);
            assertThat(failure.problem().retryAfter()).contains(wait);
        });
    }
}
