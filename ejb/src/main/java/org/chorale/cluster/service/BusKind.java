package org.chorale.cluster.service;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What carries the messages between nodes. */
public enum BusKind {
    LOCAL, POSTGRESQL, REDIS;

    /** The kind as it is configured, in small letters. */
    public static Optional<BusKind> named(String name) {
        return Arrays.stream(values()).filter(kind -> kind.configured().equals(name.strip())).findFirst();
    }

    public String configured() {
        return name().toLowerCase(Locale.ROOT);
    }
}
