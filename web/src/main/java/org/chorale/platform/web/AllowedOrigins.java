package org.chorale.platform.web;

import java.net.URI;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sites whose pages may call this server: its own, and those that its operator names. */
final class AllowedOrigins {
    private static final System.Logger LOGGER = System.getLogger(AllowedOrigins.class.getName());

    private final Set<String> named;

    /** @param publicUrl where people reach this server, whatever a proxy makes of the request's host */
    AllowedOrigins(Collection<String> allowed, Optional<String> publicUrl) {
        named = Stream.concat(allowed.stream().map(String::strip), publicUrl.stream()).flatMap(origin -> known(origin).stream())
            .collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<String> known(String configured) {
        Optional<String> origin = normalised(configured);
        if (origin.isEmpty()) {
            LOGGER.log(System.Logger.Level.ERROR, "\"" + configured + "\" is no origin (expected: like https://tools.example.org): nobody is let in by it");
        }
        return origin;
    }

    /**
     * Whether a page of this origin may call.
     *
     * @param host the request's own, with its port where it has one
     */
    boolean allow(String origin, String host) {
        Optional<String> normal = normalised(origin);
        return normal.filter(named::contains).isPresent()
            || host != null && normal.filter(from -> from.equals(normalised(schemeOf(from) + "://" + host).orElse(""))).isPresent();
    }

    private static String schemeOf(String origin) {
        return origin.substring(0, origin.indexOf(':'));
    }

    /** Scheme, host and port of an address, and nothing but the former two where the port is the usual one. */
    private static Optional<String> normalised(String address) {
        try {
            URI uri = URI.create(address.toLowerCase(Locale.ROOT));
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (!web || uri.getHost() == null || uri.getRawUserInfo() != null) {
                return Optional.empty();
            }
            int usual = uri.getScheme().equals("https") ? 443 : 80;
            String port = uri.getPort() < 0 || uri.getPort() == usual ? "" : ":" + uri.getPort();
            return Optional.of(uri.getScheme() + "://" + uri.getHost() + port);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
