package org.chorale.cluster.service;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.chorale.platform.start.StartRefusal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a node finds at a real Redis before it starts. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class RedisCheckTest {
    @TempDir
    private static Path folder;
    private static RedisForTests redis;

    @BeforeAll
    static void startRedis() throws IOException, InterruptedException {
        redis = RedisForTests.bundled(folder, "--requirepass", "right");
    }

    @AfterAll
    static void stopRedis() throws InterruptedException {
        redis.close();
    }

    private static RedisCheck check(String name, String password, String mode) {
        return check(redis.url(), name, password, mode);
    }

    private static RedisCheck check(String url, String name, String password, String mode) {
        ClusterConfig config = RedisContract.config(url, mode);
        config.redisPassword = Optional.of(password);
        return new RedisCheck(RedisServer.of(config), name, Duration.ofMillis(300));
    }

    @Test
    void given_nodes_of_one_database_when_they_start_then_each_finds_its_redis() {
        assertThatCode(() -> check("one", "right", "standalone").requireOwn("id-1")).doesNotThrowAnyException();
        assertThatCode(() -> check("one", "right", "standalone").requireOwn("id-1")).doesNotThrowAnyException();
        assertThatCode(() -> check("other", "right", "standalone").requireOwn("id-2")).doesNotThrowAnyException();
    }

    @Test
    void given_a_node_of_another_database_when_it_starts_under_the_same_name_then_it_is_refused() throws InterruptedException {
        check("shared", "right", "standalone").requireOwn("id-1");

        assertThatThrownBy(() -> check("shared", "right", "standalone").requireOwn("id-2"))
            .isInstanceOf(StartRefusal.class).hasMessageContaining("by a cluster on another database").hasMessageContaining("chorale.cluster.name");
    }

    @Test
    void given_a_wrong_or_missing_password_when_a_node_starts_then_it_is_refused_without_telling_it() {
        assertThatThrownBy(() -> check("one", "wrong-secret", "standalone").requireOwn("id-1"))
            .isInstanceOf(StartRefusal.class).hasMessageContaining("does not let this node in").hasMessageNotContaining("wrong-secret");
        assertThatThrownBy(() -> check("one", "", "standalone").requireOwn("id-1"))
            .isInstanceOf(StartRefusal.class).hasMessageContaining("chorale.cluster.redis-password");
    }

    @Test
    void given_a_redis_that_is_no_cluster_when_one_is_configured_then_it_is_refused() {
        assertThatThrownBy(() -> check("one", "right", "cluster").requireOwn("id-1"))
            .isInstanceOf(StartRefusal.class).hasMessageContaining("is no Redis Cluster");
    }

    @Test
    void given_nobody_at_the_address_when_a_node_starts_then_it_is_refused_after_a_while() {
        assertThatThrownBy(() -> check("redis://127.0.0.1:1", "one", "right", "standalone").requireOwn("id-1"))
            .isInstanceOf(StartRefusal.class).hasMessageContaining("cannot be reached").hasMessageContaining("redis://127.0.0.1:1");
    }
}
