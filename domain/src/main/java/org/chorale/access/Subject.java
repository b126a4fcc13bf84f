package org.chorale.access;

/** Whom a grant is about. */
public sealed interface Subject {
    /** One user. */
    record User(String userId) implements Subject {}

    /** Everybody of one role. */
    record Everybody(Role role) implements Subject {}
}
