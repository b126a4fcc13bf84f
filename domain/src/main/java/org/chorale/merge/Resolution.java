package org.chorale.merge;

import java.util.Optional;
import org.chorale.value.Value;

/**
 * What somebody chose for a merge conflict. It was made for two values; once one of them changes it lapses.
 *
 * @param value present exactly for {@link Choice#VALUE}
 */
public record Resolution(CellId cell, Choice choice, Optional<Value> value, Optional<Value> ours, Optional<Value> theirs) {

    /** What can be chosen. Public names. */
    public enum Choice { OURS, THEIRS, AVERAGE, VALUE }

    /** A choice for a conflict as it is now. */
    public static Resolution of(MergeConflict conflict, Choice choice) {
        return new Resolution(conflict.cell(), choice, Optional.empty(), conflict.ours(), conflict.theirs());
    }

    /** A value for a conflict as it is now. */
    public static Resolution of(MergeConflict conflict, Value value) {
        return new Resolution(conflict.cell(), Choice.VALUE, Optional.of(value), conflict.ours(), conflict.theirs());
    }

    boolean isFor(MergeConflict conflict) {
        return cell.equals(conflict.cell()) && ours.equals(conflict.ours()) && theirs.equals(conflict.theirs());
    }
}
