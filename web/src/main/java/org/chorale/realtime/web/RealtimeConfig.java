package org.chorale.realtime.web;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How connections are treated. */
@Dependent
public class RealtimeConfig {
    @Inject
    @ConfigProperty(name = "chorale.connection.hello-timeout", defaultValue = "PT5S")
    public Duration helloTimeout;
    @Inject
    @ConfigProperty(name = "chorale.connection.heartbeat", defaultValue = "PT20S")
    public Duration heartbeat;
    @Inject
    @ConfigProperty(name = "chorale.connection.queue-bytes", defaultValue = "8388608")
    public long queueBytes;
    @Inject
    @ConfigProperty(name = "chorale.connection.submits-in-flight", defaultValue = "32")
    public int submitsInFlight;
    @Inject
    @ConfigProperty(name = "chorale.connection.malformed-per-minute", defaultValue = "3")
    public int malformedPerMinute;
    @Inject
    @ConfigProperty(name = "chorale.connection.awareness-interval", defaultValue = "PT0.04S")
    public Duration awarenessInterval;
    @Inject
    @ConfigProperty(name = "chorale.connection.drain-retry-after", defaultValue = "PT2S")
    public Duration drainRetryAfter;
    @Inject
    @ConfigProperty(name = "chorale.connection.drain-interval", defaultValue = "PT0.01S")
    public Duration drainInterval;
    @Inject
    @ConfigProperty(name = "chorale.connection.drain-spread", defaultValue = "PT1S")
    public Duration drainSpread;
    @Inject
    @ConfigProperty(name = "chorale.connection.drain-timeout", defaultValue = "PT2S")
    public Duration drainTimeout;
    @Inject
    @ConfigProperty(name = "chorale.connection.deflate-threshold", defaultValue = "4096")
    public int deflateThreshold;
    @Inject
    @ConfigProperty(name = "chorale.connection.token-grace", defaultValue = "PT5S")
    public Duration tokenGrace;
}
