package org.chorale.operation;

import java.util.Map;

/**
 * Which revisions a register's content stems from: what undo is guarded by. An undo that brings a value back brings its origin back as
 * well, so that undoing step after step, and redoing, finds at each step what that step left.
 *
 * @param whole      the revision that wrote the register; 0 when none did
 * @param components of a whole property: the components that stem from another revision than the rest, by their key or index
 */
public record Origins(long whole, Map<Path.Component, Long> components) {
    /** Never written. */
    public static final Origins NONE = new Origins(0);

    public Origins {
        components = components.isEmpty() ? Map.of() : Map.copyOf(components);
    }

    public Origins(long whole) {
        this(whole, Map.of());
    }
}
