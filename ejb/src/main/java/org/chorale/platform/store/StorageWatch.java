package org.chorale.platform.store;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;
import static org.chorale.problem.ProblemType.STORAGE_UNAVAILABLE;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.chorale.problem.CollaborationException;

/**
 * Finds out when the embedded database cannot write its files, and brings it back once it can. HSQLDB lets a commit return whose log did
 * not reach the disk: it only logs a warning, on the committing thread, and goes on behind the gap. From that warning on nothing counts
 * as stored and nothing is read, until the database was closed, its log cut where it broke, and opened again from what its files hold.
 *
 * <p>With a database server there are no such warnings, and nothing here ever happens.
 */
@ApplicationScoped
public class StorageWatch {
    private static final System.Logger LOGGER = System.getLogger(StorageWatch.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final String FILE_URL = "jdbc:hsqldb:file:";
    /** What was pooled when the database was closed is found dead one by one in the worst case. */
    private static final int CONNECTIONS_TO_TRY = 3;

    @Resource(lookup = "jdbc/chorale")
    private DataSource dataSource;

    /** The log manager keeps loggers only as long as somebody else does. */
    private final Logger events = Logger.getLogger("hsqldb.db");
    private final Handler listener = new Listener();
    private final AtomicLong breaks = new AtomicLong();
    private volatile boolean broken;
    private volatile long soundLength = Long.MAX_VALUE;
    private volatile Optional<Path> log = Optional.empty();
    private volatile boolean stopping;

    @PostConstruct
    void start() {
        events.addHandler(listener);
    }

    @PreDestroy
    void stop() {
        stopping = true;
        events.removeHandler(listener);
    }

    /** Opens the database, with its warnings heard from the first on. To be called before anything is written. */
    public void open() {
        try (Connection connection = dataSource.getConnection()) {
            String url = connection.getMetaData().getURL();
            if (url.startsWith(FILE_URL)) {
                log = Optional.of(Path.of(url.substring(FILE_URL.length()).replaceFirst(";.*", "") + ".log"));
            }
        } catch (SQLException e) {
            LOGGER.log(INFO, () -> "the database cannot be asked what it is: " + e.getMessage());
        }
    }

    /** Where the embedded database's files are; nothing with a database server. */
    public Optional<Path> folder() {
        return log.map(Path::getParent);
    }

    /** Whether the database's files cannot be relied on at the moment. */
    public boolean isBroken() {
        return broken;
    }

    /**
     * Does something with the database whose result counts only if it is on disk.
     *
     * @throws CollaborationException {@code storage-unavailable} when nobody can say so
     */
    public <T> T durably(Supplier<T> work) {
        long mark = mark();
        T result = work.get();
        confirm(mark);
        return result;
    }

    /** To be taken before a transaction, and shown to {@link #confirm} when it was committed. */
    public long mark() {
        if (broken) {
            throw unavailable();
        }
        return breaks.get();
    }

    /** @throws CollaborationException {@code storage-unavailable} when the database's files broke since the mark */
    public void confirm(long mark) {
        if (broken || breaks.get() != mark) {
            throw unavailable();
        }
    }

    private static CollaborationException unavailable() {
        return STORAGE_UNAVAILABLE.because("The database cannot write; nothing acknowledged was lost, try again.");
    }

    // ---- the break

    private final class Listener extends Handler {
        @Override
        public void publish(LogRecord event) {
            if (event.getLevel().intValue() >= Level.WARNING.intValue() && isAboutFiles(event.getThrown())) {
                breaks(event.getThrown());
            }
        }

        @Override
        public void flush() {
            // Nothing is kept.
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    /** HSQLDB does not always pass on the exception that it met, but always its text. */
    private static boolean isAboutFiles(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException || String.valueOf(cause.getMessage()).contains("IOException")) {
                return true;
            }
        }
        return false;
    }

    /** On the thread whose commit failed, which still keeps the others from the log: what they commit later finds it broken. */
    private synchronized void breaks(Throwable failure) {
        if (broken) {
            return;
        }
        soundLength = length();
        breaks.incrementAndGet();
        broken = true;
        String folder = log.map(Path::getParent).map(Path::toString).orElse("?");
        LOGGER.log(WARNING, () -> ("the embedded database cannot write its files at %s: %s. "
            + "Edits are refused until it can: make room on that disk.").formatted(folder, failure.getMessage()));
        // Not on this thread, which holds the database's locks.
        Thread.ofVirtual().name("storage-recovery-" + breaks.get()).start(this::recoverSoon);
    }

    private long length() {
        if (log.isEmpty()) {
            return Long.MAX_VALUE;
        }
        try {
            return Files.size(log.get());
        } catch (IOException e) {
            return Long.MAX_VALUE;                          // there is none, so there is nothing to cut
        }
    }

    // ---- the way back

    /** Every break has a thread of its own, which ends when the database is open again or broke anew. */
    private void recoverSoon() {
        try {
            do {
                Thread.sleep(PAUSE);
            } while (!stopping && !isRecovered());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isRecovered() {
        long own = breaks.get();
        try {
            shutDown();
            cutLog();
            takeAgain();
            requireOpen();
            if (breaks.get() == own) {
                LOGGER.log(WARNING, "the embedded database can write its files again: edits are taken");
            }
            return true;
        } catch (SQLException | IOException | RuntimeException e) {
            if (breaks.get() != own) {
                return true;                                // it broke anew, and another thread sees to that
            }
            broken = true;
            LOGGER.log(INFO, () -> "the embedded database cannot be opened again yet: " + e.getMessage());
            return false;
        }
    }

    private void shutDown() throws SQLException {
        try (Connection connection = dataSource.getConnection(); var statement = connection.createStatement()) {
            statement.execute("SHUTDOWN IMMEDIATELY");
        }
    }

    /** Closing flushes what could not be written before, behind the part of it that could: together that says something nobody meant. */
    private void cutLog() throws IOException {
        if (log.isPresent() && Files.exists(log.get()) && Files.size(log.get()) > soundLength) {
            try (var channel = FileChannel.open(log.get(), StandardOpenOption.WRITE)) {
                channel.truncate(soundLength);
                channel.force(true);
            }
        }
    }

    private synchronized void takeAgain() {
        broken = false;
        soundLength = Long.MAX_VALUE;
    }

    /** The database replays its log when it is opened, and starts a new one: when that cannot be written it breaks again. */
    private void requireOpen() throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try (Connection connection = dataSource.getConnection(); var statement = connection.createStatement()) {
                statement.execute("CALL 1");
                return;
            } catch (SQLException e) {
                if (attempt == CONNECTIONS_TO_TRY) {
                    throw e;
                }
            }
        }
    }
}
