package org.chorale.account;

import static org.chorale.problem.ProblemType.INVALID_REQUEST;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.chorale.session.DisplayName;

/**
 * What a program shows in the place of a person who signs in. It acts as the user who made it.
 *
 * @param id         names it where it is revoked; tells nothing of the key
 * @param lastUsedAt to the minute
 */
public record ApiKey(String id, String name, Set<Scope> scopes, Instant createdAt, Optional<Instant> expiresAt,
                     Optional<Instant> lastUsedAt) {
    /** What every key begins with, so that scanners for leaked secrets know one when they see it. */
    public static final String PREFIX = "chk_";

    private static final int MAX_NAME_LENGTH = 64;

    public ApiKey {
        name = DisplayName.require("name", name, MAX_NAME_LENGTH);
        scopes = Set.copyOf(scopes);
        if (scopes.isEmpty()) {
            throw INVALID_REQUEST.because("scopes (expected: at least one)");
        }
    }

    public boolean isExpired(Instant now) {
        return expiresAt.filter(end -> !now.isBefore(end)).isPresent();
    }
}
