package org.chorale.cluster.service;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.chorale.cluster.NodeId;

/** The contract over any Redis. */
abstract class RedisContract extends BusContract {
    private static final Duration ON_A_SLOW_MACHINE = Duration.ofSeconds(20);

    abstract ClusterConfig config();

    static ClusterConfig config(String url, String mode) {
        var config = new ClusterConfig();
        config.redisUrl = url;
        config.redisMode = mode;
        config.redisUser = Optional.empty();
        config.redisPassword = Optional.empty();
        return config;
    }

    @Override
    WiredBus bus(NodeId node, BusProbe probe) {
        return new RedisBus(node, "chorale", RedisServer.of(config(), ON_A_SLOW_MACHINE), probe);
    }

    @Override
    List<String> forgeries(NodeId someone) {
        return List.of("garbage", "", "C1 " + someone, "C1 ! \n", "C1 \n", "C1 " + "n".repeat(81) + "\nx", "\0\0\0",
            "C1 " + someone + "\n" + "x".repeat((1 << 20) + 1));
    }

    @Override
    Class<?> busClass() {
        return RedisBus.class;
    }
}
