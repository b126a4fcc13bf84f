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
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings the database to this version's schema when the server starts, before anything reads from it. Where that fails the server stays
 * up but is not ready, says why, and tries again each time it is asked whether it is ready.
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
    @EJB
    private ReadRetries retries;
    private boolean done;
    private String lastFailure = "";

    @PostConstruct
    void atStart() {
        storage.open();
        failure();
    }

    /** Why the schema is not this version's; empty when it is. */
    public Optional<String> failure() {
        if (done) {
            return Optional.empty();
        }
        try {
            var result = Flyway.configure(getClass().getClassLoader()).dataSource(patient(dataSource)).load().migrate();
            LOGGER.log(INFO, () -> "database schema is at version %s, %d migrations were applied".formatted(
                Optional.ofNullable(result.targetSchemaVersion).orElse(result.initialSchemaVersion), result.migrationsExecuted));
            retries.turnOff();
            done = true;
            return Optional.empty();
        } catch (FlywayException e) {
            String failure = String.valueOf(e.getMessage()).lines().filter(line -> !line.isBlank()).findFirst().orElse(e.toString());
            if (!failure.equals(lastFailure)) {
                LOGGER.log(ERROR, "database schema cannot be brought up to date: " + e.getMessage());
                lastFailure = failure;
            }
            return Optional.of(failure);
        }
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
