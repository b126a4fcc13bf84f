package org.chorale.problem;

import java.time.Duration;
import java.util.Optional;

/**
 * One occurrence of a problem (RFC 9457); {@code detail} names the offending value and what was expected.
 *
 * @param retryAfter when it may work, where that is known
 */
public record Problem(ProblemType type, String detail, Optional<Duration> retryAfter) {
    public Problem(ProblemType type, String detail) {
        this(type, detail, Optional.empty());
    }
}
