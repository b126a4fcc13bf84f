package org.chorale.lock;

import java.time.Instant;
import org.chorale.operation.ElementId;

/**
 * A lease on an element and all below it.
 *
 * @param lease     its number, higher than that of every earlier lease of the branch
 * @param expiresAt by the server's clock
 */
public record Lock(ElementId element, LockHolder holder, long lease, Instant expiresAt) {
    boolean isForeignTo(String userId) {
        return !holder.userId().equals(userId);
    }
}
