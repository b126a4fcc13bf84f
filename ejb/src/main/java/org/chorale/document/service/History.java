package org.chorale.document.service;

import static org.chorale.problem.ProblemType.INVALID_REQUEST;
import static org.chorale.problem.ProblemType.REVISION_AHEAD;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import org.chorale.document.ChangeId;
import org.chorale.document.ChangeLog;
import org.chorale.document.CommittedChange;
import org.chorale.document.Document;
import org.chorale.document.DocumentForm;
import org.chorale.document.SnapshotStore;
import org.chorale.document.StoredChange;
import org.chorale.document.codec.ChangeCodec;
import org.chorale.document.codec.DocumentCodec;
import org.chorale.operation.ElementId;
import org.chorale.operation.Operation;
import org.chorale.session.BranchId;

/**
 * A branch's past, read from the database: neither a mailbox nor what a node holds in memory takes part. The log only grows, so each
 * page of it is a transaction of its own and is forgotten before the next one is read.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class History {
    /** Changes that one call looks at, at most. */
    public static final int MAX_LOOKED_AT = 2_000;
    private static final int CLOSE_TOGETHER = 20;
    /** So many changes are folded as fast as a small snapshot is read. */
    private static final int FEW_CHANGES = 50;
    /** Elements of a snapshot that are read while one change is folded, about. */
    private static final int ELEMENTS_PER_CHANGE = 10;
    private static final int MAX_CHARACTERS = 8 * 1024 * 1024;

    @Inject
    private ChangeLog log;
    @Inject
    private SnapshotStore snapshots;
    @Inject
    private SnapshotGaps gaps;

    /** Whose changes, and which element's; all of them where nothing is said. */
    public record Filter(Optional<String> userId, Optional<ElementId> element) {
        public static final Filter ALL = new Filter(Optional.empty(), Optional.empty());
    }

    /**
     * Some changes of a branch.
     *
     * @param changes    in their order
     * @param lookedUpTo the revision up to which every change was looked at: the next call goes on behind it
     * @param hasMore    whether there is anything behind it of what was asked for
     */
    public record Page(List<StoredChange> changes, long lookedUpTo, boolean hasMore) {
        public Page {
            changes = List.copyOf(changes);
        }
    }

    /** For the container, which gives it what it reads from. */
    public History() {}

    History(ChangeLog log, SnapshotStore snapshots, SnapshotGaps gaps) {
        this.log = log;
        this.snapshots = snapshots;
        this.gaps = gaps;
    }

    /**
     * The document at a revision: {@code {"revision": …, "document": …, "hash": …}}. Takes the time of folding what lies between the
     * nearest snapshot before it and the revision.
     *
     * @throws org.chorale.problem.CollaborationException {@code revision-ahead}, {@code invalid-request} for a negative one, or
     *     {@code branch-not-found}
     */
    public String documentAt(BranchId branch, long revision) {
        return DocumentCodec.snapshot(at(branch, revision));
    }

    /**
     * The document at a revision, for the caller alone. It is ready to be compared: the fingerprints of its elements are made.
     *
     * @throws org.chorale.problem.CollaborationException as {@link #documentAt}
     */
    public Document at(BranchId branch, long revision) {
        requireExisting(branch, revision);
        var loader = new BranchLoader(branch, log, snapshots);
        Document document = loader.nearest(revision).document();
        long nearest = document.revision();
        loader.foldTo(document, revision);
        gaps.crossed(branch, nearest, revision);
        document.elements().forEach(DocumentForm::fingerprint);
        return document;
    }

    /**
     * The document at a revision, as {@link #at}: made of an earlier one where that costs less than reading a snapshot.
     *
     * @param earlier a document that the branch, or one it was forked from, had up to this revision; it stays as it is
     */
    public Document at(BranchId branch, long revision, Document earlier) {
        long changes = revision - earlier.revision();
        if (changes < 0 || changes > FEW_CHANGES + earlier.elements().size() / ELEMENTS_PER_CHANGE) {
            return at(branch, revision);
        }
        requireExisting(branch, revision);
        Document document = new BranchLoader(branch, log, snapshots).foldTo(earlier.copy(), revision);
        document.elements().forEach(DocumentForm::fingerprint);
        return document;
    }

    /**
     * Checks that a branch has a revision.
     *
     * @throws org.chorale.problem.CollaborationException as {@link #documentAt}
     */
    public void requireExisting(BranchId branch, long revision) {
        requireWithin(revision, log.head(branch));
    }

    /**
     * Checks that there is a revision on a branch with this head.
     *
     * @throws org.chorale.problem.CollaborationException {@code revision-ahead}, {@code invalid-request} for a negative one
     */
    public static void requireWithin(long revision, long head) {
        requireRevision("revision", revision);
        if (revision > head) {
            throw REVISION_AHEAD.because("revision: " + revision + " (expected: at most " + head + ")");
        }
    }

    /** The newest revision that the database has. */
    public long head(BranchId branch) {
        return log.head(branch);
    }

    /** The last revision that was committed at a time or before it; 0 where there is none. */
    public long revisionAt(BranchId branch, Instant time) {
        return log.revisionAt(branch, time);
    }

    /**
     * Changes between two revisions. One call looks at no more than {@link #MAX_LOOKED_AT} changes (or 8 Mi characters of them) and may
     * find none of those asked for among them: {@link Page#lookedUpTo} tells where to go on.
     *
     * @param toInclusive what is beyond the head is not there yet
     * @param limit       how many changes at most: 1 to 1000
     * @throws org.chorale.problem.CollaborationException {@code invalid-request} or {@code branch-not-found}
     */
    public Page changes(BranchId branch, long fromExclusive, long toInclusive, Filter filter, int limit) {
        requireRevision("from", fromExclusive);
        requireRevision("to", toInclusive);
        if (limit < 1 || limit > 1_000) {
            throw INVALID_REQUEST.because("limit: " + limit + " (expected: 1 to 1000)");
        }
        long end = Math.min(toInclusive, log.head(branch));
        var found = new ArrayList<StoredChange>();
        long at = Math.min(fromExclusive, end);
        long last = Math.min(end, at + MAX_LOOKED_AT);
        for (int characters = 0; at < last && found.size() < limit && characters < MAX_CHARACTERS; ) {
            List<StoredChange> next = log.after(branch, at, (int) Math.min(last - at, BranchLoader.READ_SIZE));
            for (StoredChange change : next) {
                if (found.size() < limit) {
                    at = change.revision();
                    characters += change.content().length() + change.inverse().length();
                    if (isWanted(change, filter)) {
                        found.add(change);
                    }
                }
            }
        }
        return new Page(found, at, at < end);
    }

    /**
     * The ids of the changes that made some revisions.
     *
     * @param revisions of the branch; those that are none are left out
     */
    public Map<Long, ChangeId> idsOf(BranchId branch, SortedSet<Long> revisions) {
        var ids = new HashMap<Long, ChangeId>();
        var left = new ArrayDeque<>(revisions);
        while (!left.isEmpty()) {
            // Those that are close together are read together, with what lies between them.
            long first = left.getFirst();
            for (StoredChange change : log.after(branch, first - 1, CLOSE_TOGETHER)) {
                if (Long.valueOf(change.revision()).equals(left.peekFirst())) {
                    ids.put(left.removeFirst(), change.id());
                }
                if (left.isEmpty() || left.getFirst() >= first + CLOSE_TOGETHER) {
                    break;
                }
            }
            while (!left.isEmpty() && left.getFirst() < first + CLOSE_TOGETHER) {
                left.removeFirst();                         // beyond the head
            }
        }
        return ids;
    }

    private static void requireRevision(String name, long revision) {
        if (revision < 0) {
            throw INVALID_REQUEST.because(name + ": " + revision + " (expected: >= 0)");
        }
    }

    private static boolean isWanted(StoredChange stored, Filter filter) {
        if (filter.equals(Filter.ALL)) {
            return true;
        }
        CommittedChange change = ChangeCodec.load(stored);
        boolean author = filter.userId().isEmpty() || filter.userId().get().equals(change.author().userId());
        return author && (filter.element().isEmpty()
            || change.operations().stream().anyMatch(operation -> isAbout(filter.element().get(), operation)));
    }

    private static boolean isAbout(ElementId element, Operation operation) {
        return elementsOf(operation).contains(element);
    }

    /** The elements that an effective operation does something to. */
    public static Set<ElementId> elementsOf(Operation operation) {
        return switch (operation) {
            case Operation.Create create -> Set.of(create.element());
            case Operation.SetProperty set -> Set.of(set.element());
            case Operation.UnsetProperty unset -> Set.of(unset.element());
            case Operation.AddToProperty add -> Set.of(add.element());
            case Operation.EditText edit -> Set.of(edit.element());
            case Operation.Append append -> Set.of(append.element());
            case Operation.Retract retract -> Set.of(retract.element());
            case Operation.SetMember member -> Set.of(member.element());
            case Operation.Move move -> Set.of(move.element());
            case Operation.Delete delete -> Set.of(delete.element());
            case Operation.Restore restore -> Set.of(restore.element());
            case Operation.Withhold withhold -> Set.of(withhold.element());
            case Operation.Returned returned -> elementsOf(returned.write());
            case Operation.Merged merged -> Set.of(merged.write().element());
            case Operation.Rebalance rebalance -> rebalance.keys().keySet();
            case Operation.Resolve resolve -> Set.of();             // what it writes is an operation of its own beside it
        };
    }
}
