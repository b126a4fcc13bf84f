package org.chorale.text;

import static org.chorale.problem.ProblemType.INVALID_OPERATION;

import java.util.ArrayList;
import java.util.List;
import org.chorale.problem.CollaborationException;
import org.chorale.value.Value;

/**
 * A change of a plain text: what is kept, put in and taken out from its beginning on; behind the last step the rest is kept.
 *
 * <p>Places and lengths count UTF-16 code units. Edits are canonical: neighbours of one kind are joined, an insert stands before a delete
 * at its place, no step is empty and the last is no retain. So edits that look the same are equal, and ties have one outcome.
 *
 * <p>Operational transformation after C. Ellis and S. Gibbs, "Concurrency Control in Groupware Systems" (1989); what must hold for two
 * sites is TP1 of M. Ressel et al., "An Integrating, Transformation-Oriented Approach to Concurrency Control and Undo in Group Editors"
 * (1996); the shape of an edit is that of ot.js.
 *
 * <p>Every method that makes an edit throws {@link CollaborationException} ({@code invalid-operation}) when a text before or after it
 * would be longer than 2³¹−1, and takes time linear in the steps it reads.
 */
public record TextEdit(List<Step> steps) {

    /** One stretch of a text. */
    public sealed interface Step {
        /** Keeps {@code count} code units. */
        record Retain(int count) implements Step {
            public Retain {
                requirePositive(count);
            }
        }

        /** Puts in a text of whole characters; an empty one disappears from the edit. */
        record Insert(String text) implements Step {
            public Insert {
                Value.requireUnicode(text);
            }
        }

        /** Takes out {@code count} code units. */
        record Delete(int count) implements Step {
            public Delete {
                requirePositive(count);
            }
        }

        /** Its extent in code units, be they kept, put in or taken out. */
        default int length() {
            return switch (this) {
                case Retain retain -> retain.count;
                case Insert insert -> insert.text.length();
                case Delete delete -> delete.count;
            };
        }
    }

    public TextEdit {
        var canonical = new Canonical();
        steps.forEach(canonical::add);
        steps = canonical.steps();
    }

    public static TextEdit of(Step... steps) {
        return new TextEdit(List.of(steps));
    }

    public static TextEdit insert(int at, String text) {
        return at(at, new Step.Insert(text));
    }

    public static TextEdit delete(int at, int count) {
        return at(at, new Step.Delete(count));
    }

    private static TextEdit at(int place, Step step) {
        return place == 0 ? of(step) : of(new Step.Retain(place), step);
    }

    /** Whether it changes nothing. */
    public boolean isEmpty() {
        return steps.isEmpty();
    }

    /** How long a text must be at least: what is kept and taken out up to the last step. */
    public int requiredLength() {
        int length = 0;
        for (Step step : steps) {
            length += step instanceof Step.Insert ? 0 : step.length();
        }
        return length;
    }

    /** How much longer the text becomes. */
    public int lengthChange() {
        int change = 0;
        for (Step step : steps) {
            change += switch (step) {
                case Step.Retain retain -> 0;
                case Step.Insert insert -> insert.length();
                case Step.Delete delete -> -delete.count();
            };
        }
        return change;
    }

