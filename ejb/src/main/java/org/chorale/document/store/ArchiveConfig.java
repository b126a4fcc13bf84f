package org.chorale.document.store;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What becomes of changes that are long ago. Every property is described in docs/configuration.md. */
@Dependent
public class ArchiveConfig {
    @Inject
    @ConfigProperty(name = "chorale.history.hot-changes", defaultValue = "10000")
    public int hotChanges;
    @Inject
    @ConfigProperty(name = "chorale.history.hot-age", defaultValue = "PT72H")
    public Duration hotAge;
    @Inject
    @ConfigProperty(name = "chorale.history.compaction-interval", defaultValue = "PT1H")
    public Duration compactionInterval;
    @Inject
    @ConfigProperty(name = "chorale.history.archive-memory", defaultValue = "33554432")
    public long archiveMemory;
}
