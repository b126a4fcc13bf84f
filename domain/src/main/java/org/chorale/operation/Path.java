package org.chorale.operation;

import static org.chorale.problem.ProblemType.INVALID_OPERATION;

import org.chorale.value.Key;

/** Which register of an element: a whole property, or one component of it. */
public record Path(String property, Component component) {

    /** The part of a property that a register covers. */
    public sealed interface Component {}

    /** All of it. */
    public enum Whole implements Component { WHOLE }

    /** One place of a vector, counted from 0. */
    public record Index(int index) implements Component {
        public Index {
            if (index < 0) {
                throw INVALID_OPERATION.because("path index: " + index + " (expected: >= 0)");
            }
        }
    }

    /** One key of a struct. */
    public record Field(String key) implements Component {
        public Field {
            Key.require(key);
        }
    }

    public Path {
        Key.require(property);
    }

    public static Path of(String property) {
        return new Path(property, Whole.WHOLE);
    }

    public static Path of(String property, int index) {
        return new Path(property, new Index(index));
    }

    public static Path of(String property, String key) {
        return new Path(property, new Field(key));
    }
}
