package org.chorale.platform.password;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How many passwords may be hashed at once; each keeps a core busy. */
@Dependent
public class PasswordConfig {
    @Inject
    @ConfigProperty(name = "chorale.accounts.concurrent-hashes", defaultValue = "2")
    public int concurrentHashes;
    @Inject
    @ConfigProperty(name = "chorale.accounts.waiting-hashes", defaultValue = "20")
    public int waitingHashes;
    @Inject
    @ConfigProperty(name = "chorale.accounts.hash-patience", defaultValue = "PT5S")
    public Duration hashPatience;
}
