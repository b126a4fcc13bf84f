package org.chorale.document.service;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.chorale.document.Document;
import org.chorale.document.DocumentState;
import org.chorale.document.SnapshotRetention;
import org.chorale.document.SnapshotStore;
import org.chorale.document.StoredChange;
import org.chorale.document.codec.DocumentStateCodec;
import org.chorale.session.BranchId;

/**
 * Takes a branch's snapshots. The state is copied on the mailbox's thread, between two commits; encoding and storing it happens on
 * another one, once at a time, and for about a hundredth of the time at most, a tenth in a
 * long burst: cores are for edits. A snapshot that fails is missed by nobody: the log has it all.
 */
final class Snapshots {
    private static final System.Logger LOGGER = System.getLogger(Snapshots.class.getName());
    /** The next one waits so many times as long as the last one took. */
    private static final int REST = 100;
    /** But only so many times where whoever looks back later would have a long way from the last one: in a burst of edits. */
    private static final int SHORT_REST = 10;
    private static final int NEWEST = 2;

    /**
     * When snapshots are taken.
     *
     * @param changes    a snapshot is due after this many changes
     * @param characters or after this much of stored changes
     * @param idle       or when nothing new came for so long
     * @param spacing    revisions between two of those that are kept for looking back
     */
    record Rules(int changes, long characters, Duration idle, long spacing) {
        static final Rules DEFAULT = new Rules(256, 1024 * 1024, Duration.ofMinutes(5), 2_048);
    }

    private final BranchId branch;
    private final SnapshotStore store;
    private final Executor executor;
    private final Clock clock;
    private final Rules rules;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile Instant notBefore = Instant.MIN;
    private volatile Instant notBeforeThoughFar = Instant.MIN;

    // Of the mailbox's thread.
    private long takenAt;
    private long characters;

    /** When the last change came that no snapshot has; the far future where there is none. */
    private volatile Instant newSince = Instant.MAX;

    Snapshots(BranchId branch, SnapshotStore store, Executor executor, Clock clock, Rules rules) {
        this.branch = branch;
        this.store = store;
        this.executor = executor;
        this.clock = clock;
        this.rules = rules;
    }

    /** The branch was loaded from the snapshot of this revision. */
    void startedFrom(long revision) {
        takenAt = revision;
    }

    /** The document got one change further. */
    void count(StoredChange change) {
        characters += RecentChanges.length(change);
        newSince = clock.instant();
    }

    /** Takes a snapshot where enough has changed since the last one, and that is long enough ago. */
    void takeIfDue(Document document, Instant lastCommit) {
        long changes = document.revision() - takenAt;
        boolean due = changes >= rules.changes() || characters >= rules.characters();
        if (due && !clock.instant().isBefore(changes >= rules.spacing() ? notBeforeThoughFar : notBefore)) {
            take(document, lastCommit);
        }
    }

    /** Whether there is something that no snapshot has, though nothing more came for a while. May be asked by any thread. */
    boolean isIdleWithNews() {
        Instant since = newSince;
        return !since.equals(Instant.MAX) && !since.plus(rules.idle()).isAfter(clock.instant());
    }

    /** Whether one is being stored. */
    boolean isBusy() {
        return busy.get();
    }

    /** Takes a snapshot of what is new, unless one is being stored. */
    void take(Document document, Instant lastCommit) {
        if (newSince.equals(Instant.MAX) || !busy.compareAndSet(false, true)) {
            return;
        }
        try {
            DocumentState state = document.state();
            takenAt = state.revision();
            characters = 0;
            newSince = Instant.MAX;
            executor.execute(() -> store(state, lastCommit));
        } catch (RejectedExecutionException e) {
            busy.set(false);
            LOGGER.log(DEBUG, () -> "branch=%s takes no snapshot any more, the server stops".formatted(branch));
        }
    }

    private void store(DocumentState state, Instant at) {
        Instant start = clock.instant();
        try {
            store.save(branch, DocumentStateCodec.store(state, at));
            store.prune(branch, new SnapshotRetention(NEWEST, rules.spacing()));
            LOGGER.log(DEBUG, () -> "branch=%s keeps a snapshot of revision %d".formatted(branch, state.revision()));
        } catch (RuntimeException e) {
            LOGGER.log(WARNING, () -> "branch=%s snapshot=%d could not be stored, the log has it all: %s".formatted(
                branch, state.revision(), e));
        } finally {
            Instant end = clock.instant();
            Duration taken = Duration.between(start, end);
            notBefore = end.plus(taken.multipliedBy(REST));
            notBeforeThoughFar = end.plus(taken.multipliedBy(SHORT_REST));
            busy.set(false);
        }
    }
}
