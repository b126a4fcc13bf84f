package org.chorale.operation;

import java.time.Instant;
import org.chorale.value.Value;

/** One of several values that were written to a register without knowledge of each other, and who wrote it. */
public record Sibling(Value value, long revision, String clientId, String userId, Instant at) {}
