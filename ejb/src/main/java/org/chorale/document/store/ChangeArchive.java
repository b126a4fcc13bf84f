package org.chorale.document.store;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chorale.document.ChangeId;
import org.chorale.document.StoredChange;

/**
 * Changes that are long ago, in compressed segments: read as if they were rows still. A branch's segments hold its first revisions without
 * a gap, its rows all behind them; one transaction takes changes from there to here, so that each is always in one of the two. Whoever
 * reads looks at the rows first: what was moved away in the meantime is here by then.
 */
@Stateless
public class ChangeArchive {
    private static final int READ_SIZE = 100;

    @PersistenceContext
    private EntityManager entities;
    @Inject
    private OpenSegments open;

    // ---- reading

    /**
     * Puts before a branch's rows what the archive has of a range.
     *
     * @param key  the branch's
     * @param rows those of the range that there are, in their order
     */
    public List<StoredChange> complete(long key, long first, long last, List<StoredChange> rows) {
        long missing = rows.isEmpty() ? last : Math.min(last, rows.getFirst().revision() - 1);
        if (missing < Math.max(1, first)) {
            return rows;
        }
        var all = new ArrayList<StoredChange>();
        for (ChangeSegmentEntity segment : segments(key, Math.max(1, first), missing)) {
            changes(key, segment.first()).stream()
                .filter(change -> change.revision() >= first && change.revision() <= missing).forEach(all::add);
        }
        all.addAll(rows);
        return all;
    }

    /** When a revision was committed that is here. */
    public Optional<Instant> time(long key, long revision) {
        return complete(key, revision, revision, List.of()).stream().findFirst().map(StoredChange::at);
    }

    /** A change that is here, by its name. */
    public Optional<StoredChange> find(long key, ChangeId id) {
        return entities.createNamedQuery("archived.ofClient", ArchivedClientEntity.class)
            .setParameter("branch", key).setParameter("client", id.clientId()).setParameter("counter", id.counter())
            .getResultStream().filter(each -> each.counters().contains(id.counter())).findFirst()
            .flatMap(each -> changes(key, each.firstRevision()).stream().filter(change -> change.id().equals(id)).findFirst());
    }

    private List<ChangeSegmentEntity> segments(long key, long first, long last) {
        Long start = entities.createNamedQuery("segment.startingAt", Long.class)
            .setParameter("branch", key).setParameter("revision", first).getSingleResult();
        return entities.createNamedQuery("segment.between", ChangeSegmentEntity.class)
            .setParameter("branch", key).setParameter("first", start == null ? first : start).setParameter("last", last)
            .getResultStream().filter(segment -> segment.last() >= first).toList();
    }

    private List<StoredChange> changes(long key, long first) {
        return open.of(key, first, () -> ChangeSegment.read(entities.createNamedQuery("segment.parts", String.class)
            .setParameter("branch", key).setParameter("first", first).getResultList()));
    }

    // ---- moving

    /** A branch as compaction sees it. */
    public record Line(long key, String sessionId, String name, long head) {}

    /** Branches in the order of their keys, behind one. */
    public List<Line> lines(long afterKey, int limit) {
        return entities.createNamedQuery("branch.lines", Object[].class).setParameter("after", afterKey).setMaxResults(limit)
            .getResultStream().map(row -> new Line((Long) row[0], (String) row[1], (String) row[2], (Long) row[3])).toList();
    }

    /** The last revision that is here; where nothing is, the one behind which the branch's own begin. */
    public long end(long key) {
        Long newest = entities.createNamedQuery("segment.newest", Long.class).setParameter("branch", key).getSingleResult();
        return newest == null ? entities.find(BranchEntity.class, key).forkRevision() : newest;
    }

    /**
     * The next segment that could be made of a branch's rows, not stored yet; nothing where there are too few.
     *
     * @param from          the revision behind which it begins
     * @param last          it reaches no further
     * @param changes       that it has, or less where these have more characters than {@code maxCharacters}
     */
    public Optional<ChangeSegment> next(long key, long from, long last, int changes, long maxCharacters) {
        var taken = new ArrayList<StoredChange>();
        long characters = 0;
        long at = from;
        while (at < last && taken.size() < changes && characters < maxCharacters) {
            long end = Math.min(last, at + Math.min(READ_SIZE, taken.isEmpty() ? READ_SIZE : changes - taken.size()));
            List<StoredChange> page = rows(key, at + 1, end);
            for (StoredChange change : page) {
                if (taken.size() < changes && characters < maxCharacters) {
                    taken.add(change);
                    characters += change.content().length() + change.inverse().length();
                }
            }
            entities.clear();                               // or else the transaction keeps them all
            at = end;
        }
        boolean full = taken.size() == changes || characters >= maxCharacters;
        return full ? Optional.of(ChangeSegment.of(taken)) : Optional.empty();
    }

    private List<StoredChange> rows(long key, long first, long last) {
        return entities.createNamedQuery("change.between", ChangeEntity.class)
            .setParameter("branch", key).setParameter("first", first).setParameter("last", last)
            .getResultStream().map(ChangeEntity::toStoredChange).toList();
    }

    /**
     * Takes a segment's changes over from the rows.
     *
     * @throws RuntimeException where another node did so at the same time: then nothing is changed
     */
    public void take(long key, ChangeSegment segment) {
        entities.persist(new ChangeSegmentEntity(key, segment));
        entities.flush();
        int part = 0;
        for (String content : segment.parts()) {
            entities.persist(new ChangeSegmentPartEntity(key, segment.first(), part++, content));
        }
        segment.clients().forEach((client, counters) ->
            entities.persist(new ArchivedClientEntity(key, segment.first(), client, counters)));
        int removed = entities.createNamedQuery("change.remove").setParameter("branch", key)
            .setParameter("first", segment.first()).setParameter("last", segment.last()).executeUpdate();
        if (removed != segment.changes()) {
            throw new IllegalStateException("branch " + key + ": " + removed + " rows of " + segment.changes() + " were there to be moved");
        }
    }

    /** Forgets all of a branch that is deleted, within the caller's transaction. */
    public void forget(long key) {
        for (String removal : List.of("archived.removeAll", "segment.removeParts", "segment.removeAll")) {
            entities.createNamedQuery(removal).setParameter("branch", key).executeUpdate();
        }
    }
}
