package org.chorale.document.service;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.chorale.access.SessionAccess;
import org.chorale.branch.BranchRuleSource;
import org.chorale.branch.BranchRules;
import org.chorale.document.BranchState;
import org.chorale.document.ChangeLog;
import org.chorale.document.SnapshotStore;
import org.chorale.document.StoredChange;
import org.chorale.document.store.BranchKeys;
import org.chorale.lock.LockStore;
import org.chorale.problem.Problem;
import org.chorale.session.AccessSource;
import org.chorale.session.BranchId;
import org.chorale.session.PolicySource;
import org.chorale.session.SessionId;

/** The branches that are open on this node: opened by their first use, let go when nobody has used them for a while. */
@ApplicationScoped
public class Branches {
    private final Map<BranchId, BranchMailbox> open = new ConcurrentHashMap<>();

    @Inject
    private ChangeLog log;
    @Inject
    private SnapshotStore snapshots;
    @Inject
    private BranchConfig config;
    @Inject
    private LimitsConfig limits;
    @Inject
    private LockConfig locks;
    @Inject
    private PolicySource policies;
    @Inject
    private AccessSource access;
    @Inject
    private BranchRuleSource rules;
    @Inject
    private BranchKeys keys;
    @Inject
    private MailboxProbe probe;
    @Inject
    private LockStore lockStore;
    @Inject
    private BranchRelay relay;
    @Inject
    private Clock clock;
    @Resource
    private ManagedExecutorService executor;
    @Resource
    private ManagedScheduledExecutorService scheduler;

    private BranchMailbox.Surroundings around;
    private ScheduledFuture<?> sweep;

    @PostConstruct
    void start() {
        around = new BranchMailbox.Surroundings(log, executor, clock, limits.ofDocument(), config.batchSize,
            config.recentChanges, config.recentBytes, config.resumeLimit,
            new BranchMailbox.LockRules(limits.locks, limits.lease, locks.lease), policies, access, rules, probe, snapshots,
            new Snapshots.Rules(config.snapshotChanges, config.snapshotBytes, config.snapshotIdle, config.snapshotSpacing),
            new BranchMailbox.Pace(config.pausePerReceiver, config.longestPause), lockStore, relay);
        relay.serve(this);
        long period = Math.min(config.idleTimeout.toMillis(), config.snapshotIdle.toMillis());
        sweep = scheduler.scheduleWithFixedDelay(this::letGo, period, period, TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        sweep.cancel(false);
    }

    /** Queues changes for a branch. */
    public void submit(BranchId branch, Submission submission) {
        use(branch, mailbox -> mailbox.submit(submission));
    }

    /** Lets a visitor see a branch between two commits, or tells why it cannot be read. */
    public void visit(BranchId branch, Consumer<BranchView> visitor, Consumer<Problem> onFailure) {
        use(branch, mailbox -> mailbox.visit(visitor, onFailure));
    }

    /** Who may do what is something else now: a session's open branches judge by it from now on, what waits there already too. */
    public void accessChanged(SessionId session, SessionAccess changed) {
        openOf(session).forEach(branch -> Optional.ofNullable(open.get(branch)).ifPresent(mailbox -> mailbox.judgeBy(changed)));
    }

    /** A branch takes something else now, also of what waits there already. */
    public void rulesChanged(BranchId branch, BranchRules changed) {
        rulesChangedElsewhere(branch, changed);
        relay.changedOtherwise(branch.session());
    }

    void rulesChangedElsewhere(BranchId branch, BranchRules changed) {
        Optional.ofNullable(open.get(branch)).ifPresent(mailbox -> mailbox.obey(changed));
    }

    /** A branch was deleted: nothing is known of it any more. */
    public void deleted(BranchId branch) {
        deletedElsewhere(branch);
        relay.changedOtherwise(branch.session());
    }

    void deletedElsewhere(BranchId branch) {
        if (open.remove(branch) != null) {
            relay.closed(branch);
        }
        keys.forget(branch);
    }

    /** Another node says how far a branch is; one that is not open here need not know. */
    void heard(BranchId branch, BranchState state, List<StoredChange> changes) {
        Optional.ofNullable(open.get(branch)).filter(mailbox -> mailbox.isNews(state)).ifPresent(mailbox -> mailbox.heard(state, changes));
    }

    /** The branches that are held in memory. */
    public List<BranchId> open() {
        return List.copyOf(open.keySet());
    }

    /** A session's branches that are held in memory. */
    public List<BranchId> openOf(SessionId session) {
        return open.keySet().stream().filter(branch -> branch.session().equals(session)).toList();
    }

    /** How many branches are held in memory. */
    public int openBranches() {
        return open.size();
    }

    /** Takes a snapshot of what none has, of all branches: this node stops. Returns when they are stored, or when that takes too long. */
    public void keepSnapshots(Duration atMost) {
        open.values().forEach(BranchMailbox::keepSnapshot);
        Instant end = Instant.now().plus(atMost);
        while (open.values().stream().anyMatch(BranchMailbox::isBusy) && Instant.now().isBefore(end)) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    private void use(BranchId branch, Consumer<BranchMailbox> use) {
        // Within compute, so that a mailbox is never let go between being found and being used.
        open.compute(branch, (id, present) -> {
            BranchMailbox mailbox = present == null ? begin(id) : present;
            use.accept(mailbox);
            return mailbox;
        });
    }

    private BranchMailbox begin(BranchId branch) {
        relay.opened(branch);                               // before it reads the log: what comes after that is heard
        return new BranchMailbox(branch, around);
    }

    private void letGo() {
        for (BranchId branch : open.keySet()) {
            open.computeIfPresent(branch, (id, mailbox) -> {
                if (isStillNeeded(mailbox)) {
                    return mailbox;
                }
                relay.closed(id);
                return null;
            });
        }
    }

    private boolean isStillNeeded(BranchMailbox mailbox) {
        if (mailbox.isIdle(config.idleTimeout)) {
            mailbox.keepSnapshot();                         // runs on after the mailbox was let go
            return false;
        }
        mailbox.tidyUp();
        return true;
    }
}
