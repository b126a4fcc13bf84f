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
        LOST_RACE,
        /** The two branches were merged meanwhile, so that this merge compared with the wrong revision; nothing was stored. */
        OVERTAKEN
    }

    /**
     * What is stored together with what a merge comes to, or not at all.
     *
     * @param source what is merged
     * @param after  the last merge between the two branches when this one was worked out, as {@link #lastMerge} told
     * @param along  what else belongs to it, called in the same transaction; what it throws undoes all of it, and is thrown on
     */
    record MergeEntry(BranchPoint source, Optional<Crossing> after, Along along) {}

    /** Stores something in the transaction of a merge. */
    @FunctionalInterface
    interface Along {
        Along NOTHING = revision -> { };

        /** @param revision the target's, from which on it has the source's changes */
        void merged(long revision);
    }

    /** Decides what comes next on a branch that nobody else can extend meanwhile. */
    @FunctionalInterface
    interface Continuation {
        /**
         * @param missed the changes after the known head, in order
         * @return the revisions right after them; none where there is nothing to store
         */
        List<StoredChange> after(List<StoredChange> missed);
    }

    /**
     * Appends changes as the branch's next revisions, all or none, and returns once they are durable.
     *
     * @param expected how the branch was when they were decided; if it is not so any more, the race is lost
     * @param changes  the revisions right after the expected head, in order
     */
    Append append(BranchId branch, BranchState expected, List<StoredChange> changes);

    /**
     * The same for a branch that several nodes extend all the time: the branch is held first, then the caller is told what it missed and
     * decides, within the transaction. So no race for the head is lost; whoever else wants to append waits.
     *
     * @param known the race is lost where the locks are others, or where more than {@code most} changes were missed
     */
    Append appendHeld(BranchId branch, BranchState known, int most, Continuation next);

    /**
     * Appends what a merge into the branch comes to, as {@link #append} does, and that it was merged: from then on it is the
     * {@link #lastMerge} of the two.
     *
     * @param changes the merge's change and what the server adds to it; none where there was nothing to do
     */
    Append appendMerge(BranchId target, BranchState expected, List<StoredChange> changes, MergeEntry merge);

    /** The last merge between two branches of a session, in either direction. */
    Optional<Crossing> lastMerge(BranchId one, BranchId other);

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
