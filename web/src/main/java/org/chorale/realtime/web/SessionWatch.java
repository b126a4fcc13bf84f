package org.chorale.realtime.web;

import static java.lang.System.Logger.Level.WARNING;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.chorale.access.SessionAccess;
import org.chorale.access.service.AccessDirectory;
import org.chorale.cluster.Bus;
import org.chorale.cluster.service.ClusterConfig;
import org.chorale.session.Session;
import org.chorale.session.SessionId;
import org.chorale.session.service.SessionService;
import org.chorale.session.service.SessionVersions;

/**
 * Finds out when another node changed the settings of a session that is used here, ended it, or changed who may do what in it: at once
 * where the bus says so, within {@code chorale.cluster.poll-interval} otherwise. A lone node does not look.
 */
@ApplicationScoped
public class SessionWatch {
    private static final System.Logger LOGGER = System.getLogger(SessionWatch.class.getName());

    @Inject
    private Bus bus;
    @Inject
    private ClusterConfig config;
    @EJB
    private SessionVersions versions;
    @EJB
    private SessionService sessions;
    @Inject
    private AccessDirectory access;
    @Resource
    private ManagedScheduledExecutorService scheduler;

    private final Map<SessionId, SessionVersions.Version> seen = new ConcurrentHashMap<>();
    private Optional<ScheduledFuture<?>> watch = Optional.empty();
    private volatile Supplier<Set<SessionId>> used;
    private volatile BiConsumer<Session, SessionAccess> listener;

    @PostConstruct
    void start() {
        if (bus.reachesOthers()) {
            long period = config.pollInterval.toMillis();
            watch = Optional.of(scheduler.scheduleWithFixedDelay(this::lookAtAll, period, period, TimeUnit.MILLISECONDS));
        }
    }

    @PreDestroy
    void stop() {
        watch.ifPresent(task -> task.cancel(false));
    }

    /**
     * Whom to tell what.
     *
     * @param inUse   the sessions that are looked after
     * @param changed hears how a session is now, at least when it is otherwise than before
     */
    void serve(Supplier<Set<SessionId>> inUse, BiConsumer<Session, SessionAccess> changed) {
        used = inUse;
        listener = changed;
    }

    /** Another node changed something about a session, or somebody here begins to use it. */
    void lookSoon(SessionId session) {
        scheduler.execute(() -> look(List.of(session)));
    }

    private void lookAtAll() {
        Set<SessionId> inUse = used.get();
        seen.keySet().retainAll(inUse);
        look(inUse);
    }

    private void look(Collection<SessionId> some) {
        try {
            versions.of(some).forEach((session, version) -> {
                if (!version.equals(seen.put(session, version))) {
                    // Also at the first look: it may have changed since it was read for whoever began to use it.
                    listener.accept(sessions.find(session), access.of(session));
                }
            });
        } catch (RuntimeException e) {
            LOGGER.log(WARNING, () -> "%d sessions are looked after again later: %s".formatted(some.size(), e));
        }
    }
}
