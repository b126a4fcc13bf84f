package org.chorale.access;

/** Somebody who is about to change something of a session itself, by the role that they have at that moment. */
public record Actor(String userId, Role role) {
    /** Whoever shows the session's owner key acts as this user. No guest and no account has this id. */
    public static final String OWNER_KEY = "owner-key";

    public static Actor withOwnerKey() {
        return new Actor(OWNER_KEY, Role.OWNER);
    }
}
