package org.chorale.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.chorale.text.TextEdit.Step;

/**
 * Finds the edit between two texts.
 *
 * <p>What both begin and end with is set aside; the middle is compared by the greedy algorithm of E. W. Myers, "An O(ND) Difference
 * Algorithm and Its Variations" (1986), on code points, so that no surrogate pair is cut. Middles that differ by more than
 * {@value #MOST_DIFFERENCES} code points are replaced as one: bounded time matters more than a small edit. The result is the same in every
 * client.
 */
public final class TextDiff {
    private static final int MOST_DIFFERENCES = 200;

    private TextDiff() {}

    /**
     * The edit that turns {@code before} into {@code after}.
     *
     * @throws org.chorale.problem.CollaborationException {@code invalid-value} when {@code after} puts in a lone surrogate
     */
    public static TextEdit between(String before, String after) {
        int prefix = commonPrefix(before, after);
        int suffix = commonSuffix(before, after, Math.min(before.length(), after.length()) - prefix);
        int[] from = before.substring(prefix, before.length() - suffix).codePoints().toArray();
        int[] to = after.substring(prefix, after.length() - suffix).codePoints().toArray();
        var steps = new ArrayList<Step>();
        if (prefix > 0) {
            steps.add(new Step.Retain(prefix));
        }
        addMiddle(from, to, steps);
        return new TextEdit(steps);
    }

    private static int commonPrefix(String a, String b) {
        int most = Math.min(a.length(), b.length());
        int length = 0;
        while (length < most && a.charAt(length) == b.charAt(length)) {
            length++;
        }
        return length > 0 && Character.isHighSurrogate(a.charAt(length - 1)) ? length - 1 : length;
    }

    private static int commonSuffix(String a, String b, int most) {
        int length = 0;
        while (length < most && a.charAt(a.length() - length - 1) == b.charAt(b.length() - length - 1)) {
            length++;
        }
        return length > 0 && Character.isLowSurrogate(a.charAt(a.length() - length)) ? length - 1 : length;
    }

    private static void addMiddle(int[] from, int[] to, List<Step> steps) {
        var deleted = new boolean[from.length];
        var inserted = new boolean[to.length];
        markDifferences(from, to, deleted, inserted);
        int x = 0;
        int y = 0;
        while (x < from.length || y < to.length) {
            if (y < to.length && inserted[y]) {
                steps.add(new Step.Insert(Character.toString(to[y++])));
            } else if (deleted[x]) {
                steps.add(new Step.Delete(Character.charCount(from[x++])));
            } else {
                steps.add(new Step.Retain(Character.charCount(from[x++])));
                y++;
            }
        }
    }

    /** Marks a shortest script from one to the other, or everything where that is too long. */
    private static void markDifferences(int[] from, int[] to, boolean[] deleted, boolean[] inserted) {
        var rounds = new ArrayList<int[]>();
        if (!findsPath(from, to, rounds)) {
            Arrays.fill(deleted, true);
            Arrays.fill(inserted, true);
            return;
        }
        int x = from.length;
        int y = to.length;
        for (int d = rounds.size() - 1; d > 0; d--) {
            int[] previous = rounds.get(d - 1);
            int k = x - y;
            if (goesDown(previous, k, d)) {
                x = previous[k + d];
                y = x - k - 1;
                inserted[y] = true;
            } else {
                x = previous[k + d - 2];
                y = x - k + 1;
                deleted[x] = true;
            }
        }
    }

    /**
     * Whether few enough differences lead from one to the other. Round d gets, at index k + d, the furthest x in {@code from} that d
     * differences reach on the diagonal k = x − y, for every other k from −d to d.
     */
    private static boolean findsPath(int[] from, int[] to, List<int[]> rounds) {
        int[] previous = {};
        for (int d = 0; d <= MOST_DIFFERENCES; d++) {
            var furthest = new int[2 * d + 1];
            rounds.add(furthest);
            for (int k = -d; k <= d; k += 2) {
                int x = d == 0 ? 0 : goesDown(previous, k, d) ? previous[k + d] : previous[k + d - 2] + 1;
                while (x < from.length && x - k < to.length && from[x] == to[x - k]) {
                    x++;
                }
                furthest[k + d] = x;
                if (x == from.length && x - k == to.length) {
                    return true;
                }
            }
            previous = furthest;
        }
        return false;
    }

    /** Whether the last difference on a diagonal is an insert (down from k + 1) or a delete (right from k − 1). */
    private static boolean goesDown(int[] previous, int k, int d) {
        return k == -d || k != d && previous[k + d - 2] < previous[k + d];
    }
}
