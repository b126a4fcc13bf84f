package org.chorale.access;

/** What somebody is in a session, the highest first. Public names: they travel in frames and bodies. */
public enum Role {
    OWNER, ADMIN, COLLABORATOR, VIEWER;

    /** Whether it stands above another one. */
    public boolean outranks(Role other) {
        return ordinal() < other.ordinal();
    }
}
