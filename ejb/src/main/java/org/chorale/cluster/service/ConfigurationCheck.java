package org.chorale.cluster.service;

import java.util.regex.Pattern;
import org.chorale.platform.database.DatabaseConfig;
import org.chorale.platform.database.PostgresServer;
import org.chorale.platform.start.StartRefusal;

/** What can be wrong with the configuration of a node without asking anybody. */
public final class ConfigurationCheck {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,40}");
    private static final String EMBEDDED = "jdbc:hsqldb:";
    private static final String POSTGRESQL = "jdbc:postgresql:";

    private ConfigurationCheck() {}

    /** @throws StartRefusal for the first thing that is wrong */
    public static void require(ClusterConfig cluster, DatabaseConfig database) {
        requireDatabaseUrl(database);
        BusKind kind = BusKind.named(cluster.bus).orElseThrow(() -> new StartRefusal(
            "chorale.cluster.bus is \"" + cluster.bus + "\", which is no bus", "Set it to local, postgresql or redis"));
        if (cluster.enabled && kind == BusKind.LOCAL) {
            throw new StartRefusal("chorale.cluster.enabled says that this node is one of several, but the bus \"local\" reaches no other",
                "Set chorale.cluster.bus to postgresql or redis, or chorale.cluster.enabled to false");
        }
        if (kind == BusKind.LOCAL) {
            return;
        }
        if (!database.isPostgresql()) {
            throw new StartRefusal("the bus \"" + kind.configured() + "\" makes this node one of several, but chorale.db.url is the embedded database,"
                + " which is this node's alone", "Set chorale.db.url to a PostgreSQL that all nodes use, or chorale.cluster.bus to local");
        }
        if (!NAME.matcher(cluster.name.strip()).matches()) {
            throw new StartRefusal("chorale.cluster.name cannot be the name of a cluster", "Use 1 to 40 letters, digits, dots, hyphens and underscores");
        }
        if (kind == BusKind.REDIS) {
            requireRedis(cluster);
        }
    }

    private static void requireDatabaseUrl(DatabaseConfig database) {
        database.url.filter(url -> !url.startsWith(EMBEDDED)).ifPresent(url -> {
            String address = PostgresServer.withoutParameters(url);
            if (!url.startsWith(POSTGRESQL)) {
                throw new StartRefusal("chorale.db.url is \"" + address + "\", which is no database that Chorale knows",
                    "Set it to jdbc:postgresql://host:port/database, or leave it out for the embedded database");
            }
            if (!PostgresServer.isReadable(url)) {
                throw new StartRefusal("chorale.db.url cannot be read: \"" + address + "\"", "Set it to jdbc:postgresql://host:port/database");
            }
        });
    }

    private static void requireRedis(ClusterConfig cluster) {
        try {
            RedisServer.of(cluster);
        } catch (IllegalArgumentException e) {
            throw new StartRefusal(e.getMessage(), "Correct the property");
        }
    }
}
