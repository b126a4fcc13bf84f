package org.chorale.platform.store;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.chorale.cluster.Bus;
import org.chorale.cluster.service.ClusterConfig;
import org.chorale.cluster.service.ConfigurationCheck;
import org.chorale.cluster.service.RedisCheck;
import org.chorale.cluster.store.ClusterIdentity;
import org.chorale.platform.database.DatabaseConfig;
import org.chorale.platform.database.LoginCheck;
import org.chorale.platform.start.StartRefusal;
import org.chorale.platform.time.DatabaseTime;
import org.chorale.platform.time.SystemClock;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What has to be right before this server takes work, in the order in which it can be asked. */
@ApplicationScoped
public class StartChecks {
    private static final Duration PATIENCE_WITH_REDIS = Duration.ofSeconds(10);

    @Inject
    private ClusterConfig cluster;
    @Inject
    private DatabaseConfig database;
    @Inject
    @ConfigProperty(name = "chorale.tokens.key-secret")
    private Optional<String> keySecret;
    @Inject
    private SystemClock clock;
    @Inject
    private Bus bus;
    @Resource(lookup = "jdbc/chorale")
    private DataSource dataSource;

    /** @throws StartRefusal for what is wrong whatever anybody answers */
    void ofConfiguration() {
        ConfigurationCheck.require(cluster, database);
    }

    /**
     * Before the schema is looked at.
     *
     * @throws SQLException where the database cannot be asked yet
     */
    void ofDatabase() throws SQLException {
        if (database.isPostgresql()) {
            LoginCheck.requireLogin(database.postgresql());
        }
    }

    /**
     * When the schema is this program's; then the bus begins to connect.
     *
     * @throws SQLException where the database cannot be asked any more
     */
    void ofCluster() throws SQLException, InterruptedException {
        if (!cluster.isOneOfSeveral()) {
            return;
        }
        String clusterId;
        try (Connection connection = dataSource.getConnection()) {
            DatabaseTime.requireSmallSkew(connection, Clock.systemUTC(), cluster.maxClockSkew);
            clusterId = ClusterIdentity.require(connection, keySecret);
        }
        clock.look();
        Optional<RedisCheck> redis = RedisCheck.of(cluster, PATIENCE_WITH_REDIS);
        if (redis.isPresent()) {
            redis.get().requireOwn(clusterId);
        }
        bus.self();
    }
}
