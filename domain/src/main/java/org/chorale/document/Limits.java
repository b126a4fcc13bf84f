package org.chorale.document;

import static org.chorale.problem.ProblemType.LIMIT_EXCEEDED;

import org.chorale.value.CanonicalForm;
import org.chorale.value.Value;

/**
 * How large a document and its parts may become.
 *
 * @param operationsPerChange operations in one change
 * @param valueBytes          a value's canonical form, in UTF-8 bytes
 * @param valueDepth          nesting of arrays and structs in a value
 * @param textLength          a text, in UTF-16 code units
 * @param elements            elements of a document, deleted ones included
 * @param treeDepth           levels of the tree
 */
public record Limits(int operationsPerChange, int valueBytes, int valueDepth, int textLength, int elements, int treeDepth) {
    public static final Limits DEFAULT = new Limits(1_000, 64 * 1024, 16, 1024 * 1024, 100_000, 64);

    void checkOperations(int count) {
        check("operations in a change", count, operationsPerChange);
    }

    void checkValue(Value value) {
        check("depth of a value", value.depth(), valueDepth);
        check("bytes of a value", CanonicalForm.bytes(value), valueBytes);
    }

    void checkText(String text) {
        check("length of a text", text.length(), textLength);
    }

    void checkElements(int count) {
        check("elements of the document", count, elements);
    }

    void checkTreeDepth(int depth) {
        check("depth of the tree", depth, treeDepth);
    }

    private static void check(String what, int actual, int limit) {
        if (actual > limit) {
            throw LIMIT_EXCEEDED.because(what + ": " + actual + " (expected: at most " + limit + ")");
        }
    }
}
