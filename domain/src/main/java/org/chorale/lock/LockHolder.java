package org.chorale.lock;

/** Whoever holds a lock: a user, at the seat with which the lock goes. */
public record LockHolder(String participantId, String userId, String name) {}
