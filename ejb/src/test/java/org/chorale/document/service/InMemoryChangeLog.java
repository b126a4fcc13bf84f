package org.chorale.document.service;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chorale.document.BranchPoint;
import org.chorale.document.BranchState;
import org.chorale.document.ChangeId;
import org.chorale.document.ChangeLog;
import org.chorale.document.Crossing;
import org.chorale.document.StoredChange;
import org.chorale.lock.Lock;
import org.chorale.lock.LockStore;
import org.chorale.operation.ElementId;
import org.chorale.problem.ProblemType;
import org.chorale.session.BranchId;
import org.chorale.session.SessionId;

/** A log that keeps nothing over a restart, and can be told to misbehave as databases do. */
public class InMemoryChangeLog implements ChangeLog, LockStore {
    private final Map<BranchId, List<StoredChange>> branches = new HashMap<>();
    private final Map<SessionId, List<Crossing>> merges = new HashMap<>();
    private final Map<BranchId, Stored> locks = new HashMap<>();
    private final List<Integer> batches = new ArrayList<>();
    private Fault fault = Fault.NONE;
    private int changesRead;
    private int lostRaces;

    /** What goes wrong at the next append; every read fails while the log is away or gone, every append where others are always first. */
    public enum Fault { NONE, FAILS_BEFORE_COMMIT, FAILS_AFTER_COMMIT, AWAY, GONE, OTHERS_ARE_FIRST }

    public synchronized void will(Fault next) {
        fault = next;
    }

    /** How many changes each transaction stored. */
    public synchronized List<Integer> batches() {
        return List.copyOf(batches);
    }

    /** How many appends came too late. */
    public synchronized int lostRaces() {
        return lostRaces;
    }

    /** How many changes were read since the last time this was asked. */
    public synchronized int changesRead() {
        int read = changesRead;
        changesRead = 0;
        return read;
    }

    /** The branch is no more; one of its name may be begun anew. */
    public synchronized void forget(BranchId branch) {
        branches.remove(branch);
    }

    public synchronized List<StoredChange> all(BranchId branch) {
        return List.copyOf(branches.getOrDefault(branch, List.of()));
    }

    /** Lets a branch begin at a revision of another one. */
    public synchronized void fork(BranchId child, BranchId parent, long revision) {
        branches.put(child, new ArrayList<>(all(parent).subList(0, (int) revision)));
    }

    @Override
    public synchronized Append append(BranchId branch, BranchState expected, List<StoredChange> changes) {
        Fault now = fault;
        if (now == Fault.OTHERS_ARE_FIRST) {
            lostRaces++;
            return Append.LOST_RACE;
        }
        if (now != Fault.AWAY) {
            fault = Fault.NONE;
        }
        if (now == Fault.AWAY || now == Fault.FAILS_BEFORE_COMMIT) {
            throw new IllegalStateException("no connection");
        }
        List<StoredChange> log = branches.computeIfAbsent(branch, id -> new ArrayList<>());
        if (log.size() != expected.head() || version(branch) != expected.locks()) {
            lostRaces++;
            return Append.LOST_RACE;
        }
        log.addAll(changes);
        batches.add(changes.size());
        if (now == Fault.FAILS_AFTER_COMMIT) {
            throw new IllegalStateException("connection lost during commit");
        }
        return Append.COMMITTED;
    }

    @Override
    public synchronized Append appendHeld(BranchId branch, BranchState known, int most, Continuation next) {
        requireThere();
        List<StoredChange> log = all(branch);
        if (version(branch) != known.locks() || log.size() - known.head() > most) {
            return Append.LOST_RACE;
        }
        List<StoredChange> changes = next.after(log.subList((int) known.head(), log.size()));
        return changes.isEmpty() ? Append.COMMITTED : append(branch, new BranchState(log.size(), known.locks()), changes);
    }

    @Override
    public synchronized Stored of(BranchId branch) {
        requireThere();
        return locks.getOrDefault(branch, new Stored(0, List.of()));
    }

    @Override
    public synchronized long version(BranchId branch) {
        return of(branch).version();
    }

    @Override
    public synchronized boolean change(BranchId branch, long expectedVersion, List<Lock> taken, List<ElementId> freed) {
        Stored present = of(branch);
        if (present.version() != expectedVersion) {
            return false;
        }
        Set<ElementId> gone = Stream.concat(taken.stream().map(Lock::element), freed.stream()).collect(Collectors.toSet());
        locks.put(branch, new Stored(expectedVersion + 1,
            Stream.concat(present.locks().stream().filter(lock -> !gone.contains(lock.element())), taken.stream()).toList()));
        return true;
    }

    @Override
    public synchronized Append appendMerge(BranchId target, BranchState expected, List<StoredChange> changes, MergeEntry merge) {
        var source = new BranchId(target.session(), merge.source().branch());
        if (!lastMerge(source, target).equals(merge.after())) {
            return Append.OVERTAKEN;
        }
        long revision = changes.isEmpty() ? expected.head() : changes.getFirst().revision();
        merge.along().merged(revision);
        Append done = append(target, expected, changes);
        if (done == Append.COMMITTED) {
            merges.put(target.session(), Stream.concat(merges(target.session()),
                Stream.of(new Crossing(merge.source(), new BranchPoint(target.name(), revision)))).toList());
        }
        return done;
    }

    private Stream<Crossing> merges(SessionId session) {
        return merges.getOrDefault(session, List.of()).stream();
    }

    @Override
    public synchronized Optional<Crossing> lastMerge(BranchId one, BranchId other) {
        requireThere();
        var names = Set.of(one.name(), other.name());
        return Crossing.last(merges(one.session())
            .filter(merge -> names.equals(Set.of(merge.source().branch(), merge.target().branch()))));
    }

    @Override
    public synchronized List<StoredChange> after(BranchId branch, long revision, int limit) {
        requireThere();
        List<StoredChange> found = all(branch).stream().filter(change -> change.revision() > revision).limit(limit).toList();
        changesRead += found.size();
        return found;
    }

    @Override
    public synchronized List<StoredChange> upTo(BranchId branch, long revision, int limit) {
        requireThere();
        List<StoredChange> found = all(branch).reversed().stream().filter(change -> change.revision() <= revision).limit(limit).toList();
        changesRead += found.size();
        return found;
    }

    @Override
    public synchronized long head(BranchId branch) {
        requireThere();
        return all(branch).size();
    }

    @Override
    public synchronized long revisionAt(BranchId branch, Instant time) {
        requireThere();
        return all(branch).stream().filter(change -> !change.at().isAfter(time)).count();
    }

    @Override
    public synchronized Optional<StoredChange> find(BranchId branch, ChangeId id) {
        requireThere();
        return all(branch).stream().filter(change -> change.id().equals(id)).findFirst();
    }

    @Override
    public synchronized Map<ChangeId, Long> revisionsOf(BranchId branch, Collection<ChangeId> ids) {
        requireThere();
        var revisions = new HashMap<ChangeId, Long>();
        all(branch).stream().filter(change -> ids.contains(change.id())).forEach(change -> revisions.put(change.id(), change.revision()));
        return revisions;
    }

    private void requireThere() {
        if (fault == Fault.GONE) {
            throw ProblemType.BRANCH_NOT_FOUND.because("branch: deleted");
        }
        if (fault == Fault.AWAY) {
            throw new IllegalStateException("no connection");
        }
    }
}
