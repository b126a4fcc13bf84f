package org.chorale.account;

/** What the bearer of a token may do at most; what they may do there is decided by who they are. */
public enum Scope {
    /** To look at what its owner may see. */
    READ,
    /** To change it, and to take part in sessions. */
    WRITE,
    /** To manage accounts, where the owner is an administrator. */
    ADMIN
}
