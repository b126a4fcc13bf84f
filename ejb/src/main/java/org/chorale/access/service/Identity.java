package org.chorale.access.service;

/**
 * Who somebody is, as the door found out.
 *
 * @param known whether the same user can come again: a guest with a secret, or an account
 */
public record Identity(String userId, String name, boolean known) {}
