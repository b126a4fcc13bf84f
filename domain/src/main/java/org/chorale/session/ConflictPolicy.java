package org.chorale.session;

import static org.chorale.problem.ProblemType.INVALID_REQUEST;
import static org.chorale.problem.ProblemType.LIMIT_EXCEEDED;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.chorale.conflict.Policies;
import org.chorale.conflict.Policy;
import org.chorale.conflict.Strategy;
import org.chorale.value.Value;

/** What a session's conflict policy is: its owner's entries in front of those that its kind brings along. */
public final class ConflictPolicy {
    /** Half of an entry's name, an element type or a property: as long as either may be. */
    private static final int NAME_LENGTH = 64;
    private static final Policy ASK_PEOPLE = Policy.DEFAULT.withStrategy(Strategy.MANUAL).withWindow(Duration.ofMillis(500));

    private ConflictPolicy() {}

    /** What holds where the owner said nothing: where parameters are tuned together, people are asked. */
    public static Policies defaultOf(SessionKind kind) {
        return switch (kind) {
            case PARAMETERS -> Policies.DEFAULT.with("parameters.*", ASK_PEOPLE);
            case SCENE, CANVAS, BENCH -> Policies.DEFAULT;
        };
    }

    /** Everything that holds in a session: the owner's entries, and the defaults of other names. */
    public static Map<String, Policy> effective(SessionKind kind, Map<String, Policy> ofOwner) {
        var all = new HashMap<>(defaultOf(kind).entries());
        all.putAll(ofOwner);
        return Map.copyOf(all);
    }

    /** Returns entries that somebody gave: at most {@code maxEntries}, each named {@code elementType.property}. */
    public static Map<String, Policy> require(Map<String, Policy> given, int maxEntries) {
        if (given.size() > maxEntries) {
            throw LIMIT_EXCEEDED.because("conflictPolicy: " + given.size() + " entries (expected: at most " + maxEntries + ")");
        }
        given.keySet().forEach(ConflictPolicy::requireName);
        return given;
    }

    private static void requireName(String name) {
        Value.requireUnicode(name);
        int dot = name.indexOf('.');
        boolean twoNames = dot >= 1 && dot <= NAME_LENGTH && name.length() - dot >= 2 && name.length() - dot - 1 <= NAME_LENGTH;
        if (!twoNames) {
            throw INVALID_REQUEST.because("conflictPolicy: a name of length " + name.length()
                + " (expected: elementType.property, 1 to " + NAME_LENGTH + " characters each)");
        }
    }
}
