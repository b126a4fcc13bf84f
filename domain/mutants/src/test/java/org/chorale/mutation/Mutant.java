package org.chorale.mutation;

/**
 * A rule broken on purpose.
 *
 * @param file        the source file below {@code org/chorale}
 * @param rule        what is broken, and the rule's id
 * @param original    a piece of the source that occurs exactly once
 * @param replacement what stands there instead
 */
record Mutant(String file, String rule, String original, String replacement) {
    @Override
    public String toString() {
        return rule;
    }
}
