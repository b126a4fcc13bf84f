package org.chorale.chat;

import java.time.Instant;
import java.util.Optional;

/**
 * Something said in a session.
 *
 * @param id        grows in the order in which a session's messages were stored
 * @param messageId the author's own name for it, by which what was sent twice is recognised
 * @param name      what the author was called then
 */
public record ChatMessage(long id, Optional<String> messageId, String userId, String participantId, String name, String text, Instant at) {}