    /** Whether the text is long enough, and no surrogate pair of it would be cut. */
    public boolean fits(CharSequence text) {
        int at = 0;
        for (Step step : steps) {
            at += step instanceof Step.Insert ? 0 : step.length();
            if (at > text.length() || isWithinPair(text, at)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Refuses a text that is too short, or that the edit would cut inside of a surrogate pair.
     *
     * @throws CollaborationException {@code invalid-operation}
     */
    public void requireFits(CharSequence text) {
        int required = requiredLength();
        if (required > text.length()) {
            throw INVALID_OPERATION.because("text edit of required length " + required + " (expected: at most " + text.length() + ")");
        }
        int at = 0;
        for (Step step : steps) {
            at += step instanceof Step.Insert ? 0 : step.length();
            requireWhole(text, at);
        }
    }

    /**
     * The text after this edit.
     *
     * @throws CollaborationException {@code invalid-operation} when the edit does not fit
     */
    public String apply(String text) {
        var edited = new StringBuilder(text);
        applyTo(edited);
        return edited.toString();
    }

    /**
     * Edits a text in place. Takes time linear in the steps and in the text between the first and the last; what stands behind is moved
     * once, however many steps there are.
     *
     * @throws CollaborationException {@code invalid-operation} when the edit does not fit, and the text is untouched
     */
    public void applyTo(StringBuilder text) {
        requireFits(text);
        if (isEmpty()) {
            return;
        }
        int start = steps.getFirst() instanceof Step.Retain retain ? retain.count() : 0;
        int at = start;
        var changed = new StringBuilder();
        for (Step step : start == 0 ? steps : steps.subList(1, steps.size())) {
            switch (step) {
                case Step.Retain(int count) -> {
                    changed.append(text, at, at + count);
                    at += count;
                }
                case Step.Insert(String inserted) -> changed.append(inserted);
                case Step.Delete(int count) -> at += count;
            }
        }
        text.replace(start, at, changed.toString());
    }

    /**
     * One edit with the effect of this and then {@code next}.
     *
     * @throws CollaborationException {@code invalid-operation} when {@code next} cuts a surrogate pair that this edit put in
     */
    public TextEdit compose(TextEdit next) {
        var first = new Cursor(this);
        var second = new Cursor(next);
        var composed = new ArrayList<Step>();
        while (!first.atEnd() || !second.atEnd()) {
            if (first.step() instanceof Step.Delete) {
                composed.add(first.takeAll());
            } else if (second.step() instanceof Step.Insert) {
                composed.add(second.takeAll());
            } else {
                int count = Math.min(first.left(), second.left());
                Step done = first.take(count);
                Step then = second.take(count);
                if (then instanceof Step.Retain) {
                    composed.add(done);
                } else if (done instanceof Step.Retain) {
                    composed.add(then);
                }
            }
        }
        return new TextEdit(composed);
    }

    /**
     * This edit as it applies after {@code over}, which was made on the same text. {@code mySide} tells which one was committed first.
     *
     * <pre>
     *              text
     *        this /    \ over                 Both ways lead to the same text (TP1), as long as
     *            /      \                     one of the two sides is EARLIER and the other LATER.
     *  over.transform   this.transform
     *   (this, …) \      / (over, …)
     *              \    /
     * </pre>
     */
    public TextEdit transform(TextEdit over, Side mySide) {
        var mine = new Cursor(this);
        var theirs = new Cursor(over);
        var transformed = new ArrayList<Step>(steps.size());
        while (!mine.atEnd()) {
            boolean theyInsert = theirs.step() instanceof Step.Insert;
            if (mine.step() instanceof Step.Insert && (mySide == Side.EARLIER || !theyInsert)) {
                transformed.add(mine.takeAll());
            } else if (theyInsert) {
                transformed.add(new Step.Retain(theirs.takeAll().length()));
            } else {
                int count = Math.min(mine.left(), theirs.left());
                Step step = mine.take(count);
                if (theirs.take(count) instanceof Step.Retain) {
                    transformed.add(step);
                }
            }
        }
        return new TextEdit(transformed);
    }

    /**
     * The edit that takes a text after this one back to {@code before}.
     *
     * @throws CollaborationException {@code invalid-operation} when this edit does not fit {@code before}
     */
    public TextEdit invert(CharSequence before) {
        requireFits(before);
        var inverse = new ArrayList<Step>(steps.size());
        int at = 0;
        for (Step step : steps) {
            switch (step) {
                case Step.Retain retain -> inverse.add(retain);
                case Step.Insert insert -> inverse.add(new Step.Delete(insert.length()));
                case Step.Delete(int count) -> inverse.add(new Step.Insert(before.subSequence(at, at + count).toString()));
            }
            at += step instanceof Step.Insert ? 0 : step.length();
        }
        return new TextEdit(inverse);
    }

    private static void requirePositive(int count) {
        if (count < 1) {
            throw INVALID_OPERATION.because("count in a text edit: " + count + " (expected: 1 to " + Integer.MAX_VALUE + ")");
        }
    }

    private static void requireWhole(CharSequence text, int place) {
        if (isWithinPair(text, place)) {
            throw INVALID_OPERATION.because("place in a text: " + place + " (expected: not inside of a surrogate pair)");
        }
    }

    private static boolean isWithinPair(CharSequence text, int place) {
        return place > 0 && place < text.length() && Character.isSurrogatePair(text.charAt(place - 1), text.charAt(place));
    }

    /** Reads an edit in pieces; behind its end everything is retained. */
    private static final class Cursor {
        private static final Step REST = new Step.Retain(Integer.MAX_VALUE);

        private final List<Step> steps;
        private int index;
        private int taken;

        Cursor(TextEdit edit) {
            steps = edit.steps;
        }

        boolean atEnd() {
            return index == steps.size();
        }

        Step step() {
            return atEnd() ? REST : steps.get(index);
        }

        /** What is left of the step. */
        int left() {
            return step().length() - taken;
        }

        Step takeAll() {
            return take(left());
        }

        Step take(int count) {
            Step step = step();
            int from = taken;
            if (!atEnd()) {
                taken = count == left() ? 0 : from + count;
                index += taken == 0 ? 1 : 0;
            }
            if (count == step.length()) {
                return step;
            }
            return switch (step) {
                case Step.Retain retain -> new Step.Retain(count);
                case Step.Insert(String text) -> {
                    requireWhole(text, from + count);
                    yield new Step.Insert(text.substring(from, from + count));
                }
                case Step.Delete delete -> new Step.Delete(count);
            };
        }
    }

    /** Brings steps into the canonical form. */
    private static final class Canonical {
        private final List<Step> steps = new ArrayList<>();
        private final StringBuilder inserted = new StringBuilder();
        private long retained;
        private long deleted;
        private long lengthBefore;
        private long lengthAfter;

        void add(Step step) {
            switch (step) {
                case Step.Retain(int count) -> {
                    endChange();
                    retained += count;
                }
                case Step.Insert(String text) -> inserted.append(text);
                case Step.Delete(int count) -> deleted += count;
            }
        }

        List<Step> steps() {
            endChange();
            return List.copyOf(steps);
        }

        private void endChange() {
            if (inserted.isEmpty() && deleted == 0) {
                return;
            }
            lengthBefore += retained + deleted;
            lengthAfter += retained + inserted.length();
            if (Math.max(lengthBefore, lengthAfter) > Integer.MAX_VALUE) {
                throw INVALID_OPERATION.because("text edit over more than " + Integer.MAX_VALUE + " code units");
            }
            if (retained > 0) {
                steps.add(new Step.Retain((int) retained));
            }
            if (!inserted.isEmpty()) {
                steps.add(new Step.Insert(inserted.toString()));
            }
            if (deleted > 0) {
                steps.add(new Step.Delete((int) deleted));
            }
            retained = 0;
            deleted = 0;
            inserted.setLength(0);
        }
    }
}
