package org.chorale.document;

import org.chorale.value.Value;

/** An item of a list; one that was retracted keeps its place. */
public record ItemCell(String id, Value value, boolean retracted, Stamp stamp) {
    ItemCell with(boolean flag, Stamp by) {
        return new ItemCell(id, value, flag, by);
    }
}
