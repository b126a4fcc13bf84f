package org.chorale.account;

/** What a one-time link is for. */
public enum LinkPurpose {
    /** Makes the first administrator. */
    SETUP,
    /** Lets somebody register. */
    INVITATION,
    /** Lets somebody choose a new password. */
    RESET
}
