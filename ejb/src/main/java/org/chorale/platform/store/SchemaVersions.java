package org.chorale.platform.store;

import static java.lang.System.Logger.Level.INFO;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import org.chorale.platform.start.StartRefusal;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;

/**
 * The schema that this program brings, and the one that the database has: they may differ while nodes are replaced one after the other.
 *
 * @param own the newest migration of this program
 * @param present the newest migration in the database; empty in a new one
 * @param isPending whether this program has migrations that the database has not
 * @param oldest the oldest version whose programs may run on this database; empty in one from before there was such a thing
 */
record SchemaVersions(MigrationVersion own, Optional<MigrationVersion> present, boolean isPending, Optional<MigrationVersion> oldest) {
    private static final System.Logger LOGGER = System.getLogger(SchemaVersions.class.getName());

    static SchemaVersions of(MigrationInfoService migrations, Connection connection) throws SQLException {
        return new SchemaVersions(newest(migrations, MigrationState::isResolved).orElse(MigrationVersion.EMPTY),
            newest(migrations, MigrationState::isApplied), migrations.pending().length > 0, oldest(connection));
    }

    private static Optional<MigrationVersion> newest(MigrationInfoService migrations, Predicate<MigrationState> which) {
        return Arrays.stream(migrations.all()).filter(migration -> which.test(migration.getState())).map(MigrationInfo::getVersion)
            .filter(version -> version != null).max(MigrationVersion::compareTo);
    }

    private static Optional<MigrationVersion> oldest(Connection connection) throws SQLException {
        if (!hasFloor(connection)) {
            return Optional.empty();
        }
        try (var statement = connection.createStatement(); var row = statement.executeQuery("select max(oldest) from schema_floor")) {
            return row.next() ? Optional.ofNullable(row.getString(1)).map(MigrationVersion::fromVersion) : Optional.empty();
        }
    }

    private static boolean hasFloor(Connection connection) throws SQLException {
        // HSQLDB writes names in capitals.
        for (String name : new String[] {"schema_floor", "SCHEMA_FLOOR"}) {
            try (var tables = connection.getMetaData().getTables(null, connection.getSchema(), name, null)) {
                if (tables.next()) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Requires that this program can work with this database, once its migrations are applied where that is allowed.
     *
     * @throws StartRefusal where it cannot
     */
    void require(boolean mayMigrate) {
        if (oldest.filter(floor -> own.compareTo(floor) < 0).isPresent()) {
            throw new StartRefusal("the database's schema is at version %s, and needs programs of version %s or newer: this one knows %s"
                .formatted(present.map(Object::toString).orElse("?"), oldest.get(), own), "Start the program that the other nodes run, or a newer one");
        }
        if (isPending && !mayMigrate) {
            throw new StartRefusal("the database's schema is at version %s, this program needs %s, and chorale.db.migrate is false"
                .formatted(present.map(Object::toString).orElse("none"), own), "Start one node with chorale.db.migrate=true first");
        }
        present.filter(version -> version.compareTo(own) > 0).ifPresent(version -> LOGGER.log(INFO, () ->
            "database schema is at version %s, newer than this program's %s, and works with it".formatted(version, own)));
    }
}
