package org.chorale.cluster.service;

import io.lettuce.core.RedisClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.chorale.cluster.Topic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The contract over one Redis with a password, which is killed and started. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class RedisBusTest extends RedisContract {
    private static final String PASSWORD = "not a secret";
    @TempDir
    private static Path folder;
    private static RedisForTests redis;

    @BeforeAll
    static void startRedis() throws IOException, InterruptedException {
        redis = RedisForTests.bundled(folder, "--requirepass", PASSWORD);
    }

    @AfterAll
    static void stopRedis() throws InterruptedException {
        redis.close();
    }

    @Override
    ClusterConfig config() {
        ClusterConfig config = config(redis.url(), "standalone");
        config.redisPassword = Optional.of(PASSWORD);
        return config;
    }

    @Override
    void stopServer() throws InterruptedException {
        redis.kill();
    }

    @Override
    void startServer() throws IOException, InterruptedException {
        redis.start();
    }

    @Override
    void forge(Topic topic, String payload) {
        RedisServer server = RedisServer.of(config());
        RedisClient client = server.client();
        try (var connection = client.connect(server.uri())) {
            connection.sync().publish("chorale:" + topic.name(), payload);
        } finally {
            RedisServer.end(client);
        }
    }
}
