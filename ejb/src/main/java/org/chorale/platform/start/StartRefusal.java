package org.chorale.platform.start;

/** Why this server must not start as it is configured. One sentence for the log: what is wrong, where, and what to set; no secrets. */
public final class StartRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param wrong what is wrong, and where
     * @param remedy what to do about it
     */
    public StartRefusal(String wrong, String remedy) {
        super(wrong + ". " + remedy + ".");
    }
}
