package org.chorale.document;

import static org.chorale.problem.ProblemType.LIMIT_EXCEEDED;

import java.util.List;
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
 * @param names               properties, texts, lists and sets of one element
 * @param listItems           items of a list, retracted ones included
 * @param setMembers          members of a set, those taken out included
 * @param candidates          writes that wait in one conflict
 */
public record Limits(int operationsPerChange, int valueBytes, int valueDepth, int textLength, int elements, int treeDepth,
                     int names, int listItems, int setMembers, int candidates) {
    public static final Limits DEFAULT = new Limits(1_000, 64 * 1024, 16, 1024 * 1024, 100_000, 64, 1_000, 10_000, 10_000, 16);

    /** No number is longer in its canonical form, a comma included. */
    private static final int NUMBER_BYTES = 26;

    void checkOperations(int count) {
        check("operations in a change", count, operationsPerChange);
    }

    void checkValue(Value value) {
        if (isSurelySmall(value)) {
            return;
        }
        check("depth of a value", value.depth(), valueDepth);
        check("bytes of a value", CanonicalForm.bytes(value), valueBytes);
    }

    void checkText(int length) {
        check("length of a text", length, textLength);
    }

    void checkNames(int count) {
        check("properties, texts, lists and sets of an element", count, names);
    }

    void checkListItems(int count) {
        check("items of a list", count, listItems);
    }

    void checkSetMembers(int count) {
        check("members of a set", count, setMembers);
    }

    void checkCandidates(int count) {
        check("candidates of a conflict", count, candidates);
    }

    void checkElements(int count) {
        check("elements of the document", count, elements);
    }

    void checkTreeDepth(int depth) {
        check("depth of the tree", depth, treeDepth);
    }

    /** Numbers and short vectors are by far the most values written: told without writing them out. */
    private boolean isSurelySmall(Value value) {
        return switch (value) {
            case Value.Num number -> valueBytes >= NUMBER_BYTES;
            case Value.Array(var items) -> valueDepth > 0 && items.size() < valueBytes / NUMBER_BYTES && onlyNumbers(items);
            case Value.Null other -> false;
            case Value.Bool other -> false;
            case Value.Text other -> false;
            case Value.Struct other -> false;
        };
    }

    private static boolean onlyNumbers(List<Value> items) {
        for (Value item : items) {
            if (!(item instanceof Value.Num)) {
                return false;
            }
        }
        return true;
    }

    private static void check(String what, int actual, int limit) {
        if (actual > limit) {
            throw LIMIT_EXCEEDED.because(what + ": " + actual + " (expected: at most " + limit + ")");
        }
    }
}
