package org.chorale.platform.web;

import static java.lang.System.Logger.Level.DEBUG;

import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBException;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.chorale.audit.service.AuditService;
import org.chorale.platform.store.SchemaMigration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** A server that was started to look at the audit log does that, says what it found, and ends: 0 where the chain is whole, else 1. */
@WebListener
public class AuditVerification implements ServletContextListener {
    private static final System.Logger LOGGER = System.getLogger(AuditVerification.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long PAUSE_MILLIS = 200;

    @Inject
    @ConfigProperty(name = "chorale.audit.verify", defaultValue = "false")
    private boolean wanted;
    @EJB
    private SchemaMigration schema;
    @EJB
    private AuditService audit;
    @Resource
    private ManagedExecutorService executor;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        if (wanted) {
            executor.execute(this::verifyAndEnd);
        }
    }

    private void verifyAndEnd() {
        Optional<String> fault;
        try {
            fault = awaitDatabase().or(audit::verify);
        } catch (EJBException e) {
            LOGGER.log(DEBUG, "the audit log was not read to its end", e);
            fault = Optional.of("it cannot be read: " + e.getMessage());
        }
        // Standard output on purpose: it is for the person at the terminal.
        System.out.println(fault.map(what -> "The audit log is not whole: " + what + ".").orElse("The audit log is whole."));
        Runtime.getRuntime().exit(fault.isEmpty() ? 0 : 1);
    }

    /** What keeps the database from being read, if it does so for long. */
    private Optional<String> awaitDatabase() {
        Instant deadline = Instant.now().plus(PATIENCE);
        try {
            while (schema.failure().isPresent() && Instant.now().isBefore(deadline)) {
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return schema.failure();
    }
}
