package org.chorale.conflict;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A session's conflict policies, by {@code elementType.property}. Either side may be {@code *}; the first of {@code type.property},
 * {@code type.*}, {@code *.property} and {@code *.*} that is there counts.
 */
public final class Policies {
    /** Parameters are dragged by several people at once, so a time window applies; colours and quaternions have no components. */
    public static final Policies DEFAULT = of(Map.of(
        "parameters.*", Policy.DEFAULT.withWindow(Duration.ofMillis(500)),
        "*.color", Policy.DEFAULT.asAtomic(),
        "*.quaternion", Policy.DEFAULT.asAtomic()));

    private static final String ANY = "*";

    private final Map<String, Map<String, Policy>> byType = new HashMap<>();
    private final Map<String, Policy> entries;

    private Policies(Map<String, Policy> entries) {
        this.entries = Map.copyOf(entries);
        entries.forEach((name, policy) -> {
            int dot = name.indexOf('.');
            if (dot <= 0 || dot == name.length() - 1) {
                throw new IllegalArgumentException("policy for \"" + name + "\" (expected: elementType.property)");
            }
            byType.computeIfAbsent(name.substring(0, dot), type -> new HashMap<>()).put(name.substring(dot + 1), policy);
        });
    }

    public static Policies of(Map<String, Policy> entries) {
        return new Policies(entries);
    }

    /** The policies by their names. */
    public Map<String, Policy> entries() {
        return entries;
    }

    /** These policies with one more, or another one for that name. */
    public Policies with(String name, Policy policy) {
        var more = new LinkedHashMap<>(entries);
        more.put(name, policy);
        return new Policies(more);
    }

    public Policy of(String elementType, String property) {
        Map<String, Policy> ofType = byType.getOrDefault(elementType, Map.of());
        Policy policy = ofType.get(property);
        if (policy == null) {
            policy = ofType.get(ANY);
        }
        if (policy == null) {
            Map<String, Policy> ofAny = byType.getOrDefault(ANY, Map.of());
            policy = ofAny.getOrDefault(property, ofAny.getOrDefault(ANY, Policy.DEFAULT));
        }
        return policy;
    }
}
