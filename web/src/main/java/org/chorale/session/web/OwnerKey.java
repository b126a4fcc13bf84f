package org.chorale.session.web;

/** The key that the creator of a session was given: whoever shows it acts as an OWNER. */
public final class OwnerKey {
    public static final String HEADER = "Chorale-Owner-Key";

    private OwnerKey() {}
}
