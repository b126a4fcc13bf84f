package org.chorale.session.web;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.chorale.access.service.AccessService;
import org.chorale.realtime.web.Rooms;
import org.chorale.session.SessionId;
import org.chorale.session.service.SessionConfig;
import org.chorale.session.service.SessionService;

/** Archives sessions that nobody was in for {@code chorale.session.idle-timeout}; where that is not set, none. */
@WebListener
public class IdleSessions implements ServletContextListener {
    private static final System.Logger LOGGER = System.getLogger(IdleSessions.class.getName());
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final int AT_ONCE = 100;

    @Inject
    private Rooms rooms;
    @Inject
    private SessionConfig config;
    @EJB
    private SessionService sessions;
    @EJB
    private AccessService access;
    @Resource
    private ManagedScheduledExecutorService scheduler;
    private ScheduledFuture<?> looking;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        config.idleTimeout.filter(timeout -> timeout.isPositive()).ifPresent(timeout -> {
            long pause = Math.clamp(timeout.dividedBy(4).toMillis(), SHORTEST_PAUSE.toMillis(), LONGEST_PAUSE.toMillis());
            looking = scheduler.scheduleWithFixedDelay(() -> look(timeout), pause, pause, TimeUnit.MILLISECONDS);
        });
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        if (looking != null) {
            looking.cancel(false);
        }
    }

    private void look(Duration timeout) {
        try {
            sessions.used(rooms.visited());
            List<SessionId> idle = sessions.idle(timeout, AT_ONCE);
            idle.stream().filter(session -> rooms.participants(session) == 0).forEach(this::archive);
        } catch (RuntimeException e) {
            // The database may be away: the next look finds what this one did not.
            LOGGER.log(WARNING, "idle sessions are looked for again later", e);
        }
    }

    private void archive(SessionId session) {
        if (access.archiveIdle(session)) {
            rooms.close(session);
            LOGGER.log(INFO, () -> "session=" + session + " is archived: nobody was in it for long");
        }
    }
}
