package org.chorale.platform.web;

import org.eclipse.microprofile.config.ConfigProvider;

/** This server's version, written into its configuration by the build. */
public final class ServerVersion {
    public static final String VALUE = ConfigProvider.getConfig().getValue("chorale.version", String.class);

    private ServerVersion() {}
}
