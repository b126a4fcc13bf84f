package org.chorale.session;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.chorale.conflict.Policies;
import org.chorale.conflict.Policy;

/**
 * People editing one document together.
 *
 * @param conflictPolicy   everything that holds, defaults included
 * @param closedAt         since when nobody takes part any more; also of those that are archived
 * @param archived         whether it can be brought back
 * @param thumbnailVersion grows with each picture of the session; 0 where it never had one
 */
public record Session(SessionId id, String name, SessionKind kind, Visibility visibility, int maxUsers,
                      Instant createdAt, Optional<Instant> closedAt, boolean archived, Map<String, Policy> conflictPolicy,
                      long thumbnailVersion) {
    public Session {
        conflictPolicy = Map.copyOf(conflictPolicy);
    }

    public boolean isClosed() {
        return closedAt.isPresent();
    }

    /** How conflicts about its document are settled. */
    public Policies policies() {
        return Policies.of(conflictPolicy);
    }
}
