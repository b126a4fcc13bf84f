package org.chorale.platform;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Starts a PostgreSQL before the tests and stops it after them, where the build asks for one: {@code chorale.it.postgresql} is where it
 * may live. The server that the tests start finds its address in a configuration file. Should the tests be stopped from outside, the
 * database is stopped by a shutdown hook.
 */
public final class PostgresqlForTests implements LauncherSessionListener {
    private static final String USER = "postgres";

    private EmbeddedPostgres database;

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        String directory = System.getProperty("chorale.it.postgresql");
        if (directory != null) {
            try {
                start(Path.of(directory));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void start(Path directory) throws IOException {
        database = EmbeddedPostgres.builder()
            .setOverrideWorkingDirectory(Files.createDirectories(directory).toFile())
            .setServerConfig("synchronous_commit", "on")
            .start();
        Path overrides = Path.of(System.getProperty("liberty.user"), "servers", "chorale-it", "configDropins", "overrides");
        Files.createDirectories(overrides);
        Files.writeString(overrides.resolve("postgresql.xml"), """
            <?xml version="1.0" encoding="UTF-8"?>
            <server description="The database of these tests">
                <variable name="chorale.db.url" value="%s"/>
                <variable name="chorale.db.user" value="%s"/>
                <variable name="chorale.db.password" value=""/>
            </server>
            """.formatted(database.getJdbcUrl(USER, "postgres").replace("&", "&amp;"), USER));
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        if (database != null) {
            try {
                database.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
