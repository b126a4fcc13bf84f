package org.chorale.platform.web;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What browsers are told about this server and other sites. */
@Dependent
public class OriginConfig {
    @Inject
    @ConfigProperty(name = "chorale.allowed-origins")
    public Optional<List<String>> allowed;
    @Inject
    @ConfigProperty(name = "chorale.frame-ancestors", defaultValue = "'none'")
    public String frameAncestors;
    @Inject
    @ConfigProperty(name = "chorale.hsts", defaultValue = "P365D")
    public Duration hsts;
    @Inject
    @ConfigProperty(name = "chorale.public-url")
    public Optional<String> publicUrl;
}
