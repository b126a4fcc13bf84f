package org.chorale.document.service;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.chorale.access.SessionAccess;
import org.chorale.branch.BranchRuleSource;
import org.chorale.branch.BranchRules;
import org.chorale.document.ChangeLog;
import org.chorale.document.SnapshotStore;
import org.chorale.document.store.BranchKeys;
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
    @Resource
    private ManagedExecutorService executor;
    @Resource
    private ManagedScheduledExecutorService scheduler;

    private BranchMailbox.Surroundings around;
    private ScheduledFuture<?> sweep;

    @PostConstruct
    void start() {
        around = new BranchMailbox.Surroundings(log, executor, Clock.systemUTC(), limits.ofDocument(), config.batchSize,
            config.recentChanges, config.recentBytes, config.resumeLimit,
            new BranchMailbox.LockRules(limits.locks, limits.lease, locks.lease), policies, access, rules, probe, snapshots,
            new Snapshots.Rules(config.snapshotChanges, config.snapshotBytes, config.snapshotIdle, config.snapshotSpacing),
            new BranchMailbox.Pace(config.pausePerReceiver, config.longestPause));
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
        Optional.ofNullable(open.get(branch)).ifPresent(mailbox -> mailbox.obey(changed));
    }

    /** A branch was deleted: nothing is known of it any more. */
    public void deleted(BranchId branch) {
        open.remove(branch);
        keys.forget(branch);
    }

    /** A session's branches that are held in memory. */
    public List<BranchId> openOf(SessionId session) {
        return open.keySet().stream().filter(branch -> branch.session().equals(session)).toList();
    }

    /** How many branches are held in memory. */
    public int openBranches() {
        return open.size();
    }

    private void use(BranchId branch, Consumer<BranchMailbox> use) {
        // Within compute, so that a mailbox is never let go between being found and being used.
        open.compute(branch, (id, present) -> {
            BranchMailbox mailbox = present == null ? new BranchMailbox(id, around) : present;
            use.accept(mailbox);
            return mailbox;
        });
    }

    private void letGo() {
        for (BranchId branch : open.keySet()) {
            open.computeIfPresent(branch, (id, mailbox) -> isStillNeeded(mailbox) ? mailbox : null);
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
