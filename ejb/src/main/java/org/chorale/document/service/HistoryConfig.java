package org.chorale.document.service;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How the past is read and kept. Every property is described in docs/configuration.md. */
@Dependent
public class HistoryConfig {
    @Inject
    @ConfigProperty(name = "chorale.history.streams", defaultValue = "4")
    public int streams;
    @Inject
    @ConfigProperty(name = "chorale.history.stream-time", defaultValue = "PT10M")
    public Duration streamTime;
}
