package org.chorale.document.web;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.chorale.document.service.Compaction;
import org.chorale.document.store.ArchiveConfig;
import org.chorale.problem.CollaborationException;

/** Compacts what is long ago each {@code chorale.history.compaction-interval}; where that is zero, never by itself. */
@WebListener
public class CompactionSchedule implements ServletContextListener {
    private static final System.Logger LOGGER = System.getLogger(CompactionSchedule.class.getName());
    /** It rests so many times as long as it works. */
    private static final int REST = 10;

    @Inject
    private Compaction compaction;
    @Inject
    private ArchiveConfig config;
    @Resource
    private ManagedScheduledExecutorService scheduler;
    private ScheduledFuture<?> running;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        if (config.compactionInterval.isPositive()) {
            long pause = config.compactionInterval.toMillis();
            running = scheduler.scheduleWithFixedDelay(this::compact, pause, pause, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        if (running != null) {
            running.cancel(true);
        }
    }

    private void compact() {
        try {
            Compaction.Report report = compaction.run(compaction.rules(REST), false);
            if (!report.branches().isEmpty()) {
                LOGGER.log(INFO, () -> "%d changes of %d branches are in segments now".formatted(
                    report.branches().stream().mapToLong(Compaction.Moved::changes).sum(), report.branches().size()));
            }
        } catch (CollaborationException e) {
            LOGGER.log(INFO, () -> "compaction waits for the next time: " + e.getMessage());
        } catch (RuntimeException e) {
            // The database may be away: the next run finds what this one did not.
            LOGGER.log(WARNING, "compaction is tried again later", e);
        }
    }
}
