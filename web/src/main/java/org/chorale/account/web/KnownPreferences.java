package org.chorale.account.web;

import static org.chorale.problem.ProblemType.INVALID_REQUEST;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;

/**
 * The preferences that all applications share, so that each finds what another wrote: {@code theme}, {@code units},
 * {@code notifications} and {@code accessibility}. Everything else is an application's own, and not looked at.
 */
final class KnownPreferences {
    private static final Map<String, Set<String>> WORDS = Map.of(
        "theme", Set.of("light", "dark", "system"),
        "units", Set.of("metric", "imperial"));
    private static final Map<String, Set<String>> SWITCHES = Map.of(
        "notifications", Set.of("sound", "desktop", "mentions", "joins"),
        "accessibility", Set.of("reducedMotion", "highContrast", "largeText", "captions"));

    private KnownPreferences() {}

    /** @throws org.chorale.problem.CollaborationException {@code invalid-request}, where a known one is not what it may be */
    static void require(JsonNode preferences) {
        if (!preferences.isObject()) {
            throw INVALID_REQUEST.because("body.preferences (expected: an object)");
        }
        WORDS.forEach((name, words) -> {
            JsonNode given = preferences.path(name);
            if (!given.isMissingNode() && !words.contains(given.asText())) {
                throw INVALID_REQUEST.because("body.preferences." + name + " (expected: one of " + words.stream().sorted().toList() + ")");
            }
        });
        SWITCHES.forEach((name, switches) -> requireSwitches(name, preferences.path(name), switches));
    }

    private static void requireSwitches(String name, JsonNode given, Set<String> switches) {
        if (given.isMissingNode()) {
            return;
        }
        boolean sound = given.isObject() && given.properties().stream()
            .allMatch(each -> switches.contains(each.getKey()) && each.getValue().isBoolean());
        if (!sound) {
            throw INVALID_REQUEST.because("body.preferences." + name + " (expected: an object of true and false under "
                + switches.stream().sorted().toList() + ")");
        }
    }
}
