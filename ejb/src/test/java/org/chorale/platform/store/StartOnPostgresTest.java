package org.chorale.platform.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.chorale.cluster.service.PostgresForTests;
import org.chorale.cluster.store.ClusterIdentity;
import org.chorale.platform.database.LoginCheck;
import org.chorale.platform.database.PostgresServer;
import org.chorale.platform.start.StartRefusal;
import org.chorale.platform.time.DatabaseTime;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a server finds at a real PostgreSQL before it starts. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class StartOnPostgresTest {
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
    @TempDir
    private static Path folder;
    private static PostgresForTests database;

    @BeforeAll
    static void startDatabase() throws IOException {
        database = new PostgresForTests(folder);
        database.requirePasswordOf("locked");
    }

    @AfterAll
    static void stopDatabase() throws IOException {
        database.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        execute("drop schema public cascade; create schema public; grant all on schema public to public");
    }

    private static Flyway flyway() {
        PostgresServer server = database.server();
        return Flyway.configure().dataSource(server.url(), server.user(), server.password()).load();
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = connect(); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection connect() throws SQLException {
        return database.server().connect("test");
    }

    private static PostgresServer as(String user, String password, String name) {
        return new PostgresServer(database.url(name), user, password, 3, 2);
    }

    // ---- the way in

    @Test
    void given_the_right_password_when_a_server_logs_in_then_it_may() throws SQLException {
        execute("drop role if exists locked; create role locked login password 'right'");

        assertThatCode(() -> LoginCheck.requireLogin(as("locked", "right", "postgres"))).doesNotThrowAnyException();
    }

    @Test
    void given_a_wrong_password_when_a_server_logs_in_then_it_is_refused_without_telling_it() throws SQLException {
        execute("drop role if exists locked; create role locked login password 'right'");

        assertThatThrownBy(() -> LoginCheck.requireLogin(as("locked", "wrong-secret", "postgres"))).isInstanceOf(StartRefusal.class)
            .hasMessageContaining("chorale.db.password").hasMessageNotContaining("wrong-secret");
    }

    @Test
    void given_no_such_database_when_a_server_logs_in_then_it_is_refused() {
        assertThatThrownBy(() -> LoginCheck.requireLogin(as("postgres", "", "nowhere"))).isInstanceOf(StartRefusal.class)
            .hasMessageContaining("nowhere").hasMessageContaining("Create the database");
    }

    @Test
    void given_a_database_that_is_not_up_when_a_server_logs_in_then_it_may_try_again() {
        var nobody = new PostgresServer("jdbc:postgresql://127.0.0.1:1/chorale", "postgres", "", 3, 2);

        assertThatThrownBy(() -> LoginCheck.requireLogin(nobody)).isInstanceOf(SQLException.class);
    }

    // ---- the schema

    private static SchemaVersions versions() throws SQLException {
        try (Connection connection = connect()) {
            return SchemaVersions.of(flyway().info(), connection);
        }
    }

    /** As if a program of a later version had been here. */
    private static void migrateBeyond(int oldest) throws SQLException {
        flyway().migrate();
        execute("insert into flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)"
            + " values (1000, '9999', 'from later', 'SQL', 'V9999__from_later.sql', 1, 'postgres', 1, true); update schema_floor set oldest = " + oldest);
    }

    @Test
    void given_an_empty_or_older_database_when_migrations_are_allowed_then_a_server_may_start() throws SQLException {
        assertThatCode(() -> versions().require(true)).doesNotThrowAnyException();
        flyway().migrate();
        assertThatCode(() -> versions().require(false)).doesNotThrowAnyException();
    }

    @Test
    void given_an_older_database_when_migrations_are_not_allowed_then_a_server_is_refused() {
        assertThatThrownBy(() -> versions().require(false)).isInstanceOf(StartRefusal.class).hasMessageContaining("chorale.db.migrate");
    }

    @Test
    void given_a_newer_database_that_this_program_may_use_when_it_starts_then_it_may_and_changes_nothing() throws SQLException {
        migrateBeyond(14);

        assertThatCode(() -> versions().require(true)).doesNotThrowAnyException();
        assertThat(flyway().migrate().migrationsExecuted).isZero();
    }

    @Test
    void given_a_newer_database_that_this_program_may_not_use_when_it_starts_then_it_is_refused() throws SQLException {
        migrateBeyond(9999);

        assertThatThrownBy(() -> versions().require(true)).isInstanceOf(StartRefusal.class).hasMessageContaining("9999")
            .hasMessageContaining("or a newer one");
    }

    @Test
    void given_this_program_s_schema_when_its_floor_is_read_then_the_version_before_may_run_beside_it() throws SQLException {
        flyway().migrate();
        var before = flyway().info().applied();

        assertThat(versions().oldest().orElseThrow()).isLessThanOrEqualTo(before[before.length - 2].getVersion());
    }

    // ---- the cluster

    @Test
    void given_nodes_with_one_secret_when_they_start_then_they_find_the_same_cluster() throws SQLException {
        flyway().migrate();
        try (Connection first = connect(); Connection second = connect()) {
            String id = ClusterIdentity.require(first, Optional.of("a secret of all nodes"));

            assertThat(ClusterIdentity.require(second, Optional.of("a secret of all nodes"))).isEqualTo(id).hasSize(32);
        }
    }

    @Test
    void given_a_node_with_another_secret_when_it_starts_then_it_is_refused_until_that_was_meant() throws SQLException {
        flyway().migrate();
        try (Connection connection = connect()) {
            ClusterIdentity.require(connection, Optional.of("the first secret"));

            assertThatThrownBy(() -> ClusterIdentity.require(connection, Optional.of("the second secret"))).isInstanceOf(StartRefusal.class)
                .hasMessageContaining("chorale.tokens.key-secret").hasMessageNotContaining("second");
            assertThatThrownBy(() -> ClusterIdentity.require(connection, Optional.empty())).isInstanceOf(StartRefusal.class);
            execute("update cluster_identity set key_check = null");
            assertThatCode(() -> ClusterIdentity.require(connection, Optional.of("the second secret"))).doesNotThrowAnyException();
        }
    }

    @Test
    void given_a_machine_whose_clock_is_wrong_when_a_node_starts_then_it_is_refused() throws SQLException {
        try (Connection connection = connect()) {
            DatabaseTime.requireSmallSkew(connection, Clock.systemUTC(), TEN_SECONDS);

            assertThatThrownBy(() -> DatabaseTime.requireSmallSkew(connection, Clock.offset(Clock.systemUTC(), Duration.ofHours(1)), TEN_SECONDS))
                .isInstanceOf(StartRefusal.class).hasMessageContaining("ahead of").hasMessageContaining("PT10S");
            assertThatThrownBy(() -> DatabaseTime.requireSmallSkew(connection, Clock.offset(Clock.systemUTC(), Duration.ofHours(-1)), TEN_SECONDS))
                .isInstanceOf(StartRefusal.class).hasMessageContaining("behind");
        }
    }
}
