package org.chorale.conflict;

import java.time.Duration;

/**
 * How conflicts about one property are settled.
 *
 * @param window two users' writes of different values within this time conflict even when the later author had seen the earlier write
 * @param atomic whether the property has no components of its own, as a quaternion's numbers mean nothing alone
 */
public record Policy(Strategy strategy, Blend blend, Duration window, boolean atomic) {
    public static final Policy DEFAULT = new Policy(Strategy.AUTOMATIC, Blend.DELTA, Duration.ZERO, false);

    public Policy {
        if (window.isNegative()) {
            throw new IllegalArgumentException("window: " + window + " (expected: >= 0)");
        }
    }

    public Policy withStrategy(Strategy other) {
        return new Policy(other, blend, window, atomic);
    }

    public Policy withBlend(Blend other) {
        return new Policy(strategy, other, window, atomic);
    }

    public Policy withWindow(Duration other) {
        return new Policy(strategy, blend, other, atomic);
    }

    public Policy asAtomic() {
        return new Policy(strategy, blend, window, true);
    }
}
