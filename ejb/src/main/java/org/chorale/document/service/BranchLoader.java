package org.chorale.document.service;

import static java.lang.System.Logger.Level.WARNING;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.chorale.document.ChangeLog;
import org.chorale.document.Document;
import org.chorale.document.SnapshotStore;
import org.chorale.document.StoredChange;
import org.chorale.document.StoredSnapshot;
import org.chorale.document.codec.ChangeCodec;
import org.chorale.document.codec.DocumentStateCodec;
import org.chorale.session.BranchId;

/** Makes a branch's document of a snapshot and what the log has behind it; of the log alone where no snapshot can be read. */
final class BranchLoader {
    private static final System.Logger LOGGER = System.getLogger(BranchLoader.class.getName());
    /** Changes that are read from the log at once. */
    static final int READ_SIZE = 200;

    private final BranchId branch;
    private final ChangeLog log;
    private final SnapshotStore snapshots;

    BranchLoader(BranchId branch, ChangeLog log, SnapshotStore snapshots) {
        this.branch = branch;
        this.log = log;
        this.snapshots = snapshots;
    }

    /** A document as a snapshot has it, and when its revision was committed. */
    record Start(Document document, Instant at) {}

    /** The newest document up to a revision that can be read; without a snapshot an empty one. */
    Start nearest(long atMost) {
        long limit = atMost;
        while (limit > 0) {
            Optional<StoredSnapshot> stored = newest(limit);
            if (stored.isEmpty()) {
                break;
            }
            try {
                return new Start(Document.of(DocumentStateCodec.load(stored.get())), stored.get().at());
            } catch (RuntimeException e) {
                LOGGER.log(WARNING, () -> "branch=%s snapshot=%d is not readable, an older one is tried: %s".formatted(
                    branch, stored.get().revision(), e.getCause()));
                limit = stored.get().revision() - 1;
            }
        }
        return new Start(new Document(), Instant.EPOCH);
    }

    private Optional<StoredSnapshot> newest(long atMost) {
        try {
            return snapshots.newest(branch, atMost);
        } catch (RuntimeException e) {
            LOGGER.log(WARNING, () -> "branch=%s snapshots cannot be read, the log is: %s".formatted(branch, e));
            return Optional.empty();
        }
    }

    /** The document at a revision that is in the log. */
    Document documentAt(long revision) {
        return foldTo(nearest(revision).document(), revision);
    }

    /** Takes a document of the branch forward to a revision that is in the log; returns it. */
    Document foldTo(Document document, long revision) {
        while (document.revision() < revision) {
            long missing = revision - document.revision();
            List<StoredChange> next = log.after(branch, document.revision(), (int) Math.min(missing, READ_SIZE));
            if (next.isEmpty()) {
                throw new IllegalStateException("branch=" + branch + " has no revision " + (document.revision() + 1));
            }
            next.forEach(change -> document.apply(ChangeCodec.load(change)));
            document.keep();
        }
        return document;
    }

    /**
     * The changes that led to a revision, in their order: as many as memory holds.
     *
     * @param maxCharacters of their content and inverses; the one that exceeds it is the last one to be taken
     */
    List<StoredChange> before(long revision, int maxChanges, long maxCharacters) {
        var changes = new ArrayDeque<StoredChange>();
        long characters = 0;
        long at = revision;
        while (at > 0 && changes.size() < maxChanges && characters < maxCharacters) {
            List<StoredChange> page = log.upTo(branch, at, Math.min(maxChanges - changes.size(), READ_SIZE));
            if (page.isEmpty()) {
                break;
            }
            for (StoredChange change : page) {
                if (characters < maxCharacters) {
                    changes.addFirst(change);
                    characters += RecentChanges.length(change);
                }
            }
            at = page.getLast().revision() - 1;
        }
        return List.copyOf(changes);
    }
}
