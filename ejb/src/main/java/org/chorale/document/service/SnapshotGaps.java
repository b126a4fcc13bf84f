package org.chorale.document.service;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.INFO;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.chorale.document.ChangeLog;
import org.chorale.document.Document;
import org.chorale.document.SnapshotStore;
import org.chorale.document.StoredChange;
import org.chorale.document.codec.ChangeCodec;
import org.chorale.document.codec.DocumentStateCodec;
import org.chorale.session.BranchId;

/**
 * Keeps snapshots where somebody looked back and had to go a long way from the nearest one, so that the next one has it near. One gap at a
 * time on a node, with rests in between, since cores and disk are for edits; two nodes that fill the same gap do it once.
 */
@ApplicationScoped
public class SnapshotGaps {
    private static final System.Logger LOGGER = System.getLogger(SnapshotGaps.class.getName());
    /** Gaps that may wait; one that is not taken is found again by the next one who looks. */
    private static final int MAX_WAITING = 100;
    /** It rests so many times as long as it works. */
    private static final int REST = 4;

    @Inject
    private ChangeLog log;
    @Inject
    private SnapshotStore snapshots;
    @Inject
    private BranchConfig config;
    @Resource
    private ManagedExecutorService managed;
    private Executor executor;
    private long spacing;
    private int rest = REST;
    private volatile boolean stopping;

    /** How far each branch is to be filled; guarded by itself. */
    private final Map<BranchId, Long> waiting = new LinkedHashMap<>();
    /** Guarded by {@link #waiting}. */
    private boolean working;

    /** For the container, which gives it what it needs. */
    public SnapshotGaps() {}

    SnapshotGaps(ChangeLog log, SnapshotStore snapshots, Executor executor, long spacing) {
        this.log = log;
        this.snapshots = snapshots;
        this.executor = executor;
        this.spacing = spacing;
        this.rest = 0;
    }

    @PostConstruct
    void start() {
        executor = managed;
        spacing = config.snapshotSpacing;
    }

    @PreDestroy
    void stop() {
        stopping = true;
    }

    /** Somebody made a document of the nearest snapshot, which is of one revision, and of all changes up to another one. */
    void crossed(BranchId branch, long snapshot, long revision) {
        if (revision - snapshot <= spacing + spacing / 2) {
            return;
        }
        synchronized (waiting) {
            if (waiting.size() < MAX_WAITING || waiting.containsKey(branch)) {
                waiting.merge(branch, revision, Math::max);
            }
            if (working) {
                return;
            }
            working = true;
        }
        try {
            executor.execute(this::work);
        } catch (RejectedExecutionException e) {
            synchronized (waiting) {
                working = false;
            }
            LOGGER.log(DEBUG, () -> "branch=%s keeps its gap, the server stops".formatted(branch));
        }
    }

    private void work() {
        for (Optional<Map.Entry<BranchId, Long>> next = next(); next.isPresent(); next = next()) {
            BranchId branch = next.get().getKey();
            try {
                fill(branch, next.get().getValue());
            } catch (RuntimeException e) {
                // Another node was faster, or the database is away: the log has it all.
                LOGGER.log(INFO, () -> "branch=%s keeps its gap for now: %s".formatted(branch, e));
            }
        }
    }

    private Optional<Map.Entry<BranchId, Long>> next() {
        synchronized (waiting) {
            Optional<Map.Entry<BranchId, Long>> first = waiting.entrySet().stream().findFirst().map(Map.Entry::copyOf);
            first.ifPresent(entry -> waiting.remove(entry.getKey()));
            working = first.isPresent() && !isStopping();
            return first.filter(entry -> working);
        }
    }

    /** Goes from the nearest snapshot to a revision once, and keeps one at every step on the way. */
    private void fill(BranchId branch, long revision) {
        Document document = new BranchLoader(branch, log, snapshots).nearest(revision).document();
        long kept = document.revision();
        while (document.revision() < revision && !isStopping()) {
            Instant start = Instant.now();
            long step = Math.min(revision, kept + spacing) - document.revision();
            List<StoredChange> page = log.after(branch, document.revision(), (int) Math.min(step, BranchLoader.READ_SIZE));
            if (page.isEmpty()) {
                return;
            }
            page.forEach(change -> document.apply(ChangeCodec.load(change)));
            document.keep();
            if (document.revision() == kept + spacing) {
                snapshots.save(branch, DocumentStateCodec.store(document.state(), page.getLast().at()));
                kept = document.revision();
                LOGGER.log(DEBUG, () -> "branch=%s keeps a snapshot of revision %d for whoever looks back".formatted(branch, document.revision()));
            }
            rest(Duration.between(start, Instant.now()).multipliedBy(rest));
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
