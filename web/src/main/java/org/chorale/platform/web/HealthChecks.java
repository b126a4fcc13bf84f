package org.chorale.platform.web;

import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.chorale.cluster.Bus;
import org.chorale.cluster.service.BusSelection;
import org.chorale.document.service.Branches;
import org.chorale.platform.store.SchemaMigration;
import org.chorale.platform.store.StorageWatch;
import org.chorale.realtime.web.Rooms;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** What load balancers and operators ask: is it started, is it alive, can it take work, and if not, why. */
@ApplicationScoped
public class HealthChecks {
    private static final int DATABASE_TIMEOUT_SECONDS = 2;

    @Resource(lookup = "jdbc/chorale")
    private DataSource dataSource;
    @Inject
    private StorageWatch storage;
    @EJB
    private SchemaMigration schema;
    @Inject
    private Bus bus;
    @Inject
    private BusSelection busSelection;
    @Inject
    private Rooms rooms;
    @Inject
    private Branches branches;
    @Inject
    private Draining draining;

    @Produces
    @Startup
    HealthCheck schemaMigrated() {
        return this::schema;
    }

    @Produces
    @Liveness
    HealthCheck sessions() {
        return () -> HealthCheckResponse.named("sessions").up()
            .withData("version", ServerIdentity.VERSION)
            .withData("activeSessions", rooms.activeSessions())
            .withData("connections", rooms.connections())
            .withData("openBranches", branches.openBranches())
            .build();
    }

    /** Never down: without its bus a node still edits, and learns later what others do. */
    @Produces
    @Liveness
    HealthCheck cluster() {
        return () -> HealthCheckResponse.named("cluster").up()
            .withData("node", bus.self().value())
            .withData("bus", busSelection.kind().configured())
            .withData("connected", busSelection.isConnected())
            .build();
    }

    @Produces
    @Readiness
    HealthCheck schemaReady() {
        return this::schema;
    }

    private HealthCheckResponse schema() {
        var response = HealthCheckResponse.named("schema");
        return schema.failure().map(reason -> response.down().withData("reason", reason)).orElseGet(response::up).build();
    }

    /** Down from the first moment of a stop on, so that nobody new is sent here. */
    @Produces
    @Readiness
    HealthCheck staying() {
        return () -> HealthCheckResponse.named("staying").status(!draining.hasBegun()).build();
    }

    @Produces
    @Readiness
    HealthCheck database() {
        return () -> {
            var response = HealthCheckResponse.named("database").withData("node", ServerIdentity.NODE);
            if (storage.isBroken()) {
                return response.down().withData("reason", "The embedded database cannot write its files.").build();
            }
            try (var connection = dataSource.getConnection()) {
                return response.status(connection.isValid(DATABASE_TIMEOUT_SECONDS)).build();
            } catch (SQLException e) {
                return response.down().withData("reason", e.getMessage()).build();
            }
        };
    }
}
