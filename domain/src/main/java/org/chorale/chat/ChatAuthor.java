package org.chorale.chat;

/** Who says something, and what they were called when they said it. */
public record ChatAuthor(String userId, String participantId, String name) {}
