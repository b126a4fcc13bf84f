package org.chorale.access;

import static org.chorale.problem.ProblemType.FORBIDDEN;

import org.chorale.operation.ElementId;
import org.chorale.problem.Problem;

/**
 * Why a change may not be made: the first thing that it does and its author may not do.
 *
 * @param element  the root where it is about the document as a whole
 * @param property empty where it is about no single one
 */
public record Denial(Action action, ElementId element, String property, Reason reason) {

    /** What stands in the way. */
    public enum Reason {
        /** Neither the role nor a grant allows it. */
        NOT_ALLOWED("what one's role or a grant allows there"),
        /** Nobody below ADMIN edits for the moment. */
        FROZEN("nothing until the session is no longer frozen"),
        /** One takes no part in the session, or no longer. */
        NO_MEMBER("a member of the session");

        private final String expected;

        Reason(String expected) {
            this.expected = expected;
        }
    }

    static Denial of(Action action) {
        return new Denial(action, ElementId.ROOT, "", Reason.NOT_ALLOWED);
    }

    Denial because(Reason other) {
        return new Denial(action, element, property, other);
    }

    /** What its author is told: names, never values. */
    public Problem problem() {
        return FORBIDDEN.with(action + (element.isRoot() ? "" : " of element \"" + element + "\"")
            + (property.isEmpty() ? "" : ", property \"" + property + "\"") + " (expected: " + reason.expected + ")");
    }
}
