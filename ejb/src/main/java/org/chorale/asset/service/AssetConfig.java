package org.chorale.asset.service;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import org.chorale.asset.AssetLimits;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How much sessions may keep beside their documents. */
@Dependent
public class AssetConfig {
    @Inject
    @ConfigProperty(name = "chorale.assets.max-size", defaultValue = "20971520")
    public long maxSize;
    @Inject
    @ConfigProperty(name = "chorale.assets.max-session-size", defaultValue = "524288000")
    public long maxSessionSize;
    @Inject
    @ConfigProperty(name = "chorale.assets.max-count", defaultValue = "1000")
    public int maxCount;
    @Inject
    @ConfigProperty(name = "chorale.assets.upload-timeout", defaultValue = "PT10M")
    public Duration uploadTimeout;
    @Inject
    @ConfigProperty(name = "chorale.thumbnail.max-size", defaultValue = "65536")
    public int maxThumbnailSize;
    @Inject
    @ConfigProperty(name = "chorale.thumbnail.min-interval", defaultValue = "PT10S")
    public Duration thumbnailInterval;

    AssetLimits limits() {
        return new AssetLimits(maxSize, maxSessionSize, maxCount);
    }
}
