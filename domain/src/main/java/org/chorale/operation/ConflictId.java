package org.chorale.operation;

/** A conflict's id within its branch, given by the server: the revision that opened it and a running number, as in {@code 12-0}. */
public record ConflictId(String value) {
    public ConflictId {
        Ids.require("conflict id", value);
    }

    public static ConflictId of(long revision, int number) {
        return new ConflictId(revision + "-" + number);
    }

    @Override
    public String toString() {
        return value;
    }
}
