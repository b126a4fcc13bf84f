package org.chorale.platform.store;

import static java.lang.System.Logger.Level.WARNING;
import static org.chorale.problem.ProblemType.STORAGE_UNAVAILABLE;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.chorale.platform.database.DatabaseConfig;
import org.chorale.problem.CollaborationException;

/**
 * Lets those transactions of this node that hold the same row come one after the other before any of them asks the database for it: who
 * waits has no connection meanwhile, and never waits for ever. HSQLDB (2.7.4) forgets whoever begins to wait for a row in the moment in
 * which its holder rolls back, until that connection ends another transaction, which on a quiet server is never.
 */
@ApplicationScoped
public class Turns {
    private static final System.Logger LOGGER = System.getLogger(Turns.class.getName());

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition freed = lock.newCondition();
    /** Which transaction has a row's turn; guarded by the lock. */
    private final Map<String, Object> holders = new HashMap<>();
    private final Duration patience;

    @Resource
    private TransactionSynchronizationRegistry transactions;

    /** For the container. */
    protected Turns() {
        this(null, Duration.ZERO);
    }

    @Inject
    Turns(DatabaseConfig config) {
        this(null, Duration.ofSeconds(config.answerSeconds));
    }

    Turns(TransactionSynchronizationRegistry transactions, Duration patience) {
        this.transactions = transactions;
        this.patience = patience;
    }

    /**
     * Takes a row's turn until the caller's transaction ends; a transaction that has it goes on at once.
     *
     * @throws CollaborationException {@code storage-unavailable} when another transaction does not give it back for as long as the database
     *     may say nothing
     */
    public void take(String row) {
        Object transaction = transactions.getTransactionKey();
        if (!takes(row, transaction)) {
            return;
        }
        try {
            transactions.registerInterposedSynchronization(new GivesBack(row));
        } catch (RuntimeException e) {
            giveBack(row);
            throw e;
        }
    }

    /** Whether the transaction has the turn now and had not before. */
    private boolean takes(String row, Object transaction) {
        lock.lock();
        try {
            long left = patience.toNanos();
            for (Object holder = holders.get(row); holder != null; holder = holders.get(row)) {
                if (holder.equals(transaction)) {
                    return false;
                }
                if (left <= 0) {
                    LOGGER.log(WARNING, () -> "%s was held by another transaction for %d s: refused".formatted(row, patience.toSeconds()));
                    throw STORAGE_UNAVAILABLE.because("Others change the same and do not finish; nothing was stored, try again.");
                }
                left = freed.awaitNanos(left);
            }
            holders.put(row, transaction);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw STORAGE_UNAVAILABLE.because("The server stops; nothing was stored, try again.");
        } finally {
            lock.unlock();
        }
    }

    private void giveBack(String row) {
        lock.lock();
        try {
            holders.remove(row);
            freed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private final class GivesBack implements Synchronization {
        private final String row;

        private GivesBack(String row) {
            this.row = row;
        }

        @Override
        public void beforeCompletion() {
            // It is the end that counts.
        }

        @Override
        public void afterCompletion(int status) {
            giveBack(row);
        }
    }
}
