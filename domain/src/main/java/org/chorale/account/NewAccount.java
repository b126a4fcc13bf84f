package org.chorale.account;

/**
 * Somebody who registers.
 *
 * @param passwordHash what is kept of the password
 */
public record NewAccount(LoginName login, Profile profile, String passwordHash) {}
