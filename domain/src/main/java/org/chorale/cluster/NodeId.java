package org.chorale.cluster;

import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** One server process of a cluster, from its start to its end: its name and six random characters. */
public record NodeId(String value) {
    /** The longest name of which {@link #of} keeps every character. */
    public static final int NAME_LENGTH = 73;
    private static final int RANDOM_CHARACTERS = 6;
    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9.-]{1,80}");

    /** @throws IllegalArgumentException where this is no node's id */
    public NodeId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("node id of length " + value.length() + " (expected: " + FORM + ")");
        }
    }

    public static boolean isValid(String value) {
        return FORM.matcher(value).matches();
    }

    /** A new id for a process; of the name what cannot be in an id becomes a hyphen, and what is too long is cut off. */
    public static NodeId of(String name, RandomGenerator random) {
        String fitting = name.replaceAll("[^A-Za-z0-9.-]", "-");
        var id = new StringBuilder(fitting.substring(0, Math.min(fitting.length(), NAME_LENGTH))).append('-');
        for (int i = 0; i < RANDOM_CHARACTERS; i++) {
            id.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
        }
        return new NodeId(id.toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
