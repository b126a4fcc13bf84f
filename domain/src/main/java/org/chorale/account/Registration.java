package org.chorale.account;

/** Who may make an account. */
public enum Registration {
    OPEN, INVITED, CLOSED
}
