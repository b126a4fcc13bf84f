package org.chorale.document.web;

import java.security.SecureRandom;
import org.chorale.document.ChangeId;
import org.chorale.session.SessionId;
import org.chorale.session.web.Caller;

/** The names of the changes of one call: the same ones when it is repeated with its {@code Idempotency-Key}. */
public record ChangeNames(String clientId) {
    private static final SecureRandom RANDOM = new SecureRandom();

    public static ChangeNames of(Caller caller) {
        return new ChangeNames(caller.key().orElseGet(() -> "api-" + SessionId.random(RANDOM) + SessionId.random(RANDOM)));
    }

    public ChangeId of(int index) {
        return new ChangeId(clientId, index);
    }
}
