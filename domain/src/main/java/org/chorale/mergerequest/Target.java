package org.chorale.mergerequest;

import java.util.Optional;

/**
 * What there is to know about the branch that takes the changes.
 *
 * @param requiredApprovals exactly where it is protected
 */
public record Target(boolean isArchived, Optional<Integer> requiredApprovals) {
    public boolean isProtected() {
        return requiredApprovals.isPresent();
    }
}
