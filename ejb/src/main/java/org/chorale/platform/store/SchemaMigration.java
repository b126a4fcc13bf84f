package org.chorale.platform.store;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Optional;
import javax.sql.DataSource;
import org.chorale.platform.start.Ending;
import org.chorale.platform.start.StartRefusal;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Checks what the server needs when it starts, and brings the database to this version's schema, before anything reads from it. Where the
 * database is away the server stays up but is not ready, says why, and tries again each time it is asked whether it is ready. Where
 * something is wrong that does not pass, the process ends.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class SchemaMigration {
    private static final System.Logger LOGGER = System.getLogger(SchemaMigration.class.getName());

    @Resource(lookup = "jdbc/chorale")
    private DataSource dataSource;
    @Inject
    private StorageWatch storage;
    @Inject
    private StartChecks checks;
    @Inject
    @ConfigProperty(name = "chorale.db.migrate", defaultValue = "true")
    private boolean mayMigrate;
    @EJB
    private ReadRetries retries;
    private final Ending ending = new Ending();
    private boolean done;
    private String lastFailure = "";

    @PostConstruct
    void atStart() {
        try {
            checks.ofConfiguration();
        } catch (StartRefusal refusal) {
            ending.because(refusal);
        }
        storage.open();
        failure();
    }

    /** Why the server cannot work with its database yet; empty when it can. */
    public Optional<String> failure() {
        if (done) {
            return Optional.empty();
        }
        try {
            checks.ofDatabase();
            migrate();
            checks.ofCluster();
            retries.turnOff();
            done = true;
            return Optional.empty();
        } catch (StartRefusal refusal) {
            ending.because(refusal);
            return Optional.of(refusal.getMessage());
        } catch (FlywayException | SQLException e) {
            return Optional.of(told(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();              // the server stops
            return Optional.of("The server stops.");
        }
    }

    private void migrate() throws SQLException {
        Flyway flyway = Flyway.configure(getClass().getClassLoader()).dataSource(patient(dataSource)).load();
        try (Connection connection = dataSource.getConnection()) {
            SchemaVersions.of(flyway.info(), connection).require(mayMigrate);
        }
        if (mayMigrate) {
            var result = flyway.migrate();
            LOGGER.log(INFO, () -> "database schema is at version %s, %d migrations were applied".formatted(
                Optional.ofNullable(result.targetSchemaVersion).orElse(result.initialSchemaVersion), result.migrationsExecuted));
        }
    }

    private String told(Exception failure) {
        String reason = String.valueOf(failure.getMessage()).lines().filter(line -> !line.isBlank()).findFirst().orElse(failure.toString());
        if (!reason.equals(lastFailure)) {
            LOGGER.log(ERROR, "the database cannot be worked with yet: " + failure.getMessage());
            lastFailure = reason;
        }
        return reason;
    }

    /** The same database, with as much time for each statement as it needs: a large table is not changed in seconds. */
    private static DataSource patient(DataSource source) {
        Class<?>[] types = {DataSource.class};
        return (DataSource) Proxy.newProxyInstance(DataSource.class.getClassLoader(), types, (proxy, method, arguments) -> {
            try {
                Object result = method.invoke(source, arguments);
                if (result instanceof Connection connection) {
                    withoutTimeout(connection);
                }
                return result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    private static void withoutTimeout(Connection connection) throws SQLException {
        try {
            connection.setNetworkTimeout(Runnable::run, 0);
        } catch (SQLFeatureNotSupportedException e) {
            LOGGER.log(DEBUG, () -> "this database knows no timeouts: " + e.getMessage());
        }
    }
}
