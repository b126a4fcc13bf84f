package org.chorale.access.service;

import org.chorale.account.Identity;
import org.chorale.session.Guest;
import org.chorale.session.service.GuestIds;

/**
 * Who somebody is, as the door found out.
 *
 * @param known whether the same user can come again: a guest with a secret, or somebody with an account
 */
public record User(String userId, String name, boolean known) {

    /** Who shows a token. */
    public static User of(Identity signedIn) {
        return new User(signedIn.userId(), signedIn.name(), true);
    }

    public static User of(Guest guest) {
        return new User(GuestIds.userId(guest), guest.name(), guest.secret().isPresent());
    }
}
