package org.chorale.cluster;

import java.util.regex.Pattern;
import org.chorale.session.SessionId;

/** What a message between nodes is about: who subscribed to it hears the message. */
public record Topic(String name) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9:.-]{1,64}");
    /** Every node. */
    public static final Topic EVERYBODY = new Topic("all");

    /** @throws IllegalArgumentException where this is no topic's name */
    public Topic {
        if (!isValid(name)) {
            throw new IllegalArgumentException("topic of length " + name.length() + " (expected: " + FORM + ")");
        }
    }

    /** The nodes on which somebody is in this session. */
    public static Topic of(SessionId session) {
        return new Topic("s:" + session.value());
    }

    public static boolean isValid(String name) {
        return FORM.matcher(name).matches();
    }

    @Override
    public String toString() {
        return name;
    }
}
