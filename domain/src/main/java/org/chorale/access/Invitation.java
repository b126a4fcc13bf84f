package org.chorale.access;

import java.time.Instant;

/**
 * A link by which somebody becomes a member; the token in it is told once and not kept.
 *
 * @param role what they become
 * @param uses how many may follow it
 * @param used how many did
 */
public record Invitation(String id, Role role, Instant createdAt, Instant expiresAt, int uses, int used) {}
