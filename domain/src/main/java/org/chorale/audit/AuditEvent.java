package org.chorale.audit;

import java.time.Instant;

/**
 * One thing that somebody did.
 *
 * @param sessionId empty where it is about no session
 * @param actor     a user id
 * @param action    what was done: {@code member.role}, {@code moderation.ban}, …
 * @param subject   to whom or what; may be empty
 * @param detail    how; may be empty. Never a secret, a password or what people wrote
 */
public record AuditEvent(String sessionId, Instant at, String actor, String action, String subject, String detail) {}
