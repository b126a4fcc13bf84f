package org.chorale.session.web;

import static org.chorale.problem.ProblemType.INVALID_REQUEST;
import static org.chorale.problem.ProblemType.UNAUTHENTICATED;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.chorale.account.web.RequestIdentity;
import org.chorale.document.codec.Fields;
import org.chorale.platform.web.Requests;
import org.chorale.session.Guest;
import org.chorale.session.service.GuestConfig;
import org.chorale.session.service.GuestIds;

/** Finds out who makes a call that writes: whoever is signed in, else the guest whom the call names. */
@RequestScoped
public class Callers {
    /** Who makes a call whose body is no JSON: the guest as JSON, in ASCII by JSON's own escapes. */
    public static final String GUEST_HEADER = "Chorale-Guest";

    @Inject
    private RequestIdentity signedIn;
    @Inject
    private GuestConfig guests;

    /**
     * Reads who calls.
     *
     * @param body           with {@code guest {name, color, secret?}}, unless somebody is signed in
     * @param idempotencyKey the header, or null
     * @param call           what is called: the same key means another thing elsewhere
     */
    public Caller read(Fields body, String idempotencyKey, String call) {
        Optional<String> key = Optional.ofNullable(idempotencyKey);
        return signedIn.get().map(identity -> Caller.of(identity.userId(), identity.name(), key, call)).orElseGet(() -> {
            if (!guests.allowed || body.optional("guest").isEmpty()) {
                throw UNAUTHENTICATED.because("body.guest (expected: {name, color, secret?}, or Authorization: Bearer)");
            }
            Fields fields = body.object("guest");
            fields.requireOnly("name", "color", "secret");
            Guest guest = guest(fields);
            if (key.isPresent() && guest.secret().isEmpty()) {
                throw INVALID_REQUEST.because("Idempotency-Key (expected: a guest.secret with it, by which the same user is known again)");
            }
            return Caller.of(GuestIds.userId(guest), guest.name(), key, call);
        });
    }

    /** Reads who calls from {@link #GUEST_HEADER}, which is null where there is none, unless somebody is signed in. */
    public Caller readHeader(String header) {
        return signedIn.get().map(identity -> Caller.of(identity.userId(), identity.name(), Optional.empty(), "")).orElseGet(() -> {
            if (!guests.allowed || header == null) {
                throw UNAUTHENTICATED.because(GUEST_HEADER + " (expected: {name, color, secret?} as JSON, or Authorization: Bearer)");
            }
            Guest guest = guest(Requests.object(GUEST_HEADER, header, "name", "color", "secret"));
            return Caller.of(GuestIds.userId(guest), guest.name(), Optional.empty(), "");
        });
    }

    private static Guest guest(Fields fields) {
        return new Guest(fields.text("name"), fields.text("color"), fields.optionalText("secret"));
    }
}
