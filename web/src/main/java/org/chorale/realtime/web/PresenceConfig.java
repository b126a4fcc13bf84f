package org.chorale.realtime.web;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** When people count as away, as editing, as gone. */
@Dependent
public class PresenceConfig {
    @Inject
    @ConfigProperty(name = "chorale.session.seat-timeout", defaultValue = "PT15S")
    public Duration seatTimeout;
    @Inject
    @ConfigProperty(name = "chorale.presence.away-timeout", defaultValue = "PT300S")
    public Duration awayTimeout;
    @Inject
    @ConfigProperty(name = "chorale.presence.editing-timeout", defaultValue = "PT3S")
    public Duration editingTimeout;
}
