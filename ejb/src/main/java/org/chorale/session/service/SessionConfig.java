package org.chorale.session.service;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What sessions may be. */
@Dependent
public class SessionConfig {
    @Inject
    @ConfigProperty(name = "chorale.session.default-max-users", defaultValue = "50")
    public int defaultMaxUsers;
    @Inject
    @ConfigProperty(name = "chorale.session.max-users", defaultValue = "500")
    public int maxUsers;
    @Inject
    @ConfigProperty(name = "chorale.session.idle-timeout")
    public Optional<Duration> idleTimeout;
    @Inject
    @ConfigProperty(name = "chorale.limits.policies", defaultValue = "200")
    public int policies;
}
