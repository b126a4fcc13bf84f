package org.chorale.account.service;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Locale;
import org.chorale.account.LoginThrottle;
import org.chorale.account.PasswordRules;
import org.chorale.account.Registration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Who may have an account, and how it is guarded. */
@Dependent
public class AccountConfig {
    @Inject
    @ConfigProperty(name = "chorale.accounts.local", defaultValue = "true")
    public boolean local;
    @Inject
    @ConfigProperty(name = "chorale.accounts.registration", defaultValue = "open")
    public String registration;
    @Inject
    @ConfigProperty(name = "chorale.accounts.password-min-length", defaultValue = "10")
    public int passwordMinLength;
    @Inject
    @ConfigProperty(name = "chorale.accounts.password-iterations", defaultValue = "210000")
    public int passwordIterations;
    @Inject
    @ConfigProperty(name = "chorale.accounts.free-attempts", defaultValue = "5")
    public int freeAttempts;
    @Inject
    @ConfigProperty(name = "chorale.accounts.free-attempts-per-address", defaultValue = "50")
    public int freeAttemptsPerAddress;
    @Inject
    @ConfigProperty(name = "chorale.accounts.first-delay", defaultValue = "PT2S")
    public Duration firstDelay;
    @Inject
    @ConfigProperty(name = "chorale.accounts.longest-delay", defaultValue = "PT15M")
    public Duration longestDelay;
    @Inject
    @ConfigProperty(name = "chorale.accounts.forget-attempts", defaultValue = "PT1H")
    public Duration forgetAttempts;
    @Inject
    @ConfigProperty(name = "chorale.accounts.sign-in-lifetime", defaultValue = "P30D")
    public Duration signInLifetime;
    @Inject
    @ConfigProperty(name = "chorale.accounts.refresh-leeway", defaultValue = "PT10S")
    public Duration refreshLeeway;
    @Inject
    @ConfigProperty(name = "chorale.accounts.link-lifetime", defaultValue = "PT24H")
    public Duration linkLifetime;
    @Inject
    @ConfigProperty(name = "chorale.accounts.preferences-bytes", defaultValue = "16384")
    public int preferencesBytes;
    @Inject
    @ConfigProperty(name = "chorale.accounts.api-keys", defaultValue = "50")
    public int apiKeys;
    @Inject
    @ConfigProperty(name = "chorale.accounts.picture-size", defaultValue = "131072")
    public int pictureSize;
    @Inject
    @ConfigProperty(name = "chorale.accounts.contacts", defaultValue = "500")
    public int contacts;
    @Inject
    @ConfigProperty(name = "chorale.accounts.recent-people", defaultValue = "50")
    public int recentPeople;

    /** Who may register; what is misspelt lets nobody in. */
    public Registration registration() {
        try {
            return Registration.valueOf(registration.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return Registration.CLOSED;
        }
    }

    public PasswordRules passwordRules() {
        return new PasswordRules(passwordMinLength);
    }

    LoginThrottle perAccount() {
        return new LoginThrottle(freeAttempts, firstDelay, longestDelay, forgetAttempts);
    }

    LoginThrottle perAddress() {
        return new LoginThrottle(freeAttemptsPerAddress, firstDelay, longestDelay, forgetAttempts);
    }
}
