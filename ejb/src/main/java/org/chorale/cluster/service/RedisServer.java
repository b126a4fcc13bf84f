package org.chorale.cluster.service;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Where Redis is, and how to come in.
 *
 * @param patience how long connecting, and every command, may take
 */
record RedisServer(RedisURI uri, boolean isCluster, Duration patience) {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final List<String> SCHEMES = List.of("redis", "rediss");
    private static final List<String> MODES = List.of("standalone", "cluster");

    /** @throws IllegalArgumentException says which property cannot be read, and what was expected; without secrets */
    static RedisServer of(ClusterConfig config) {
        return of(config, PATIENCE);
    }

    static RedisServer of(ClusterConfig config, Duration patience) {
        if (!MODES.contains(config.redisMode.strip())) {
            throw new IllegalArgumentException("chorale.cluster.redis-mode: " + config.redisMode + " (expected: standalone or cluster)");
        }
        RedisURI uri = uri(config.redisUrl.strip(), config.redisUser, config.redisPassword);
        uri.setTimeout(patience);
        return new RedisServer(uri, config.redisMode.strip().equals("cluster"), patience);
    }

    private static RedisURI uri(String url, Optional<String> user, Optional<String> password) {
        URI parsed;
        try {
            parsed = new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("chorale.cluster.redis-url cannot be read at character " + e.getIndex()
                + " (expected: redis://host:port or rediss://host:port)", e);
        }
        if (parsed.getUserInfo() != null) {
            throw new IllegalArgumentException("chorale.cluster.redis-url has a password in it"
                + " (expected: chorale.cluster.redis-user and chorale.cluster.redis-password, from the environment or a file)");
        }
        if (!SCHEMES.contains(parsed.getScheme()) || parsed.getHost() == null) {
            throw new IllegalArgumentException("chorale.cluster.redis-url: " + url + " (expected: redis://host:port or rediss://host:port)");
        }
        try {
            RedisURI uri = RedisURI.create(url);
            password.filter(secret -> !secret.isEmpty()).ifPresent(secret -> uri.setCredentialsProvider(credentials(user, secret)));
            return uri;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("chorale.cluster.redis-url: " + url + " (" + e.getMessage() + ")", e);
        }
    }

    private static RedisCredentialsProvider credentials(Optional<String> user, String secret) {
        return RedisCredentialsProvider.from(
            () -> RedisCredentials.just(user.filter(name -> !name.isBlank()).orElse(null), secret));
    }

    /** Another server of the same Redis Cluster. */
    RedisURI at(String host, int port) {
        return RedisURI.builder(uri).withHost(host).withPort(port).build();
    }

    /** A client whose connections do not come back by themselves: whoever uses one looks after it. */
    RedisClient client() {
        ClientResources resources = DefaultClientResources.builder().ioThreadPoolSize(2).computationThreadPoolSize(2).build();
        RedisClient client = RedisClient.create(resources);
        client.setOptions(ClientOptions.builder()
            .autoReconnect(false)
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .socketOptions(SocketOptions.builder().connectTimeout(patience).keepAlive(true).build())
            .timeoutOptions(TimeoutOptions.enabled(patience))
            .build());
        return client;
    }

    /** Gives back what {@link #client} made. */
    static void end(RedisClient client) {
        client.shutdown(0, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        client.getResources().shutdown(0, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public String toString() {
        return name(uri);
    }

    static String name(RedisURI uri) {
        return (uri.isSsl() ? "rediss://" : "redis://") + uri.getHost() + ":" + uri.getPort();
    }
}
