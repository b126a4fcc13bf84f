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
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.chorale.asset.service.AssetVerification;
import org.chorale.audit.service.AuditService;
import org.chorale.document.service.LogVerification;
import org.chorale.platform.store.SchemaMigration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** A server that was started to look at its database does that, says what it found, and ends: 0 where all is whole, else 1. */
@WebListener
public class DatabaseVerification implements ServletContextListener {
    private static final System.Logger LOGGER = System.getLogger(DatabaseVerification.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long PAUSE_MILLIS = 200;
    private static final String ALL = "all";

    @Inject
    @ConfigProperty(name = "chorale.verify", defaultValue = "off")
    private String extent;
    @Inject
    @ConfigProperty(name = "chorale.audit.verify", defaultValue = "false")
    private boolean auditOnly;
    @EJB
    private SchemaMigration schema;
    @EJB
    private AuditService audit;
    @EJB
    private LogVerification log;
    @EJB
    private AssetVerification assets;
    @Resource
    private ManagedExecutorService executor;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        if (auditOnly) {
            executor.execute(() -> end(this::verifyAudit));
        } else if (!extent.equals("off")) {
            executor.execute(() -> end(() -> verify(extent.equals(ALL))));
        }
    }

    /** Looks, and tells whether all is whole. */
    private interface Look {
        boolean isWhole();
    }

    private void end(Look look) {
        boolean whole = false;
        try {
            Optional<String> failure = awaitDatabase();
            if (failure.isPresent()) {
                say("The database cannot be read: " + failure.get() + ".");
            } else {
                whole = look.isWhole();
            }
        } catch (EJBException e) {
            LOGGER.log(DEBUG, "the database was not read to its end", e);
            say("The database cannot be read: " + e.getMessage() + ".");
        }
        Runtime.getRuntime().exit(whole ? 0 : 1);
    }

    private boolean verifyAudit() {
        Optional<String> fault = audit.verify();
        say(fault.map(what -> "The audit log is not whole: " + what + ".").orElse("The audit log is whole."));
        return fault.isEmpty();
    }

    private boolean verify(boolean all) {
        boolean auditIsWhole = verifyAudit();
        var faults = new ArrayList<String>();
        var branches = new Branches();
        log.verify(all, verdict -> {
            branches.add(verdict);
            verdict.faults().forEach(fault -> faults.add("branch " + verdict.branch() + ": " + fault));
        });
        say("%,d branches with %,d revisions: %,d changes and %,d snapshots were read. Their documents are %s.".formatted(
            branches.hashes.size(), branches.revisions.get(), branches.changes.get(), branches.snapshots.get(), branches.fingerprint()));
        say("%,d assets were read.".formatted(assets.verify(all, faults::add)));
        faults.forEach(fault -> say("Fault: " + fault + "."));
        boolean whole = auditIsWhole && faults.isEmpty();
        say(whole ? "The database is whole." + (all ? "" : " (By samples; \"all\" reads everything.)") : "The database is not whole.");
        return whole;
    }

    /** What was found in all branches together. */
    private static final class Branches {
        private final TreeMap<String, String> hashes = new TreeMap<>();
        private final AtomicLong revisions = new AtomicLong();
        private final AtomicLong changes = new AtomicLong();
        private final AtomicLong snapshots = new AtomicLong();

        void add(LogVerification.Verdict verdict) {
            hashes.put(verdict.branch().toString(), verdict.head() + " " + verdict.hash());
            revisions.addAndGet(verdict.head());
            changes.addAndGet(verdict.changes());
            snapshots.addAndGet(verdict.snapshots());
        }

        /** Two databases with the same documents have the same one, whatever kinds of database they are. */
        String fingerprint() {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                hashes.forEach((branch, hash) -> digest.update((branch + " " + hash + "\n").getBytes(StandardCharsets.UTF_8)));
                return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);         // every JDK has it
            }
        }
    }

    /** Standard output on purpose: it is for the person at the terminal. */
    private static void say(String what) {
        System.out.println(what);
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
