package org.chorale.document;

import static org.chorale.problem.ProblemType.INVALID_CHANGE;

/** A change's name, given by the client that makes it: unique for ever, so that sending it twice does it once. Written {@code clientId:counter}. */
public record ChangeId(String clientId, long counter) {
    private static final int MAX_LENGTH = 96;
    private static final String SYSTEM = "system";

    public ChangeId {
        if (!ClientId.isValid(clientId)) {
            throw INVALID_CHANGE.because("client id of length " + clientId.length() + " (expected: " + ClientId.EXPECTED + ")");
        }
        if (counter < 0) {
            throw INVALID_CHANGE.because("change counter: " + counter + " (expected: >= 0)");
        }
    }

    /** The name of the server's own change at a revision. */
    public static ChangeId system(long revision) {
        return new ChangeId(SYSTEM, revision);
    }

    /** Whether only the server may use the name. */
    public boolean isSystem() {
        return clientId.equals(SYSTEM);
    }

    /** Reads {@code clientId:counter}. */
    public static ChangeId parse(String text) {
        int colon = text.lastIndexOf(':');
        boolean counted = colon > 0 && text.length() <= MAX_LENGTH && text.length() - colon <= 16
            && text.length() - colon > 1 && text.chars().skip(colon + 1L).allMatch(c -> c >= '0' && c <= '9');
        if (!counted) {
            throw INVALID_CHANGE.because("changeId of length " + text.length() + " (expected: clientId:counter, at most 96 characters)");
        }
        var id = new ChangeId(text.substring(0, colon), Long.parseLong(text, colon + 1, text.length(), 10));
        if (!id.toString().equals(text)) {
            throw INVALID_CHANGE.because("changeId: leading zeros in the counter (expected: a decimal number)");
        }
        return id;
    }

    @Override
    public String toString() {
        return clientId + ":" + counter;
    }
}
