package org.chorale.document;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chorale.session.BranchId;

/** The durable order of a branch's changes: port to the database. Every method may throw when the database cannot be reached. */
public interface ChangeLog {

    /** What became of an append. */
    enum Append {
        /** Stored durably. */
        COMMITTED,
        /** Another node extended the branch first; nothing was stored. */
        LOST_RACE
    }

    /**
     * Appends changes as the branch's next revisions, all or none, and returns once they are durable.
     *
     * @param changes the revisions right after {@code expectedHead}, in order
     */
    Append append(BranchId branch, long expectedHead, List<StoredChange> changes);

    /** At most {@code limit} changes after a revision, in order; fewer than asked for means that the head is reached. */
    List<StoredChange> after(BranchId branch, long revision, int limit);

    /** At most {@code limit} changes up to and with a revision, the newest first. */
    List<StoredChange> upTo(BranchId branch, long revision, int limit);

    /** The newest revision; 0 for a branch without changes. */
    long head(BranchId branch);

    /** The last revision that was committed at a time or before it; 0 where there is none. */
    long revisionAt(BranchId branch, Instant time);

    /** A change by its name. */
    Optional<StoredChange> find(BranchId branch, ChangeId id);

    /** The revisions of those changes that are in the log. */
    Map<ChangeId, Long> revisionsOf(BranchId branch, Collection<ChangeId> ids);
}
