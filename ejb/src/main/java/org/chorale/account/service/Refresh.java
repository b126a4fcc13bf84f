package org.chorale.account.service;

/** What became of a refresh token. */
public sealed interface Refresh {
    record Renewed(SignIn signIn) implements Refresh {}

    /** It never was, is too old, or its owner may not come in any more. */
    record Refused() implements Refresh {}

    /** Somebody used it before: one of the two stole it, so the sign-in is ended for both. */
    record Reused(String userId, String signInId) implements Refresh {}
}
