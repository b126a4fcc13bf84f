package org.chorale.account.service;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.chorale.account.KeySchedule;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How access tokens are made and believed. */
@Dependent
public class TokenConfig {
    private static final Duration LONGEST_LIFETIME = Duration.ofMinutes(10);

    @Inject
    @ConfigProperty(name = "chorale.tokens.issuer", defaultValue = "chorale")
    public String issuer;
    @Inject
    @ConfigProperty(name = "chorale.tokens.audience", defaultValue = "chorale")
    public String audience;
    @Inject
    @ConfigProperty(name = "chorale.tokens.lifetime", defaultValue = "PT10M")
    public Duration lifetime;
    @Inject
    @ConfigProperty(name = "chorale.tokens.max-length", defaultValue = "8192")
    public int maxLength;
    @Inject
    @ConfigProperty(name = "chorale.tokens.key-rotation", defaultValue = "P30D")
    public Duration keyRotation;
    @Inject
    @ConfigProperty(name = "chorale.tokens.key-overlap", defaultValue = "P1D")
    public Duration keyOverlap;
    @Inject
    @ConfigProperty(name = "chorale.tokens.key-secret")
    public Optional<String> keySecret;

    /** At most ten minutes, whatever is configured. */
    public Duration lifetime() {
        return lifetime.compareTo(LONGEST_LIFETIME) > 0 ? LONGEST_LIFETIME : lifetime;
    }

    /** What was signed with a key outlives it by the token's lifetime at least. */
    KeySchedule keySchedule() {
        return new KeySchedule(keyRotation, keyOverlap.compareTo(lifetime()) < 0 ? lifetime() : keyOverlap);
    }
}
