package org.chorale.cluster.service;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Whether this node is one of several, and how they find each other. */
@Dependent
public class ClusterConfig {
    @Inject
    @ConfigProperty(name = "chorale.cluster.enabled", defaultValue = "false")
    public boolean enabled;
    @Inject
    @ConfigProperty(name = "chorale.cluster.bus", defaultValue = "local")
    public String bus;
    @Inject
    @ConfigProperty(name = "chorale.cluster.name", defaultValue = "chorale")
    public String name;
    @Inject
    @ConfigProperty(name = "chorale.cluster.node")
    public Optional<String> node;
    @Inject
    @ConfigProperty(name = "chorale.cluster.redis-url", defaultValue = "redis://localhost:6379")
    public String redisUrl;
    @Inject
    @ConfigProperty(name = "chorale.cluster.redis-user")
    public Optional<String> redisUser;
    @Inject
    @ConfigProperty(name = "chorale.cluster.redis-password")
    public Optional<String> redisPassword;
    @Inject
    @ConfigProperty(name = "chorale.cluster.redis-mode", defaultValue = "standalone")
    public String redisMode;
    @Inject
    @ConfigProperty(name = "chorale.cluster.hint-interval", defaultValue = "PT0.004S")
    public Duration hintInterval;
    @Inject
    @ConfigProperty(name = "chorale.cluster.inline-bytes", defaultValue = "16384")
    public int inlineBytes;
    @Inject
    @ConfigProperty(name = "chorale.cluster.beacon-interval", defaultValue = "PT1S")
    public Duration beaconInterval;
    @Inject
    @ConfigProperty(name = "chorale.cluster.poll-interval", defaultValue = "PT2S")
    public Duration pollInterval;
    @Inject
    @ConfigProperty(name = "chorale.cluster.node-timeout", defaultValue = "PT8S")
    public Duration nodeTimeout;
    @Inject
    @ConfigProperty(name = "chorale.cluster.max-clock-skew", defaultValue = "PT10S")
    public Duration maxClockSkew;

    /** Whether there may be other nodes on this node's database. */
    public boolean isOneOfSeveral() {
        return enabled || !BusKind.LOCAL.configured().equals(bus.strip());
    }

    /** What this node is called in logs and health checks; the machine's name where nothing else was said. */
    public String nodeName() {
        return node.filter(given -> !given.isBlank()).map(String::strip).orElseGet(ClusterConfig::hostName);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "node";                                   // a machine that does not know its own name
        }
    }
}
