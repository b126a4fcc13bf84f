package org.chorale.document.service;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.INFO;
import static org.chorale.problem.ProblemType.SERVER_BUSY;

import jakarta.annotation.PreDestroy;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.chorale.document.ChangeLog;
import org.chorale.document.SnapshotStore;
import org.chorale.document.codec.DocumentStateCodec;
import org.chorale.document.store.ArchiveConfig;
import org.chorale.document.store.ChangeArchive;
import org.chorale.document.store.ChangeSegment;
import org.chorale.document.store.DeletedBranches;
import org.chorale.platform.store.StorageWatch;
import org.chorale.session.BranchId;
import org.chorale.session.SessionId;

/**
 * Takes changes that are long ago out of the branches' rows, into segments: one after the other, each in a transaction of its own, with
 * rests in between, since cores and disk are for edits. Once at a time on a node; two nodes that move the same do it once.
 */
@ApplicationScoped
public class Compaction {
    private static final System.Logger LOGGER = System.getLogger(Compaction.class.getName());
    /** Segments that one run makes at most. */
    static final int SEGMENTS_AT_ONCE = 500;
    private static final int BRANCHES_AT_ONCE = 500;
    /** HSQLDB's first key is 0, PostgreSQL's 1. */
    private static final long BEFORE_ALL = -1;
    private static final Duration RETRY = Duration.ofSeconds(30);

    @EJB
    private ChangeArchive archive;
    @EJB
    private DeletedBranches deleted;
    @Inject
    private ChangeLog log;
    @Inject
    private SnapshotStore snapshots;
    @Inject
    private ArchiveConfig config;
    @Inject
    private BranchConfig branches;
    @Inject
    private StorageWatch storage;
    @Inject
    private Clock clock;
    private final ReentrantLock running = new ReentrantLock();
    private volatile boolean stopping;

    /**
     * Which changes stay as they are, and how the others are packed.
     *
     * @param hotChanges    so many of the newest of a branch stay
     * @param hotAge        and those that are younger
     * @param changes       of a segment
     * @param maxCharacters a segment ends behind the change with which it has so many
     * @param rest          after a segment, as many times as it took: 0 for none
     */
    public record Rules(int hotChanges, Duration hotAge, int changes, long maxCharacters, int rest) {
        public static final int SEGMENT = 1_000;
        public static final long MAX_CHARACTERS = 4 * 1024 * 1024;
    }

    /**
     * What was moved of a branch, or would be.
     *
     * @param bytesBefore of the changes as rows, and {@code bytesAfter} in segments: without what the database itself adds
     */
    public record Moved(BranchId branch, long changes, long segments, long bytesBefore, long bytesAfter) {}

    /** @param hasMore whether another run would find more to do, since one does only so much */
    public record Report(List<Moved> branches, boolean hasMore) {
        public Report {
            branches = List.copyOf(branches);
        }
    }

    /** As this server is configured. */
    public Rules rules(int rest) {
        return new Rules(config.hotChanges, config.hotAge, Rules.SEGMENT, Rules.MAX_CHARACTERS, rest);
    }

    @PreDestroy
    void stop() {
        stopping = true;
    }

    /**
     * Looks through all branches.
     *
     * @param dryRun to tell only
     * @throws org.chorale.problem.CollaborationException {@code server-busy} where somebody does already
     */
    public Report run(Rules rules, boolean dryRun) {
        return alone(() -> {
            if (!dryRun) {
                removeDeleted(clock.instant().minus(rules.hotAge()));
            }
            var moved = new ArrayList<Moved>();
            long budget = SEGMENTS_AT_ONCE;
            long after = BEFORE_ALL;
            for (List<ChangeArchive.Line> some = archive.lines(after, BRANCHES_AT_ONCE); !some.isEmpty();
                    some = archive.lines(after, BRANCHES_AT_ONCE)) {
                for (ChangeArchive.Line line : some) {
                    long left = budget;
                    Optional<Moved> done = compact(line, rules, dryRun, left);
                    done.ifPresent(moved::add);
                    budget -= done.map(Moved::segments).orElse(0L);
                    if (budget == 0 || isStopping()) {
                        return new Report(moved, true);
                    }
                }
                after = some.getLast().key();
            }
            return new Report(moved, false);
        });
    }

