package org.chorale.session.web;

import static org.chorale.problem.ProblemType.INVALID_REQUEST;
import static org.chorale.problem.ProblemType.UNAUTHENTICATED;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.chorale.access.service.Credentials;
import org.chorale.access.service.User;
import org.chorale.account.web.RequestIdentity;
import org.chorale.document.codec.Fields;
import org.chorale.platform.web.Requests;
import org.chorale.session.Guest;
import org.chorale.session.service.GuestConfig;
import org.chorale.session.service.GuestIds;

/** Finds out who makes a call: whoever is signed in, else the guest whom the call names. */
@ApplicationScoped
public class Callers {
    /** Who makes a call, where no body says so: the guest as JSON, in ASCII by JSON's own escapes. */
    public static final String GUEST_HEADER = "Chorale-Guest";

    @Inject
    private RequestIdentity signedIn;
    @Inject
    private GuestConfig guests;

    // ---- who writes

    /**
     * Reads who writes to the document, the chat or the locks.
     *
     * @param body           with {@code guest {name, color, secret?}}, unless somebody is signed in
     * @param idempotencyKey the header, or null
     * @param call           what is called: the same key means another thing elsewhere
     */
    public Caller read(Fields body, String idempotencyKey, String call) {
        Optional<String> key = Optional.ofNullable(idempotencyKey);
        return signedIn.get().map(identity -> Caller.of(identity.userId(), identity.name(), key, call)).orElseGet(() -> {
            if (body.optional("guest").isEmpty()) {
                throw UNAUTHENTICATED.because("body.guest (expected: {name, color, secret?}, or Authorization: Bearer)");
            }
            Guest guest = inBody(body);
            if (key.isPresent() && guest.secret().isEmpty()) {
                throw INVALID_REQUEST.because("Idempotency-Key (expected: a guest.secret with it, by which the same user is known again)");
            }
            return Caller.of(GuestIds.userId(guest), guest.name(), key, call);
        });
    }

    /** Reads who writes from {@link #GUEST_HEADER}, which is null where there is none, unless somebody is signed in. */
    public Caller readHeader(String header) {
        return signedIn.get().map(identity -> Caller.of(identity.userId(), identity.name(), Optional.empty(), "")).orElseGet(() -> {
            if (header == null) {
                throw UNAUTHENTICATED.because(GUEST_HEADER + " (expected: {name, color, secret?} as JSON, or Authorization: Bearer)");
            }
            Guest guest = inHeader(header);
            return Caller.of(GuestIds.userId(guest), guest.name(), Optional.empty(), "");
        });
    }

    // ---- who may

    /**
     * What a call shows to be allowed something.
     *
     * @param ownerKey and {@code guest} are headers, null where absent; a guest is not looked at where somebody is signed in
     */
    public Credentials credentials(String ownerKey, String guest) {
        return new Credentials(Optional.ofNullable(ownerKey), user().or(() -> Optional.ofNullable(guest).map(this::inHeader).map(User::of)));
    }

    /** @param body whose {@code guest} goes before the header */
    public Credentials credentials(String ownerKey, String guest, Fields body) {
        return body.optional("guest").isEmpty() ? credentials(ownerKey, guest)
            : new Credentials(Optional.ofNullable(ownerKey), user().or(() -> Optional.of(User.of(inBody(body)))));
    }

    private Optional<User> user() {
        return signedIn.get().map(User::of);
    }

    // ---- guests

    private Guest inBody(Fields body) {
        requireGuests();
        Fields fields = body.object("guest");
        fields.requireOnly("name", "color", "secret");
        return guest(fields);
    }

    private Guest inHeader(String header) {
        requireGuests();
        return guest(Requests.object(GUEST_HEADER, header, "name", "color", "secret"));
    }

    private void requireGuests() {
        if (!guests.allowed) {
            throw UNAUTHENTICATED.because("Authorization (expected: Bearer with an access token; there are no guests on this server)");
        }
    }

    private static Guest guest(Fields fields) {
        return new Guest(fields.text("name"), fields.text("color"), fields.optionalText("secret"));
    }
}
