package org.chorale.access.web;

import java.util.Optional;
import org.chorale.access.service.Credentials;
import org.chorale.access.service.Identity;
import org.chorale.document.codec.Fields;
import org.chorale.session.web.Caller;

/** Reads what a call shows: the owner key, and the guest in the body or in {@link Caller#GUEST_HEADER}. */
public final class Callers {
    private Callers() {}

    /** @param ownerKey and {@code guest} are headers, null where absent */
    public static Credentials read(String ownerKey, String guest) {
        return new Credentials(Optional.ofNullable(ownerKey), Optional.ofNullable(guest).map(Caller::readHeader).map(Callers::identity));
    }

    /** @param body whose {@code guest} goes before the header */
    public static Credentials read(String ownerKey, String guest, Fields body) {
        return body.optional("guest").isEmpty() ? read(ownerKey, guest)
            : new Credentials(Optional.ofNullable(ownerKey), Optional.of(identity(Caller.read(body, null, ""))));
    }

    public static Identity identity(Caller caller) {
        return new Identity(caller.userId(), caller.guest().name(), caller.guest().secret().isPresent());
    }
}
