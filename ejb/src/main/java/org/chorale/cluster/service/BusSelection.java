package org.chorale.cluster.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.util.Optional;
import org.chorale.cluster.Bus;
import org.chorale.cluster.NodeId;
import org.chorale.platform.database.DatabaseConfig;

/** The bus that the configuration asks for. */
@ApplicationScoped
public class BusSelection {
    @Inject
    private ClusterConfig config;
    @Inject
    private DatabaseConfig database;
    @Inject
    private BusProbe probe;
    private volatile Optional<WiredBus> wired = Optional.empty();

    @Produces
    @ApplicationScoped
    Bus bus() {
        var self = NodeId.of(config.nodeName(), new SecureRandom());
        return switch (kind()) {
            case LOCAL -> new LocalBus(self);
            case POSTGRESQL -> started(new PostgresBus(self, config.name.strip(), database.postgresql(), config.hintInterval, probe));
            case REDIS -> started(new RedisBus(self, config.name.strip(), RedisServer.of(config), probe));
        };
    }

    /** What carries messages; the configuration was checked before anybody asks. */
    public BusKind kind() {
        return BusKind.named(config.bus).orElseThrow();
    }

    private WiredBus started(WiredBus bus) {
        wired = Optional.of(bus);
        probe.watch(bus::isConnected);
        bus.start();
        return bus;
    }

    /** Whether the other nodes can be reached at the moment; a lone node reaches all there are. */
    public boolean isConnected() {
        return wired.map(WiredBus::isConnected).orElse(kind() == BusKind.LOCAL);
    }

    void close(@Disposes Bus bus) {
        wired.ifPresent(WiredBus::close);
    }
}
