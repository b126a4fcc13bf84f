package org.chorale.cluster.service;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.chorale.cluster.NodeId;
import org.chorale.cluster.Topic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The contract over a PostgreSQL that is stopped and started. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class PostgresBusTest extends BusContract {
    @TempDir
    private static Path folder;
    private static PostgresForTests database;

    @BeforeAll
    static void startDatabase() throws IOException {
        database = new PostgresForTests(folder);
    }

    @AfterAll
    static void stopDatabase() throws IOException {
        database.close();
    }

    @Override
    WiredBus bus(NodeId node, BusProbe probe) {
        return new PostgresBus(node, "chorale", database.server(), Duration.ofMillis(4), probe);
    }

    @Override
    void stopServer() throws IOException {
        database.stop();
    }

    @Override
    void startServer() throws IOException {
        database.start();
    }

    @Override
    void forge(Topic topic, String payload) throws SQLException {
        try (Connection connection = database.server().connect("forger");
             var statement = connection.prepareStatement("select pg_notify('chorale:bus', ?)")) {
            statement.setString(1, payload);
            statement.execute();
        }
    }

    @Override
    List<String> forgeries(NodeId someone) {
        return List.of("garbage", "", "C1 " + someone, "C1 ! 1 1 1\n", "C1 " + someone + " 1 2 1\nx", "C1 " + someone + " 1 0 0\n", "C1 " + someone + " 1 1 999\nx",
            "C1 " + someone + " 99999999999999999999 1 1\n", "C1 " + someone + " 1 1 1\ns:0000000001 99999999\nx",
            "C1 " + someone + " 1 1 1\ns:0000000001 -1\nx", "C1 " + someone + " 1 1 1\nno topic 1\nx", "C1 " + someone + " 2 2 3\nwithout the first",
            "C1 " + someone + " 3 1 2\ns:0000000001 4\nha", "C1 " + someone + " 4 2 2\nlf");
    }

    @Override
    Class<?> busClass() {
        return PostgresBus.class;
    }
}