    /** Removes what branches leave that were deleted before a time: until then an operator can still bring one back. */
    private void removeDeleted(Instant time) {
        for (long key : deleted.before(time)) {
            while (!isStopping() && storage.durably(() -> deleted.removeSome(key))) {
                LOGGER.log(DEBUG, () -> "branch=%d is deleted: some of its changes are removed".formatted(key));
            }
        }
    }

    /** Looks at one branch only. */
    public Optional<Moved> run(BranchId branch, Rules rules, boolean dryRun) {
        return alone(() -> {
            long after = BEFORE_ALL;
            for (List<ChangeArchive.Line> some = archive.lines(after, BRANCHES_AT_ONCE); !some.isEmpty();
                    some = archive.lines(after, BRANCHES_AT_ONCE)) {
                for (ChangeArchive.Line line : some) {
                    if (id(line).equals(branch)) {
                        return compact(line, rules, dryRun, SEGMENTS_AT_ONCE);
                    }
                }
                after = some.getLast().key();
            }
            return Optional.empty();
        });
    }

    private <T> T alone(Supplier<T> run) {
        if (!running.tryLock()) {
            throw SERVER_BUSY.because("compaction (expected: none that is under way)", RETRY);
        }
        try {
            return run.get();
        } finally {
            running.unlock();
        }
    }

    private static BranchId id(ChangeArchive.Line line) {
        return new BranchId(new SessionId(line.sessionId()), line.name());
    }

    private Optional<Moved> compact(ChangeArchive.Line line, Rules rules, boolean dryRun, long budget) {
        long last = line.head() - rules.hotChanges();
        if (last < 1) {
            return Optional.empty();
        }
        long at = archive.end(line.key());
        long changes = 0;
        long segments = 0;
        long before = 0;
        long after = 0;
        while (at < last && segments < budget && !isStopping()) {
            Instant start = clock.instant();
            Optional<ChangeSegment> next = archive.next(line.key(), at, last, rules.changes(), rules.maxCharacters());
            if (next.isEmpty() || next.get().lastAt().plus(rules.hotAge()).isAfter(start) || !dryRun && !take(line, next.get())) {
                break;
            }
            ChangeSegment segment = next.get();
            at = segment.last();
            if (!dryRun) {
                keepSnapshot(id(line), segment);
            }
            segments++;
            changes += segment.changes();
            before += segment.rawBytes();
            after += segment.storedBytes();
            rest(Duration.between(start, clock.instant()).multipliedBy(rules.rest()));
        }
        return segments == 0 ? Optional.empty() : Optional.of(new Moved(id(line), changes, segments, before, after));
    }

    private boolean take(ChangeArchive.Line line, ChangeSegment segment) {
        try {
            storage.durably(() -> {
                archive.take(line.key(), segment);
                return segment;
            });
            LOGGER.log(DEBUG, () -> "branch=%s keeps revisions %d to %d in a segment".formatted(id(line), segment.first(), segment.last()));
            return true;
        } catch (RuntimeException e) {
            // Another node did the same, or the database is away: nothing is changed, and the next run finds what is left.
            LOGGER.log(INFO, () -> "branch=%s keeps revisions %d to %d as they are for now: %s".formatted(
                id(line), segment.first(), segment.last(), e));
            return false;
        }
    }

    /** Whoever looks back needs a snapshot nearby; in a long burst of edits there was no time to take one. */
    private void keepSnapshot(BranchId branch, ChangeSegment segment) {
        try {
            var loader = new BranchLoader(branch, log, snapshots);
            if (segment.last() - loader.nearest(segment.last()).document().revision() >= branches.snapshotSpacing / 2) {
                snapshots.save(branch, DocumentStateCodec.store(loader.documentAt(segment.last()).state(), segment.lastAt()));
            }
        } catch (RuntimeException e) {
            LOGGER.log(INFO, () -> "branch=%s has no snapshot near revision %d, the log has it all: %s".formatted(
                branch, segment.last(), e));
        }
    }

    private boolean isStopping() {
        return stopping || Thread.currentThread().isInterrupted();
    }

    private static void rest(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
