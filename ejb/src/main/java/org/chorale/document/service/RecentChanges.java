package org.chorale.document.service;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chorale.document.ChangeId;
import org.chorale.document.StoredChange;

/** The newest part of a branch's log, kept in memory for those who come back after a moment and for recognising what was sent twice. */
final class RecentChanges {
    private final int maxChanges;
    private final long maxCharacters;
    private final Deque<StoredChange> changes = new ArrayDeque<>();
    private final Map<ChangeId, StoredChange> byId = new HashMap<>();
    private long characters;
    private long forgotten;

    RecentChanges(int maxChanges, long maxCharacters) {
        this.maxChanges = maxChanges;
        this.maxCharacters = maxCharacters;
    }

    /** Begins behind a revision: what led to it is not known. */
    void startBehind(long revision) {
        changes.clear();
        byId.clear();
        characters = 0;
        forgotten = revision;
    }

    void add(StoredChange change) {
        changes.addLast(change);
        byId.put(change.id(), change);
        characters += length(change);
        while (changes.size() > maxChanges || characters > maxCharacters) {
            StoredChange oldest = changes.removeFirst();
            byId.remove(oldest.id());
            characters -= length(oldest);
            forgotten = oldest.revision();
        }
    }

    /** What a change counts, in characters. */
    static int length(StoredChange change) {
        return change.content().length() + change.inverse().length();
    }

    /** Every change after the revision, or nothing when some of them are forgotten. */
    Optional<List<StoredChange>> after(long revision) {
        if (revision < forgotten) {
            return Optional.empty();
        }
        var result = new ArrayDeque<StoredChange>();
        for (var newestFirst = changes.descendingIterator(); newestFirst.hasNext();) {
            StoredChange change = newestFirst.next();
            if (change.revision() <= revision) {
                break;
            }
            result.addFirst(change);
        }
        return Optional.of(List.copyOf(result));
    }

    Optional<StoredChange> find(ChangeId id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Whether every change committed after the revision is still here. */
    boolean reachesBackTo(long revision) {
        return revision >= forgotten;
    }
}
