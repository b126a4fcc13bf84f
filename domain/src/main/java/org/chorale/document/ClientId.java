package org.chorale.document;

/** The rule for the id of one page load or one process of a client. */
public final class ClientId {
    public static final String EXPECTED = "1 to 64 characters of A-Z a-z 0-9 _ -";

    private ClientId() {}

    public static boolean isValid(String id) {
        return !id.isEmpty() && id.length() <= 64
            && isAllowed(id);
    }

    private static boolean isAllowed(String id) {
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-')) {
                return false;
            }
        }
        return true;
    }
}
