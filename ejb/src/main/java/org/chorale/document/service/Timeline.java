package org.chorale.document.service;

import static org.chorale.problem.ProblemType.INVALID_REQUEST;
import static org.chorale.problem.ProblemType.SERVER_BUSY;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.chorale.document.ChangeLog;
import org.chorale.document.StoredChange;
import org.chorale.problem.CollaborationException;
import org.chorale.session.BranchId;

/**
 * A branch's whole past in passing: drawn as a few bars, or read from one end to the other. Reads the log in pages, and so much of it only
 * a few times at once.
 */
@ApplicationScoped
public class Timeline {
    /** Changes in memory at once for one who reads all of them. */
    static final int PAGE = 100;
    /** People told for one bucket; who did less there is left out. */
    static final int PEOPLE = 20;
    private static final Duration RETRY = Duration.ofSeconds(5);

    @Inject
    private ChangeLog log;
    @Inject
    private HistoryConfig config;
    private Semaphore readers;
    private Tallies tallies;

    /** How many changes somebody made. */
    public record Share(String userId, int changes) {}

    /**
     * Some revisions in a row.
     *
     * @param at    when the last of them was committed
     * @param users who made them, the busiest first: the first {@value #PEOPLE}
     */
    public record Bucket(long from, long to, Instant at, List<Share> users) {
        public Bucket {
            users = List.copyOf(users);
        }

        public long changes() {
            return to - from + 1;
        }
    }

    /**
     * A range of a branch's revisions, in buckets of equal size.
     *
     * @param from    the first revision, and {@code to} the last one; {@code to < from} where the branch has none of those asked for
     * @param startAt when the first one was committed, and {@code endAt} the last one
     */
    public record Overview(long from, long to, long head, Optional<Instant> startAt, Optional<Instant> endAt, List<Bucket> buckets) {
        public Overview {
            buckets = List.copyOf(buckets);
        }
    }

    /** A range of revisions that is there. */
    public record Range(long from, long to, long head) {
        /** At most so many revisions of it. */
        public Range first(long most) {
            return to - from < most ? this : new Range(from, from + most - 1, head);
        }
    }

    /** For the container, which gives it what it reads from. */
    public Timeline() {}

    Timeline(ChangeLog log, int readers) {
        this.log = log;
        this.readers = new Semaphore(readers);
        this.tallies = new Tallies(log);
    }

    @PostConstruct
    void start() {
        readers = new Semaphore(config.streams);
        tallies = new Tallies(log);
    }

    /**
     * What of a range is there by now.
     *
     * @param to inclusive; what is beyond the head is not there yet
     * @throws org.chorale.problem.CollaborationException {@code invalid-request} where it ends before it begins,
     *     {@code branch-not-found}
     */
    public Range range(BranchId branch, long from, long to) {
        if (from < 1 || to < from) {
            throw INVALID_REQUEST.because("from: " + from + ", to: " + to + " (expected: 1 <= from <= to)");
        }
        long head = log.head(branch);
        return new Range(from, Math.min(to, head), head);
    }

    /**
     * The range in so many buckets, or fewer where it has fewer changes.
     *
     * @throws org.chorale.problem.CollaborationException as {@link #range}; {@code server-busy} where too many read already
     */
    public Overview overview(BranchId branch, Range range, int buckets) {
        if (range.to() < range.from()) {
            return new Overview(range.from(), range.to(), range.head(), Optional.empty(), Optional.empty(), List.of());
        }
        try (Reading reading = begin()) {
            return drawn(branch, range, buckets);
        }
    }

    private Overview drawn(BranchId branch, Range range, int buckets) {
        long count = range.to() - range.from() + 1;
        long each = (count + buckets - 1) / buckets;
        var drawn = new ArrayList<Bucket>();
        var shares = new HashMap<String, Integer>();
        Iterator<Tallies.Made> changes = tallies.read(branch, range.from(), range.to());
        Instant startAt = null;
        long first = range.from();
        while (changes.hasNext()) {
            Tallies.Made made = changes.next();
            startAt = startAt == null ? made.at() : startAt;
            shares.merge(made.userId(), 1, Integer::sum);
            if (made.revision() - first + 1 == each || made.revision() == range.to()) {
                drawn.add(new Bucket(first, made.revision(), made.at(), busiest(shares)));
                first = made.revision() + 1;
                shares.clear();
            }
        }
        return new Overview(range.from(), range.to(), range.head(), Optional.ofNullable(startAt), Optional.of(drawn.getLast().at()), drawn);
    }

    private static List<Share> busiest(Map<String, Integer> shares) {
        return shares.entrySet().stream().map(each -> new Share(each.getKey(), each.getValue()))
            .sorted(Comparator.comparingInt(Share::changes).reversed().thenComparing(Share::userId)).limit(PEOPLE).toList();
    }

    /** The range's changes in their order, a page at a time; each page is read when it is asked for. */
    public Iterator<List<StoredChange>> pages(BranchId branch, Range range) {
        return new ChangePages(log, branch, range.from(), range.to(), PAGE);
    }

    // ---- how many at once

    /** Somebody's place among those who read much; to be closed. */
    public interface Reading extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Takes a place among those who read much at once.
     *
     * @throws org.chorale.problem.CollaborationException {@code server-busy} where there is none
     */
    public Reading begin() {
        if (!readers.tryAcquire()) {
            throw busy();
        }
        return readers::release;
    }

    /**
     * Looks whether there is a place, without taking it.
     *
     * @throws org.chorale.problem.CollaborationException {@code server-busy}
     */
    public void requirePlace() {
        if (readers.availablePermits() == 0) {
            throw busy();
        }
    }

    private static CollaborationException busy() {
        return SERVER_BUSY.because("histories being read (expected: fewer)", RETRY);
    }
}
