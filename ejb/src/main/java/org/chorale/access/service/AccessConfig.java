package org.chorale.access.service;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How many may be written down about a session, and how passwords and invitations are kept. */
@Dependent
public class AccessConfig {
    @Inject
    @ConfigProperty(name = "chorale.access.members", defaultValue = "1000")
    public int members;
    @Inject
    @ConfigProperty(name = "chorale.access.grants", defaultValue = "100")
    public int grants;
    @Inject
    @ConfigProperty(name = "chorale.access.invitations", defaultValue = "100")
    public int invitations;
    @Inject
    @ConfigProperty(name = "chorale.access.invitation-lifetime", defaultValue = "P7D")
    public Duration invitationLifetime;
    @Inject
    @ConfigProperty(name = "chorale.access.longest-invitation", defaultValue = "P90D")
    public Duration longestInvitation;
    @Inject
    @ConfigProperty(name = "chorale.access.password-iterations", defaultValue = "210000")
    public int passwordIterations;
    @Inject
    @ConfigProperty(name = "chorale.access.password-tries", defaultValue = "3")
    public int passwordTries;
    @Inject
    @ConfigProperty(name = "chorale.access.password-session-tries", defaultValue = "50")
    public int passwordSessionTries;
    @Inject
    @ConfigProperty(name = "chorale.access.password-longest-wait", defaultValue = "PT5M")
    public Duration passwordLongestWait;
}
