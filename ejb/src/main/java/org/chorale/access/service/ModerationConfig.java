package org.chorale.access.service;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What moderators can do, and which words this server does not take. */
@Dependent
public class ModerationConfig {
    @Inject
    @ConfigProperty(name = "chorale.moderation.words")
    public Optional<List<String>> words;
    @Inject
    @ConfigProperty(name = "chorale.moderation.words-file")
    public Optional<String> wordsFile;
    @Inject
    @ConfigProperty(name = "chorale.moderation.bans", defaultValue = "1000")
    public int bans;
    @Inject
    @ConfigProperty(name = "chorale.moderation.reports", defaultValue = "1000")
    public int reports;
    @Inject
    @ConfigProperty(name = "chorale.moderation.longest-slow-mode", defaultValue = "PT1H")
    public Duration longestSlowMode;
}
