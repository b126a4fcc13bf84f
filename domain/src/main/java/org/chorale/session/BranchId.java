package org.chorale.session;

/** A line of revisions within a session. */
public record BranchId(SessionId session, String name) {
    public static final String MAIN = "main";

    public static BranchId main(SessionId session) {
        return new BranchId(session, MAIN);
    }

    @Override
    public String toString() {
        return session + "/" + name;
    }
}
