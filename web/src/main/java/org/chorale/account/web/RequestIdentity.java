package org.chorale.account.web;

import static org.chorale.problem.ProblemType.UNAUTHENTICATED;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import org.chorale.account.Identity;

/** Who makes the call that is being answered; {@link BearerFilter} finds out. */
@RequestScoped
public class RequestIdentity {
    private Identity identity;

    void set(Identity known) {
        identity = known;
    }

    /** Empty for guests, and for those who only look. */
    public Optional<Identity> get() {
        return Optional.ofNullable(identity);
    }

    /** @throws org.chorale.problem.CollaborationException {@code unauthenticated} */
    public Identity require() {
        return get().orElseThrow(() -> UNAUTHENTICATED.because("Authorization (expected: Bearer with an access token)"));
    }
}
