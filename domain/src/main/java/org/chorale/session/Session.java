package org.chorale.session;

import java.time.Instant;
import java.util.Optional;

/** People editing one document together. */
public record Session(SessionId id, String name, SessionKind kind, Visibility visibility, int maxUsers,
                      Instant createdAt, Optional<Instant> closedAt) {
    public boolean isClosed() {
        return closedAt.isPresent();
    }
}
