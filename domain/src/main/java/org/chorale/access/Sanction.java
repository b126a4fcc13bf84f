package org.chorale.access;

import java.time.Instant;
import java.util.Optional;

/**
 * What a moderator put on somebody.
 *
 * @param userId  nothing where it is about an address alone
 * @param address nothing where it is about a user alone
 * @param until   nothing where it has no end
 */
public record Sanction(long id, Kind kind, Optional<String> userId, Optional<String> address, Optional<Instant> until, String reason,
                       Instant since) {

    public enum Kind {
        /** Is not let in. */
        BAN,
        /** Says nothing. */
        MUTE
    }

    boolean holds(Kind asked, String user, Instant now) {
        return kind == asked && userId.filter(user::equals).isPresent() && isInForce(now);
    }

    boolean holdsAt(String from, Instant now) {
        return kind == Kind.BAN && address.filter(from::equals).isPresent() && isInForce(now);
    }

    public boolean isInForce(Instant now) {
        return until.isEmpty() || until.get().isAfter(now);
    }
}
