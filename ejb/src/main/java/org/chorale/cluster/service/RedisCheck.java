package org.chorale.cluster.service;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.chorale.platform.start.StartRefusal;

/** Whether Redis is there, lets this node in, and is this cluster's. */
public final class RedisCheck {
    private static final long PAUSE_MILLIS = 200;

    private final RedisServer server;
    private final String clusterName;
    private final Duration patience;

    RedisCheck(RedisServer server, String clusterName, Duration patience) {
        this.server = server;
        this.clusterName = clusterName;
        this.patience = patience;
    }

    /** The check of this configuration; empty where its bus is another one. */
    public static Optional<RedisCheck> of(ClusterConfig config, Duration patience) {
        return BusKind.named(config.bus).filter(BusKind.REDIS::equals)
            .map(redis -> new RedisCheck(RedisServer.of(config), config.name.strip(), patience));
    }

    /**
     * Writes the cluster's id to Redis, or finds it there.
     *
     * @param clusterId the one in the database
     * @throws StartRefusal where Redis cannot be reached, does not let this node in, or has another id
     */
    public void requireOwn(String clusterId) throws InterruptedException {
        RedisClient client = server.client();
        try {
            String there = await(client, clusterId);
            if (!there.equals(clusterId)) {
                throw new StartRefusal("the Redis at " + server + " is used as \"" + clusterName + "\" by a cluster on another database",
                    "Give one of the two another chorale.cluster.name; if the other one is no more, delete the key " + key());
            }
        } finally {
            RedisServer.end(client);
        }
    }

    private String await(RedisClient client, String clusterId) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return identity(client, clusterId);
            } catch (RedisException e) {
                requirePassing(e);
                if (System.nanoTime() > deadline) {
                    throw new StartRefusal("the Redis at " + server + " cannot be reached for " + patience.toSeconds() + " s: " + rootOf(e).getMessage(),
                        "Start it, or set chorale.cluster.redis-url to where it is");
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }
    }

    private String identity(RedisClient client, String clusterId) {
        try (var connection = client.connect(server.uri())) {
            if (!server.isCluster()) {
                return identity(connection.sync(), clusterId);
            }
            RedisLayout layout = RedisLayout.readSlots(server, server.uri(), connection.sync());
            try (var owner = client.connect(layout.serverOf(key()))) {
                return identity(owner.sync(), clusterId);
            }
        }
    }

    private String identity(RedisCommands<String, String> redis, String clusterId) {
        redis.set(key(), clusterId, SetArgs.Builder.nx());
        return String.valueOf(redis.get(key()));
    }

    private String key() {
        return clusterName + ":identity";
    }

    /** What Redis says of itself does not change by waiting, unless it is just starting, or its cluster is. */
    private void requirePassing(RedisException failure) {
        if (!(rootOf(failure) instanceof RedisCommandExecutionException answer)) {
            return;
        }
        String said = String.valueOf(answer.getMessage());
        if (said.startsWith("LOADING") || said.startsWith("CLUSTERDOWN") || said.startsWith("MASTERDOWN") || said.startsWith("MOVED")) {
            return;
        }
        if (said.contains("cluster support disabled")) {
            throw new StartRefusal("the Redis at " + server + " is no Redis Cluster", "Set chorale.cluster.redis-mode to standalone");
        }
        throw new StartRefusal("the Redis at " + server + " does not let this node in: " + said,
            "Set chorale.cluster.redis-user and chorale.cluster.redis-password to what Redis knows");
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
