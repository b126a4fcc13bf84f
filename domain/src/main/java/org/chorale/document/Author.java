package org.chorale.document;

/** Who made a change: the user, and the seat in the session they made it from. */
public record Author(String userId, String participantId) {}
