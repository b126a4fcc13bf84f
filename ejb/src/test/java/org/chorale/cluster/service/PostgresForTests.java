package org.chorale.cluster.service;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.chorale.platform.database.PostgresServer;

/** A PostgreSQL that can be stopped and started again, on the same data and port. */
public final class PostgresForTests implements AutoCloseable {
    private final Path data;
    private EmbeddedPostgres running;
    private int port;

    /** @param folder where its data may live */
    public PostgresForTests(Path folder) throws IOException {
        data = folder.resolve("data-" + UUID.randomUUID());
        start();
    }

    public void start() throws IOException {
        running = EmbeddedPostgres.builder()
            .setOverrideWorkingDirectory(data.resolveSibling("binaries").toFile())
            .setDataDirectory(data).setCleanDataDirectory(false)
            .setServerConfig("fsync", "off")
            .setPort(port).start();
        port = running.getPort();
    }

    /** From now on this user has to prove who it is; everybody else is let in. */
    public void requirePasswordOf(String user) throws IOException {
        Path rules = data.resolve("pg_hba.conf");
        Files.writeString(rules, "host all " + user + " all scram-sha-256\n" + Files.readString(rules));
        stop();
        start();
    }

    public void stop() throws IOException {
        running.close();
    }

    public PostgresServer server() {
        return new PostgresServer(url("postgres"), "postgres", "", 20, 20);
    }

    public String url(String database) {
        return "jdbc:postgresql://localhost:" + port + "/" + database;
    }

    @Override
    public void close() throws IOException {
        stop();
    }
}
