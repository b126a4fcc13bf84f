package org.chorale.version.service;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How many versions a session may have. */
@Dependent
public class VersionConfig {
    @Inject
    @ConfigProperty(name = "chorale.versions.max-count", defaultValue = "10000")
    public int maxCount;
}
