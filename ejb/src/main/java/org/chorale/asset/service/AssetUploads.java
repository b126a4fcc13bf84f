package org.chorale.asset.service;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;
import static org.chorale.problem.ProblemType.QUOTA_EXCEEDED;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.chorale.asset.Asset;
import org.chorale.asset.AssetId;
import org.chorale.asset.AssetLimits;
import org.chorale.asset.AssetStore;
import org.chorale.problem.CollaborationException;

/**
 * Takes what people upload. It goes into the store chunk by chunk, in a transaction each, and becomes visible at its end: memory holds
 * one chunk, a slow sender holds no connection, and the commits of everybody's edits pass in between. What breaks off is discarded at
 * once, or, where this server broke off, when the next upload begins.
 */
@ApplicationScoped
public class AssetUploads {
    private static final System.Logger LOGGER = System.getLogger(AssetUploads.class.getName());
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

    @Inject
    private AssetStore store;
    @Inject
    private AssetConfig config;
    @Inject
    private AssetProbe probe;
    @Inject
    private Clock clock;

    private AssetLimits limits;
    private Duration timeout;
    private final AtomicReference<Instant> warnedAt = new AtomicReference<>(Instant.MIN);

    AssetUploads() {}

    AssetUploads(AssetStore store, AssetLimits limits, Duration timeout, AssetProbe probe, Clock clock) {
        this.store = store;
        this.limits = limits;
        this.timeout = timeout;
        this.probe = probe;
        this.clock = clock;
    }

    @PostConstruct
    void configure() {
        limits = config.limits();
        timeout = config.uploadTimeout;
    }

    /**
     * Keeps what is sent, once.
     *
     * @throws CollaborationException {@code payload-too-large} as soon as that is known, {@code invalid-content}, {@code quota-exceeded},
     *                                {@code session-not-found}, {@code session-closed}, {@code too-slow}; {@code invalid-request} where
     *                                the bytes end before their announced end
     */
    public Uploaded upload(Upload upload) {
        try {
            upload.announced().ifPresent(limits::requireSize);
            discardLeftovers();
            Uploaded uploaded = keep(upload);
            if (!uploaded.again()) {
                probe.assetStored(uploaded.asset().size());
            }
            return uploaded;
        } catch (CollaborationException e) {
            probe.assetRefused(e.problem().type().slug());
            if (e.problem().type() == QUOTA_EXCEEDED) {
                warn(upload, e);
            }
            throw e;
        }
    }

    private Uploaded keep(Upload upload) {
        var id = AssetId.random(RANDOM);
        var staging = new Staging(store, id, upload, limits, clock, clock.instant().plus(timeout));
        boolean published = false;
        try {
            staging.read();
            Asset asset = staging.publish();
            published = asset.id().equals(id);
            return new Uploaded(asset, !published);
        } finally {
            if (!published) {
                discard(id);
            }
        }
    }

    /** What another process, or an earlier life of this one, left behind. Anything younger may still be under way. */
    private void discardLeftovers() {
        List<AssetId> leftovers = store.begunBefore(clock.instant().minus(timeout.multipliedBy(2)));
        leftovers.forEach(this::discard);
        if (!leftovers.isEmpty()) {
            LOGGER.log(INFO, () -> "discarded %s uploads that had broken off".formatted(leftovers.size()));
        }
    }

    /** Never in the way of the answer: what cannot be discarded now is a leftover. */
    private void discard(AssetId id) {
        try {
            store.discard(id);
        } catch (RuntimeException e) {
            LOGGER.log(DEBUG, () -> "asset=%s stays for now, an upload that broke off: %s".formatted(id, e));
        }
    }

    private void warn(Upload upload, CollaborationException refusal) {
        Instant now = clock.instant();
        Instant last = warnedAt.get();
        if (last.isBefore(now.minus(BETWEEN_WARNINGS)) && warnedAt.compareAndSet(last, now)) {
            LOGGER.log(WARNING, () -> ("session=%s takes no more assets: %s. chorale.assets.max-session-size and chorale.assets.max-count "
                + "decide. Told once a minute at most.").formatted(upload.session(), refusal.problem().detail()));
        }
    }
}
