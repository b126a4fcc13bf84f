package org.chorale.platform.web;

import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;

/** Which server this is: its version, and this very process. */
public final class ServerIdentity {
    /** Written into the configuration by the build. */
    public static final String VERSION = ConfigProvider.getConfig().getValue("chorale.version", String.class);
    /** Another one after each start. */
    public static final String NODE = UUID.randomUUID().toString();

    private ServerIdentity() {}
}
