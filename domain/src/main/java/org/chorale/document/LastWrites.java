package org.chorale.document;

/**
 * A register's last write, and the last one by another client: so it is known for each client what somebody else wrote last, also for one
 * that wrote since without having seen it.
 *
 * @param last  the newest write
 * @param other the newest write by another client than the last one's
 */
public record LastWrites(Stamp last, Stamp other) {
    static final LastWrites NONE = new LastWrites(Stamp.NONE, Stamp.NONE);

    /** The newest write by another client. */
    Stamp notBy(String clientId) {
        return last.clientId().equals(clientId) ? other : last;
    }

    LastWrites then(Stamp by) {
        return new LastWrites(by, notBy(by.clientId()));
    }

    LastWrites withOrigin(long origin) {
        return new LastWrites(last.withOrigin(origin), other);
    }
}
