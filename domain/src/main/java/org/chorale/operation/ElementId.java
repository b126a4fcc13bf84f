package org.chorale.operation;

import static org.chorale.problem.ProblemType.INVALID_OPERATION;

/** An element's id within its document, chosen by the client that creates it: 1 to 64 characters of {@code [A-Za-z0-9_-]}. */
public record ElementId(String value) {
    /** The parent of what stands at the top of a document; itself no element. */
    public static final ElementId ROOT = new ElementId("");

    private static final int MAX_LENGTH = 64;

    public ElementId {
        if (value.length() > MAX_LENGTH || !value.chars().allMatch(ElementId::isAllowed)) {
            throw INVALID_OPERATION.because("element id: \"" + abbreviated(value) + "\" (expected: 1 to 64 characters of A-Z a-z 0-9 _ -)");
        }
    }

    /** An id that names an element, not the root. */
    public static ElementId of(String value) {
        if (value.isEmpty()) {
            throw INVALID_OPERATION.because("element id: \"\" (expected: 1 to 64 characters of A-Z a-z 0-9 _ -)");
        }
        return new ElementId(value);
    }

    public boolean isRoot() {
        return value.isEmpty();
    }

    @Override
    public String toString() {
        return value;
    }

    static boolean isAllowed(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-';
    }

    private static String abbreviated(String value) {
        return value.length() <= MAX_LENGTH ? value : value.substring(0, MAX_LENGTH) + "…";
    }
}
