package org.chorale.value;

import static org.chorale.problem.ProblemType.INVALID_VALUE;

import java.util.Set;

/** The rule for names of properties and keys of structs. */
public final class Key {
    public static final int MAX_LENGTH = 64;

    /** Harmless here, but a JavaScript client that writes them into a plain object changes every object it has. */
    private static final Set<String> POLLUTING = Set.of("__proto__", "constructor", "prototype");

    private Key() {}

    /** Returns the key unchanged when it has 1 to 64 UTF-16 code units of valid Unicode and pollutes no JavaScript object. */
    public static String require(String key) {
        if (key.isEmpty() || key.length() > MAX_LENGTH) {
            throw INVALID_VALUE.because("key of length " + key.length() + " (expected: 1 to " + MAX_LENGTH + ")");
        }
        if (POLLUTING.contains(key)) {
            throw INVALID_VALUE.because("key: " + key + " (expected: none of " + POLLUTING.stream().sorted().toList() + ")");
        }
        return Value.requireUnicode(key);
    }
}
