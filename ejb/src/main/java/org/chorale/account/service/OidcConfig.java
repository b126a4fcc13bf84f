package org.chorale.account.service;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Whose tokens are believed besides one's own. */
@Dependent
public class OidcConfig {
    @Inject
    @ConfigProperty(name = "chorale.oidc.issuer")
    public Optional<String> issuer;
    @Inject
    @ConfigProperty(name = "chorale.oidc.audience")
    public Optional<String> audience;
    @Inject
    @ConfigProperty(name = "chorale.oidc.jwks-uri")
    public Optional<String> jwksUri;
    @Inject
    @ConfigProperty(name = "chorale.oidc.name-claim", defaultValue = "name")
    public String nameClaim;
    @Inject
    @ConfigProperty(name = "chorale.oidc.roles-claim", defaultValue = "groups")
    public String rolesClaim;
    @Inject
    @ConfigProperty(name = "chorale.oidc.administrator-role", defaultValue = "chorale-administrator")
    public String administratorRole;
    @Inject
    @ConfigProperty(name = "chorale.oidc.clock-skew", defaultValue = "PT30S")
    public Duration clockSkew;
    @Inject
    @ConfigProperty(name = "chorale.oidc.refetch-interval", defaultValue = "PT30S")
    public Duration refetchInterval;
    @Inject
    @ConfigProperty(name = "chorale.oidc.keys-lifetime", defaultValue = "PT1H")
    public Duration keysLifetime;
}
