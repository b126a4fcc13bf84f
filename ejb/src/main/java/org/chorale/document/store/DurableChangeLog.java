package org.chorale.document.store;

import jakarta.annotation.Priority;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chorale.document.BranchState;
import org.chorale.document.ChangeId;
import org.chorale.document.ChangeLog;
import org.chorale.document.Crossing;
import org.chorale.document.StoredChange;
import org.chorale.platform.store.StorageWatch;
import org.chorale.session.BranchId;

/** The change log for everybody: outside of its transactions it makes sure that what they committed is on disk. */
@ApplicationScoped
@Alternative
@Priority(Interceptor.Priority.APPLICATION)
public class DurableChangeLog implements ChangeLog {
    @EJB(beanName = "ChangeLogService")
    private ChangeLog log;
    @Inject
    private StorageWatch storage;

    @Override
    public Append append(BranchId branch, BranchState expected, List<StoredChange> changes) {
        return storage.durably(() -> log.append(branch, expected, changes));
    }

    @Override
    public Append appendHeld(BranchId branch, BranchState known, int most, Continuation next) {
        return storage.durably(() -> log.appendHeld(branch, known, most, next));
    }

    @Override
    public Append appendMerge(BranchId target, BranchState expected, List<StoredChange> changes, MergeEntry merge) {
        return storage.durably(() -> log.appendMerge(target, expected, changes, merge));
    }

    @Override
    public Optional<Crossing> lastMerge(BranchId one, BranchId other) {
        return storage.durably(() -> log.lastMerge(one, other));
    }

    @Override
    public List<StoredChange> after(BranchId branch, long revision, int limit) {
        return storage.durably(() -> log.after(branch, revision, limit));
    }

    @Override
    public List<StoredChange> upTo(BranchId branch, long revision, int limit) {
        return storage.durably(() -> log.upTo(branch, revision, limit));
    }

    @Override
    public long head(BranchId branch) {
        return storage.durably(() -> log.head(branch));
    }

    @Override
    public long revisionAt(BranchId branch, Instant time) {
        return storage.durably(() -> log.revisionAt(branch, time));
    }

    @Override
    public Optional<StoredChange> find(BranchId branch, ChangeId id) {
        return storage.durably(() -> log.find(branch, id));
    }

    @Override
    public Map<ChangeId, Long> revisionsOf(BranchId branch, Collection<ChangeId> ids) {
        return storage.durably(() -> log.revisionsOf(branch, ids));
    }
}
