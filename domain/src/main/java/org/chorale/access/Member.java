package org.chorale.access;

import java.time.Instant;

/**
 * Somebody whose role in a session is written down.
 *
 * @param name what they were called when it was
 */
public record Member(String userId, Role role, String name, Instant since) {}
