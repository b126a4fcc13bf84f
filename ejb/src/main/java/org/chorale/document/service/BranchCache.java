package org.chorale.document.service;

import static org.chorale.document.service.StorageException.ask;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.chorale.access.Tree;
import org.chorale.conflict.ConflictRecord;
import org.chorale.conflict.Policies;
import org.chorale.document.BranchState;
import org.chorale.document.CommittedChange;
import org.chorale.document.Decider;
import org.chorale.document.Document;
import org.chorale.document.DocumentForm;
import org.chorale.document.Element;
import org.chorale.document.StoredChange;
import org.chorale.document.codec.ChangeCodec;
import org.chorale.document.codec.DocumentCodec;
import org.chorale.operation.ConflictId;
import org.chorale.operation.Operation;
import org.chorale.operation.Path;
import org.chorale.session.BranchId;

/**
 * A branch's document in memory, with what it takes to decide about it: a cache of the log. It may fall behind, and is read forward before
 * anything else is decided. Of the mailbox's thread.
 */
final class BranchCache {
    /** Revisions between two fingerprints that travel with the changes. */
    private static final int HASH_SPACING = 256;

    private final BranchId branch;
    private final BranchMailbox.Surroundings around;
    private final BranchRights rights;
    private final BranchLocks locks;
    private final RecentChanges recent;
    private final Snapshots snapshots;
    private Document document = new Document();
    private Policies policies = Policies.DEFAULT;
    private boolean policiesKnown;
    private Decider decider;
    private boolean loaded;
    private boolean behind = true;
    private Instant lastCommit = Instant.EPOCH;
    private Optional<String> snapshot = Optional.empty();
    private boolean isFollowed;
    private final List<StoredChange> untold = new ArrayList<>();
    private final Set<ConflictId> untoldConflicts = new LinkedHashSet<>();
    private long hashedAt;

    BranchCache(BranchId branch, BranchMailbox.Surroundings around, BranchRights rights, BranchLocks locks) {
        this.branch = branch;
        this.around = around;
        this.rights = rights;
        this.locks = locks;
        this.recent = new RecentChanges(around.recentChanges(), around.recentBytes());
        this.snapshots = new Snapshots(branch, around.snapshots(), around.executor(), around.clock(), around.snapshotRules());
        hold(document);
    }

    /** From now on this is the branch's document. */
    private void hold(Document loaded) {
        document = loaded;
        decider = new Decider(document, around.limits(), policies);
        locks.coverOnly(document);
    }

    void judgeBy(Policies others) {
        policies = others;
        policiesKnown = true;
        decider = new Decider(document, around.limits(), policies);
    }

    Document document() {
        return document;
    }

    Decider decider() {
        return decider;
    }

    RecentChanges recent() {
        return recent;
    }

    Snapshots snapshots() {
        return snapshots;
    }

    Tree tree() {
        return new DocumentTree(document);
    }

    /** When the newest change was committed. */
    Instant lastCommit() {
        return lastCommit;
    }

    /** Whether it was read at all. */
    boolean isLoaded() {
        return loaded;
    }

    /** Whether the log may have more. */
    boolean isBehind() {
        return behind;
    }

    /** The log may have more: it is asked before anything is decided. */
    void fallBehind() {
        behind = true;
    }

    /** Takes back what was decided and not stored for sure, and falls behind. */
    void rollback() {
        document.rollback();
        behind = true;
    }

    /** What a commit relies on, were this the head. */
    BranchState state(long head) {
        return new BranchState(head, locks.version());
    }

    // ---- following the log

    /** Folds what the log has beyond memory: at first use, after a lost race, after a failure. */
    void catchUp() {
        if (!policiesKnown) {
            judgeBy(ask(() -> around.policies().of(branch.session())));
        }
        rights.know(() -> ask(() -> around.access().of(branch.session())), () -> ask(() -> around.rules().of(branch)));
        if (!loaded) {
            load();
        }
        while (behind) {
            List<StoredChange> missed = ask(() -> around.log().after(branch, document.revision(), BranchLoader.READ_SIZE));
            fold(missed);
            if (missed.size() < BranchLoader.READ_SIZE) {
                ask(() -> {
                    locks.refresh();
                    return null;
                });
                behind = false;
            }
        }
    }

