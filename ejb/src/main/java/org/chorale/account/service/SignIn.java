package org.chorale.account.service;

import java.time.Instant;
import org.chorale.account.Account;

/**
 * Somebody who proved who they are.
 *
 * @param refreshToken good once; it is nowhere else
 * @param expiresAt    when they have to log in again
 */
public record SignIn(String id, Account account, String refreshToken, Instant expiresAt) {
    @Override
    public String toString() {
        return "SignIn[" + id + "]";
    }
}
