package org.chorale.problem;

/** One occurrence of a problem (RFC 9457); {@code detail} names the offending value and what was expected. */
public record Problem(ProblemType type, String detail) {}