    /** Applies what the log has next. */
    void fold(List<StoredChange> changes) {
        for (StoredChange change : changes) {
            CommittedChange committed = ChangeCodec.load(change);
            document.apply(committed);
            remember(change);
            untoldConflicts.addAll(touchedConflicts(committed.operations()));
        }
        document.keep();
    }

    /** What was decided is in the log now. */
    void keep(List<StoredChange> changes, List<ConflictId> conflicts) {
        changes.forEach(this::remember);
        untoldConflicts.addAll(conflicts);
        document.keep();
    }

    /**
     * Begins at the newest snapshot. What memory holds of the changes before it is read from the log: texts need their edits to transform
     * what comes from somebody who was away for a moment, and such a one gets what they missed without asking the log again.
     */
    private void load() {
        var loader = new BranchLoader(branch, around.log(), around.snapshots());
        BranchLoader.Start start = loader.nearest(ask(() -> around.log().head(branch)));
        long revision = start.document().revision();
        List<StoredChange> before = ask(() -> loader.before(revision, around.recentChanges(), around.recentBytes()));
        start.document().recall(before.stream().map(ChangeCodec::load).toList());
        recent.startBehind(revision - before.size());
        before.forEach(recent::add);
        snapshots.startedFrom(revision);
        lastCommit = start.at();
        hold(start.document());
        loaded = true;
    }

    private void remember(StoredChange change) {
        recent.add(change);
        snapshots.count(change);
        if (isFollowed) {
            untold.add(change);
        }
        lastCommit = change.at();
        snapshot = Optional.empty();
    }

    // ---- what is told of it

    /** Whether somebody is told what is new; else it is not kept. */
    void setFollowed(boolean followed) {
        isFollowed = followed;
    }

    /**
     * What is new since this was asked last; nothing where there is none, or nobody to hear it.
     *
     * @param since when the oldest of it came in, by {@link System#nanoTime}
     */
    Optional<News> news(long since) {
        Optional<News> news = untold.isEmpty() || !isFollowed ? Optional.empty()
            : Optional.of(new News(untold, untoldConflicts.stream().map(this::conflict).flatMap(Optional::stream).toList(), hashIfDue(), since));
        untold.clear();
        untoldConflicts.clear();
        return news;
    }

    /** Told now and then, so that a replica that went astray finds out. */
    private Optional<String> hashIfDue() {
        if (document.revision() - hashedAt < HASH_SPACING) {
            return Optional.empty();
        }
        hashedAt = document.revision();
        return Optional.of(DocumentForm.hash(document));
    }

    /** The document as a newcomer gets it; encoded once for all who come at one revision. */
    String snapshot() {
        if (snapshot.isEmpty()) {
            snapshot = Optional.of(DocumentCodec.snapshot(document));
        }
        return snapshot.get();
    }

    Stream<ConflictState> conflicts() {
        return document.conflicts().stream().map(this::conflictState);
    }

    private Optional<ConflictState> conflict(ConflictId id) {
        return document.conflict(id).map(this::conflictState);
    }

    private ConflictState conflictState(ConflictRecord record) {
        Element element = document.element(record.element()).orElseThrow();
        Path path = record.path();
        String writer = element.cell(path.property()).newestWrite(path.component()).userId();
        return new ConflictState(record, element.value(path), writer.isEmpty() ? Optional.empty() : Optional.of(writer));
    }

    /** The conflict records that these write to. */
    static List<ConflictId> touchedConflicts(List<Operation> operations) {
        return operations.stream().flatMap(operation -> switch (operation) {
            case Operation.Withhold withheld -> Stream.of(withheld.conflict());
            case Operation.Resolve resolve -> Stream.of(resolve.conflict());
            default -> Stream.<ConflictId>empty();          // no other operation changes a record
        }).toList();
    }
}
