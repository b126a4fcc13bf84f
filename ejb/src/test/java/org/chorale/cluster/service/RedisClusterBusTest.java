package org.chorale.cluster.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.SlotHash;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.chorale.cluster.NodeId;
import org.chorale.cluster.Topic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The contract over a Redis Cluster of three masters, with sharded channels; where the machine has a Redis of version 7. */
@EnabledIf("isThere")
class RedisClusterBusTest extends RedisContract {
    private static final int MASTERS = 3;
    @TempDir
    private static Path folder;
    private static final List<RedisForTests> MEMBERS = new ArrayList<>();

    static boolean isThere() {
        return RedisForTests.isInstalled();
    }

    @BeforeAll
    static void startCluster() throws IOException, InterruptedException {
        for (int i = 0; i < MASTERS; i++) {
            MEMBERS.add(RedisForTests.ofTheMachine(folder, "--cluster-enabled", "yes", "--cluster-node-timeout", "15000"));
        }
        for (int i = 0; i < MASTERS; i++) {
            int from = SlotHash.SLOT_COUNT * i / MASTERS;
            int to = SlotHash.SLOT_COUNT * (i + 1) / MASTERS;
            ask(MEMBERS.get(i), redis -> redis.clusterAddSlots(IntStream.range(from, to).toArray()));
            ask(MEMBERS.get(i), redis -> redis.clusterMeet("127.0.0.1", MEMBERS.getFirst().port));
        }
        awaitCluster();
    }

    private static void awaitCluster() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        for (RedisForTests member : MEMBERS) {
            var whole = new boolean[1];
            while (!whole[0]) {
                assertThat(System.nanoTime()).as("the Redis Cluster does not come up").isLessThan(deadline);
                ask(member, redis -> whole[0] = redis.clusterInfo().contains("cluster_state:ok") && redis.clusterSlots().size() == MASTERS);
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    private static void ask(RedisForTests member, Consumer<RedisCommands<String, String>> question) {
        RedisServer server = RedisServer.of(config(member.url(), "standalone"));
        RedisClient client = server.client();
        try (var connection = client.connect(server.uri())) {
            question.accept(connection.sync());
        } finally {
            RedisServer.end(client);
        }
    }

    @AfterAll
    static void stopCluster() throws InterruptedException {
        for (RedisForTests member : MEMBERS) {
            member.close();
        }
    }

    @Override
    ClusterConfig config() {
        return config(MEMBERS.getFirst().url(), "cluster");
    }

    @Override
    void stopServer() throws InterruptedException {
        for (RedisForTests member : MEMBERS) {
            member.kill();
        }
    }

    @Override
    void startServer() throws IOException, InterruptedException {
        for (RedisForTests member : MEMBERS) {
            member.start();
        }
        awaitCluster();
    }

    @Override
    void forge(Topic topic, String payload) {
        String channel = "chorale:" + topic.name();
        ask(MEMBERS.get(SlotHash.getSlot(channel) * MASTERS / SlotHash.SLOT_COUNT), redis -> redis.spublish(channel, payload));
    }

    @Test
    void given_many_topics_when_they_are_heard_then_every_master_carries_some_of_them() throws InterruptedException {
        WiredBus bus = bus(new NodeId("cyd-1"), new CountingProbe());
        bus.start();
        var heard = new Heard();
        IntStream.range(0, 60).forEach(i -> bus.subscribe(new Topic("t" + i), heard));
        heard.awaitConnections(60);

        for (RedisForTests member : MEMBERS) {
            ask(member, redis -> assertThat(redis.pubsubShardChannels()).hasSizeBetween(5, 55));
        }
        bus.close();
    }
}
