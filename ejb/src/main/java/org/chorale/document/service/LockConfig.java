package org.chorale.document.service;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How long locks hold. */
@Dependent
public class LockConfig {
    @Inject
    @ConfigProperty(name = "chorale.lock.lease", defaultValue = "PT30S")
    public Duration lease;
}
