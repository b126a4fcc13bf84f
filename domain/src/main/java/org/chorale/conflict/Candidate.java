package org.chorale.conflict;

import java.time.Instant;
import java.util.Optional;
import org.chorale.value.Value;

/**
 * A write that waits for a decision.
 *
 * @param value    nothing for a write that would have removed the register
 * @param previous what its author saw there, if they said so
 */
public record Candidate(Optional<Value> value, Optional<Value> previous, long revision, String clientId, String userId, Instant at) {}
