package org.chorale.document.service;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How branches are kept and stored. Every property is described in docs/configuration.md. */
@Dependent
public class BranchConfig {
    @Inject
    @ConfigProperty(name = "chorale.branch.batch-size", defaultValue = "500")
    public int batchSize;
    @Inject
    @ConfigProperty(name = "chorale.branch.recent-changes", defaultValue = "2048")
    public int recentChanges;
    @Inject
    @ConfigProperty(name = "chorale.branch.recent-bytes", defaultValue = "8388608")
    public int recentBytes;
    @Inject
    @ConfigProperty(name = "chorale.branch.resume-limit", defaultValue = "10000")
    public int resumeLimit;
    @Inject
    @ConfigProperty(name = "chorale.branch.idle-timeout", defaultValue = "PT5M")
    public Duration idleTimeout;
    @Inject
    @ConfigProperty(name = "chorale.branch.snapshot-changes", defaultValue = "256")
    public int snapshotChanges;
    @Inject
    @ConfigProperty(name = "chorale.branch.snapshot-bytes", defaultValue = "1048576")
    public int snapshotBytes;
    @Inject
    @ConfigProperty(name = "chorale.branch.snapshot-idle", defaultValue = "PT5M")
    public Duration snapshotIdle;
    @Inject
    @ConfigProperty(name = "chorale.branch.snapshot-spacing", defaultValue = "2048")
    public int snapshotSpacing;
    @Inject
    @ConfigProperty(name = "chorale.branch.pause-per-receiver", defaultValue = "PT0.00001S")
    public Duration pausePerReceiver;
    @Inject
    @ConfigProperty(name = "chorale.branch.longest-pause", defaultValue = "PT0.003S")
    public Duration longestPause;
}
