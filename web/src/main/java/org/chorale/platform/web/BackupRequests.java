package org.chorale.platform.web;

import static java.lang.System.Logger.Level.WARNING;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.chorale.platform.store.EmbeddedBackup;

/** Looks each second whether somebody asks for a backup of the embedded database. */
@WebListener
public class BackupRequests implements ServletContextListener {
    private static final System.Logger LOGGER = System.getLogger(BackupRequests.class.getName());
    private static final long PAUSE_MILLIS = 1_000;

    @Inject
    private EmbeddedBackup backup;
    @Resource
    private ManagedScheduledExecutorService scheduler;
    private ScheduledFuture<?> running;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        backup.clear();
        running = scheduler.scheduleWithFixedDelay(this::look, PAUSE_MILLIS, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        if (running != null) {
            running.cancel(true);
        }
    }

    private void look() {
        try {
            backup.makeWanted();
        } catch (RuntimeException e) {
            // A task that throws is not run again.
            LOGGER.log(WARNING, "requests for backups cannot be read", e);
        }
    }
}
