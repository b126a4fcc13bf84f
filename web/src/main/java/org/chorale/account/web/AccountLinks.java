package org.chorale.account.web;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.chorale.account.LinkPurpose;
import org.chorale.account.service.AccountConfig;
import org.chorale.account.service.AccountService;
import org.chorale.account.service.OneTimeLinkService;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * One-time links as people follow them. The token is behind the {@code #}, so no browser sends it and no proxy logs it; and the address is
 * the configured one, never what a request says, since somebody else may have made that up.
 */
@ApplicationScoped
public class AccountLinks {
    @EJB
    private AccountService accounts;
    @EJB
    private OneTimeLinkService links;
    @Inject
    private AccountConfig config;
    @Inject
    @ConfigProperty(name = "chorale.http.port", defaultValue = "9080")
    private int port;
    @Inject
    @ConfigProperty(name = "chorale.public-url")
    private Optional<String> publicUrl;

    public String address(LinkPurpose purpose, String token) {
        String base = publicUrl.orElse("http://localhost:" + port);
        String name = switch (purpose) {
            case SETUP -> "setup";
            case INVITATION -> "invitation";
            case RESET -> "reset";
        };
        return base + (base.endsWith("/") ? "" : "/") + "#" + name + "=" + token;
    }

    /** A link that makes the first administrator; empty where there is one, or no local account can be. */
    public Optional<String> setup() {
        if (!config.local || accounts.hasAdministrator()) {
            return Optional.empty();
        }
        return Optional.of(address(LinkPurpose.SETUP, links.make(LinkPurpose.SETUP, Optional.empty()).token()));
    }

    /** How long a link works, for people. */
    public String lifetime() {
        return config.linkLifetime.toHours() + " hours";
    }
}
