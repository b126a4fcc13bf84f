package org.chorale.platform.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.chorale.problem.CollaborationException;
import org.junit.jupiter.api.Test;

/** Each thread is in a transaction of its own. */
class TurnsTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Map<Thread, List<Synchronization>> transactions = new ConcurrentHashMap<>();
    private boolean refuses;

    @Test
    void given_many_transactions_when_they_take_one_row_then_one_at_a_time_has_it_whichever_way_they_end() throws Exception {
        var turns = new Turns(registry(), LONG);
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        List<Thread> threads = IntStream.range(0, 20).mapToObj(i -> Thread.ofPlatform().start(() -> {
            for (int k = 0; k < 50; k++) {
                turns.take("row");
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                Thread.yield();
                inside.decrementAndGet();
                end(k % 2 == 0 ? Status.STATUS_ROLLEDBACK : Status.STATUS_COMMITTED);
            }
        })).toList();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(most).hasValue(1);
    }

    @Test
    void given_a_transaction_that_has_a_row_when_it_takes_it_again_then_it_goes_on_and_others_wait_for_its_end() throws Exception {
        var turns = new Turns(registry(), LONG);
        turns.take("row");
        turns.take("row");
        turns.take("another row");
        assertThat(transactions.get(Thread.currentThread())).as("told of its end once for each row").hasSize(2);

        var taken = new CountDownLatch(1);
        Thread other = Thread.ofPlatform().start(() -> {
            turns.take("row");
            taken.countDown();
            end(Status.STATUS_COMMITTED);
        });
        while (other.getState() != Thread.State.TIMED_WAITING) {
            assertThat(taken.getCount()).isOne();
            Thread.onSpinWait();
        }
        end(Status.STATUS_COMMITTED);
        taken.await();
        other.join();
    }

    @Test
    void given_a_row_that_somebody_else_keeps_when_patience_ends_then_nothing_is_taken_and_others_are_told_to_try_again() throws Exception {
        var turns = new Turns(registry(), Duration.ofMillis(1));
        Thread.ofPlatform().start(() -> turns.take("row")).join();

        assertThatThrownBy(() -> turns.take("row")).isInstanceOfSatisfying(CollaborationException.class,
            refused -> assertThat(refused.problem().type().slug()).isEqualTo("storage-unavailable"));
        turns.take("another row");
        assertThat(transactions.get(Thread.currentThread())).hasSize(1);
    }

    @Test
    void given_somebody_who_is_interrupted_when_they_wait_then_they_are_told_and_stay_interrupted() throws Exception {
        var turns = new Turns(registry(), LONG);
        Thread.ofPlatform().start(() -> turns.take("row")).join();

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> turns.take("row")).isInstanceOf(CollaborationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void given_no_transaction_when_a_row_is_taken_then_it_is_free_for_others() {
        var turns = new Turns(registry(), Duration.ofMillis(1));
        refuses = true;
        assertThatThrownBy(() -> turns.take("row")).isInstanceOf(IllegalStateException.class);
        refuses = false;
        turns.take("row");
    }

    private void end(int status) {
        transactions.remove(Thread.currentThread()).forEach(each -> each.afterCompletion(status));
    }

    private TransactionSynchronizationRegistry registry() {
        return (TransactionSynchronizationRegistry) Proxy.newProxyInstance(getClass().getClassLoader(),
            new Class<?>[] {TransactionSynchronizationRegistry.class}, (proxy, method, arguments) -> switch (method.getName()) {
                case "getTransactionKey" -> Thread.currentThread();
                case "registerInterposedSynchronization" -> {
                    if (refuses) {
                        throw new IllegalStateException("no transaction");
                    }
                    transactions.computeIfAbsent(Thread.currentThread(), thread -> new ArrayList<>()).add((Synchronization) arguments[0]);
                    yield null;
                }
                default -> throw new UnsupportedOperationException(method.getName());
            });
    }
}
