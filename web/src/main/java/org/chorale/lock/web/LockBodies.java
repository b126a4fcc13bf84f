package org.chorale.lock.web;

import java.time.Instant;
import java.util.List;
import org.chorale.lock.Lock;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What goes over the wire about locks. */
final class LockBodies {
    private LockBodies() {}

    @Schema(name = "Lock", description = "A lease on an element and all below it.")
    record LockBody(
        @Schema(examples = "a") String element,
        @Schema(description = "The seat that holds it; somebody who locked over REST sits at none.") String participantId,
        String userId, String name,
        @Schema(description = "Grows with each lease of the branch; prolonging keeps it.") long lease,
        @Schema(description = "By the server's clock.") Instant expiresAt) {

        static LockBody of(Lock lock) {
            return new LockBody(lock.element().value(), lock.holder().participantId(), lock.holder().userId(), lock.holder().name(),
                lock.lease(), lock.expiresAt());
        }
    }

    @Schema(name = "LockList")
    record LockList(List<LockBody> locks) {}
}
