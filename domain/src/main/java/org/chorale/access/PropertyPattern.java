package org.chorale.access;

import static org.chorale.problem.ProblemType.INVALID_REQUEST;

import org.chorale.value.Value;

/** Properties, texts, lists and sets by {@code elementType.property}, as conflict policies name them; either half may be {@code *}. */
public record PropertyPattern(String elementType, String property) {
    private static final String ANY = "*";
    private static final int NAME_LENGTH = 64;

    /** @throws org.chorale.problem.CollaborationException {@code invalid-request} */
    public static PropertyPattern parse(String text) {
        Value.requireUnicode(text);
        int dot = text.indexOf('.');
        boolean twoNames = dot >= 1 && dot <= NAME_LENGTH && text.length() - dot >= 2 && text.length() - dot - 1 <= NAME_LENGTH;
        if (!twoNames) {
            throw INVALID_REQUEST.because("property of length " + text.length()
                + " (expected: elementType.property, 1 to " + NAME_LENGTH + " characters each)");
        }
        return new PropertyPattern(text.substring(0, dot), text.substring(dot + 1));
    }

    /** @param name empty for what is done to an element as a whole: that is meant where the property is {@code *} */
    boolean matches(String type, String name) {
        return (elementType.equals(ANY) || elementType.equals(type)) && (property.equals(ANY) || property.equals(name));
    }

    /** Higher goes before lower: {@code type.property}, {@code type.*}, {@code *.property}, {@code *.*}. */
    int rank() {
        return (elementType.equals(ANY) ? 0 : 2) + (property.equals(ANY) ? 0 : 1) + 1;
    }

    @Override
    public String toString() {
        return elementType + "." + property;
    }
}
