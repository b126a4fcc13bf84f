package org.chorale.platform.metrics;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.chorale.asset.service.AssetProbe;
import org.chorale.cluster.service.BusProbe;
import org.chorale.document.service.MailboxProbe;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Histogram;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Tag;
import org.eclipse.microprofile.metrics.Timer;

/** The server's numbers, for Prometheus at {@code /metrics}. docs/operations.md says what each of them means. */
@ApplicationScoped
public class ServerMetrics implements MailboxProbe, AssetProbe, BusProbe {
    @Inject
    private MetricRegistry registry;

    private Counter changes;
    private Counter operations;
    private Counter detected;
    private Counter resolved;
    private Counter assets;
    private Counter assetBytes;
    private Timer commit;
    private Timer propagation;
    private Histogram batch;
    private Histogram queue;
    private Counter busSent;
    private Counter busReceived;
    private Counter busDropped;

    @PostConstruct
    void register() {
        changes = registry.counter(named("chorale_changes", "Changes committed", MetricUnits.NONE));
        operations = registry.counter(named("chorale_operations", "Effective operations committed", MetricUnits.NONE));
        detected = registry.counter(named("chorale_conflicts_detected", "Conflicts that wait, or waited, for a choice", MetricUnits.NONE));
        resolved = registry.counter(named("chorale_conflicts_resolved", "Conflicts that ended", MetricUnits.NONE));
        assets = registry.counter(named("chorale_assets_stored", "Assets that sessions keep since the start", MetricUnits.NONE));
        assetBytes = registry.counter(named("chorale_asset_bytes_stored", "Bytes of these assets", MetricUnits.NONE));
        commit = registry.timer(named("chorale_commit", "One transaction of the change log", MetricUnits.NANOSECONDS));
        propagation = registry.timer(named("chorale_propagation",
            "From the arrival of a change until it is written to another client's socket; one delivery of 16", MetricUnits.NANOSECONDS));
        batch = registry.histogram(named("chorale_batch_changes", "Changes that shared a transaction", MetricUnits.NONE));
        queue = registry.histogram(named("chorale_mailbox_queue", "What waits in a mailbox when it takes the next batch", MetricUnits.NONE));
        var messages = named("chorale_bus_messages", "Messages between nodes, by direction", MetricUnits.NONE);
        busSent = registry.counter(messages, new Tag("direction", "sent"));
        busReceived = registry.counter(messages, new Tag("direction", "received"));
        busDropped = registry.counter(named("chorale_bus_dropped", "Messages between nodes that were lost on this node", MetricUnits.NONE));
    }

    /** Adds a number that is read whenever somebody asks. */
    public void gauge(String name, String description, Supplier<? extends Number> value) {
        registry.gauge(named(name, description, MetricUnits.NONE), value);
    }

    /** A change reached another client's socket so long after it came in. */
    public void propagated(long nanos) {
        propagation.update(Duration.ofNanos(nanos));
    }

    @Override
    public void committed(int committedChanges, int committedOperations, long nanos) {
        changes.inc(committedChanges);
        operations.inc(committedOperations);
        batch.update(committedChanges);
        commit.update(Duration.ofNanos(nanos));
    }

    @Override
    public void refused(String slug) {
        registry.counter(named("chorale_changes_refused", "Changes that were not taken, by problem", MetricUnits.NONE), new Tag("problem", slug)).inc();
    }

    @Override
    public void conflicts(int newlyDetected, int newlyResolved) {
        detected.inc(newlyDetected);
        resolved.inc(newlyResolved);
    }

    @Override
    public void queued(int letters) {
        queue.update(letters);
    }

    @Override
    public void assetStored(long bytes) {
        assets.inc();
        assetBytes.inc(bytes);
    }

    @Override
    public void assetRefused(String slug) {
        registry.counter(named("chorale_assets_refused", "Assets that were not taken, by problem", MetricUnits.NONE),
            new Tag("problem", slug)).inc();
    }

    @Override
    public void sent(int messages) {
        busSent.inc(messages);
    }

    @Override
    public void received(int messages) {
        busReceived.inc(messages);
    }

    @Override
    public void dropped(int messages) {
        busDropped.inc(messages);
    }

    @Override
    public void watch(BooleanSupplier connected) {
        gauge("chorale_bus_connected", "Whether the other nodes can be reached: 1, or 0", () -> connected.getAsBoolean() ? 1 : 0);
    }

    private static Metadata named(String name, String description, String unit) {
        return Metadata.builder().withName(name).withDescription(description).withUnit(unit).build();
    }
}
