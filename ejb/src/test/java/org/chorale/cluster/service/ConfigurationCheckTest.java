package org.chorale.cluster.service;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.chorale.platform.database.DatabaseConfig;
import org.chorale.platform.start.StartRefusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationCheckTest {
    private static final String EMBEDDED = "jdbc:hsqldb:file:/somewhere;hsqldb.tx=mvcc";
    private static final String SERVER = "jdbc:postgresql://db.example.org:5432/chorale?sslmode=require";

    private final ClusterConfig cluster = RedisContract.config("redis://localhost:6379", "standalone");
    private final DatabaseConfig database = new DatabaseConfig();

    ConfigurationCheckTest() {
        cluster.bus = "local";
        cluster.name = "chorale";
        database.url = Optional.of(SERVER);
    }

    private void check() {
        ConfigurationCheck.require(cluster, database);
    }

    @ParameterizedTest
    @CsvSource({"false,local," + EMBEDDED, "false,local," + SERVER, "true,postgresql," + SERVER, "false,redis," + SERVER, "true,redis ," + SERVER})
    void given_a_bus_that_fits_the_database_when_a_node_starts_then_it_may(boolean enabled, String bus, String url) {
        cluster.enabled = enabled;
        cluster.bus = bus;
        database.url = Optional.of(url);

        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void given_one_of_several_with_a_bus_that_reaches_nobody_when_it_starts_then_it_is_refused() {
        cluster.enabled = true;

        assertThatThrownBy(this::check).isInstanceOf(StartRefusal.class).hasMessageContaining("chorale.cluster.enabled")
            .hasMessageContaining("Set chorale.cluster.bus to postgresql or redis");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kafka", "", "Redis"})
    void given_an_unknown_bus_when_a_node_starts_then_it_is_refused(String bus) {
        cluster.bus = bus;

        assertThatThrownBy(this::check).isInstanceOf(StartRefusal.class).hasMessageContaining("\"" + bus + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "redis"})
    void given_the_embedded_database_when_one_of_several_starts_on_it_then_it_is_refused(String bus) {
        cluster.bus = bus;
        database.url = Optional.of(EMBEDDED);

        assertThatThrownBy(this::check).isInstanceOf(StartRefusal.class).hasMessageContaining("chorale.db.url is the embedded database");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:mysql://db/chorale", "postgres://db/chorale", "jdbc:postgresql://db:port/chorale?password=secret"})
    void given_an_address_that_is_no_database_of_ours_when_a_node_starts_then_it_is_refused_without_its_secrets(String url) {
        database.url = Optional.of(url);

        assertThatThrownBy(this::check).isInstanceOf(StartRefusal.class).hasMessageContaining("chorale.db.url")
            .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:6379", "http://localhost", "redis://", "redis://user:secret@localhost", "redis://bad host", "redis-sentinel://a,b#c"})
    void given_an_address_that_is_no_redis_when_a_node_starts_then_it_is_refused_without_its_secrets(String url) {
        cluster.bus = "redis";
        cluster.redisUrl = url;

        assertThatThrownBy(this::check).isInstanceOf(StartRefusal.class).hasMessageContaining("chorale.cluster.redis-url")
            .hasMessageNotContaining("secret");
    }

    @Test
    void given_an_unknown_mode_of_redis_or_a_strange_name_when_a_node_starts_then_it_is_refused() {
        cluster.bus = "redis";
        cluster.redisMode = "sentinel";
        assertThatThrownBy(this::check).isInstanceOf(StartRefusal.class).hasMessageContaining("chorale.cluster.redis-mode");

        cluster.name = "two words";
        assertThatThrownBy(this::check).isInstanceOf(StartRefusal.class).hasMessageContaining("chorale.cluster.name");
    }
}
