package org.chorale.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DrainingTest {
    private final Draining draining = new Draining();

    @Test
    void given_a_server_that_stays_then_it_takes_what_comes() {
        assertThat(draining.enter()).isTrue();
        assertThat(draining.isQuiet()).isFalse();
        draining.leave();
        assertThat(draining.isQuiet()).isTrue();
    }

    @Test
    @DisplayName("[CON-8] what was begun before is finished, nothing new is taken")
    void given_something_under_way_when_the_server_is_to_stop_then_it_is_waited_for_and_nothing_new_is_taken() {
        draining.enter();
        draining.begin();
        assertThat(draining.enter()).isFalse();
        assertThat(draining.isQuiet()).isFalse();
        draining.leave();
        assertThat(draining.isQuiet()).isTrue();
    }

    @Test
    void given_many_who_come_at_the_moment_of_the_stop_when_it_is_quiet_once_then_nobody_is_let_in_any_more() throws InterruptedException {
        var inside = new AtomicInteger();
        var late = new AtomicInteger();
        var go = new CountDownLatch(1);
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 8; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    go.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                while (draining.enter()) {
                    inside.incrementAndGet();
                    late.addAndGet(quietSeen ? 1 : 0);
                    inside.decrementAndGet();
                    draining.leave();
                }
            }));
        }
        go.countDown();
        draining.begin();
        while (!draining.isQuiet()) {
            Thread.onSpinWait();
        }
        quietSeen = true;
        assertThat(inside).hasValue(0);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(late).hasValue(0);
    }

    private volatile boolean quietSeen;
}
