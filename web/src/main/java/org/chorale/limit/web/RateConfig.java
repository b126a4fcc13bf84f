package org.chorale.limit.web;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How often something may be done, a minute; 0 is as often as one likes. */
@Dependent
public class RateConfig {
    @Inject
    @ConfigProperty(name = "chorale.rate.joins", defaultValue = "10")
    public int joins;
    @Inject
    @ConfigProperty(name = "chorale.rate.joins-grace", defaultValue = "PT2M")
    public Duration joinsGrace;
    @Inject
    @ConfigProperty(name = "chorale.rate.sessions", defaultValue = "30")
    public int sessions;
    @Inject
    @ConfigProperty(name = "chorale.rate.uploads", defaultValue = "120")
    public int uploads;
    @Inject
    @ConfigProperty(name = "chorale.rate.writes", defaultValue = "1200")
    public int writes;
    @Inject
    @ConfigProperty(name = "chorale.rate.session-writes", defaultValue = "6000")
    public int sessionWrites;
    @Inject
    @ConfigProperty(name = "chorale.rate.frames", defaultValue = "12000")
    public int frames;
    @Inject
    @ConfigProperty(name = "chorale.rate.session-frames", defaultValue = "300000")
    public int sessionFrames;
}
