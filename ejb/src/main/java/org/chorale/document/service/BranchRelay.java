package org.chorale.document.service;

import static java.lang.System.Logger.Level.WARNING;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.chorale.cluster.Bus;
import org.chorale.cluster.NodeId;
import org.chorale.cluster.Topic;
import org.chorale.cluster.service.ClusterConfig;
import org.chorale.document.BranchState;
import org.chorale.document.StoredChange;
import org.chorale.document.codec.BranchMessage;
import org.chorale.document.store.BranchStatus;
import org.chorale.document.store.BranchStatuses;
import org.chorale.session.BranchId;
import org.chorale.session.SessionId;

/**
 * Keeps the branches that are open on several nodes together (ADR 0025). Whoever commits tells the others; a message may be lost, so the
 * newest state is told once more a second later, and each node looks at the rows of its open branches every two seconds. What is told or
 * seen only makes a mailbox read the log: nothing depends on whether it came.
 */
@ApplicationScoped
public class BranchRelay implements Siblings {
    private static final System.Logger LOGGER = System.getLogger(BranchRelay.class.getName());

    @Inject
    private Bus bus;
    @Inject
    private ClusterConfig config;
    @EJB
    private BranchStatuses statuses;
    @Resource
    private ManagedScheduledExecutorService scheduler;

    private final Map<SessionId, Followed> followed = new HashMap<>();
    private final Map<BranchId, BranchState> toRepeat = new ConcurrentHashMap<>();
    private final Set<ScheduledFuture<?>> tasks = new HashSet<>();
    private volatile Branches branches;

    /** A session of which branches are open here. */
    private static final class Followed {
        private int branches;
        private Bus.Subscription subscription;
    }

    @PostConstruct
    void start() {
        if (bus.reachesOthers()) {
            tasks.add(every(config.beaconInterval.toMillis(), this::repeat));
            tasks.add(every(config.pollInterval.toMillis(), this::lookAtAll));
        }
    }

    private ScheduledFuture<?> every(long millis, Runnable task) {
        return scheduler.scheduleWithFixedDelay(task, millis, millis, TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        tasks.forEach(task -> task.cancel(false));
    }

    /** Whose branches it is about. */
    void serve(Branches open) {
        branches = open;
    }

    // ---- telling

    @Override
    public void committed(BranchId branch, List<StoredChange> changes) {
        if (bus.reachesOthers()) {
            var state = BranchState.at(changes.getLast().revision());
            tell(branch, state, isShort(changes) ? changes : List.of());
        }
    }

    private boolean isShort(List<StoredChange> changes) {
        return changes.stream().mapToLong(RecentChanges::length).sum() <= config.inlineBytes;
    }

    @Override
    public void locksChanged(BranchId branch, long version) {
        if (bus.reachesOthers()) {
            tell(branch, new BranchState(0, version), List.of());
        }
    }

    private void tell(BranchId branch, BranchState state, List<StoredChange> changes) {
        bus.publish(topic(branch.session()), new BranchMessage(branch.name(), state, changes).encode());
        toRepeat.merge(branch, state, BranchRelay::newest);
    }

    private static BranchState newest(BranchState one, BranchState other) {
        return new BranchState(Math.max(one.head(), other.head()), Math.max(one.locks(), other.locks()));
    }

    /** Something was done to a branch's row beside committing and locking. */
    void changedOtherwise(SessionId session) {
        bus.publish(topic(session), BranchMessage.LOOK.encode());
    }

    private void repeat() {
        for (BranchId branch : toRepeat.keySet()) {
            BranchState state = toRepeat.remove(branch);
            if (state != null) {
                bus.publish(topic(branch.session()), new BranchMessage(branch.name(), state, List.of()).encode());
            }
        }
    }

    private static Topic topic(SessionId session) {
        return new Topic("c:" + session.value());
    }

    // ---- hearing

    /** A branch is open here from now on. */
    synchronized void opened(BranchId branch) {
        if (!bus.reachesOthers()) {
            return;
        }
        Followed session = followed.computeIfAbsent(branch.session(), id -> new Followed());
        session.branches++;
        if (session.subscription == null) {
            session.subscription = bus.subscribe(topic(branch.session()), new Ear(branch.session()));
        }
    }

    /** A branch is open here no more. */
    synchronized void closed(BranchId branch) {
        Followed session = followed.get(branch.session());
        if (session != null && --session.branches == 0) {
            session.subscription.close();
            followed.remove(branch.session());
        }
    }

    private final class Ear implements Bus.Receiver {
        private final SessionId session;

        Ear(SessionId session) {
            this.session = session;
        }

        @Override
        public void received(NodeId sender, String body) {
            BranchMessage message;
            try {
                message = BranchMessage.decode(body);
            } catch (IllegalArgumentException e) {
                LOGGER.log(WARNING, () -> "session=%s node=%s says what cannot be read, is it of another version? %s".formatted(session, sender, e));
                return;
            }
            if (message.branch().isEmpty()) {
                lookSoon();
            } else {
                branches.heard(new BranchId(session, message.branch()), message.state(), message.changes());
            }
        }

        /** Whatever was said before may be lost. */
        @Override
        public void connected() {
            lookSoon();
        }

        private void lookSoon() {
            scheduler.execute(() -> look(branches.openOf(session)));
        }
    }

    private void lookAtAll() {
        look(branches.open());
    }

    private void look(Collection<BranchId> open) {
        try {
            Map<BranchId, BranchStatus> found = statuses.of(open);
            found.forEach((branch, status) -> {
                if (status.deleted()) {
                    branches.deletedElsewhere(branch);
                } else {
                    branches.rulesChangedElsewhere(branch, status.rules());
                    branches.heard(branch, status.state(), List.of());
                }
            });
        } catch (RuntimeException e) {
            LOGGER.log(WARNING, () -> "the heads of %d open branches cannot be read: %s".formatted(open.size(), e));
        }
    }
}
