package org.chorale.merge;

import java.util.Optional;
import org.chorale.value.Value;

/** A cell that two documents hold different values of; nothing where a document does not have the cell. */
public record Difference(CellId cell, Optional<Value> before, Optional<Value> after) {}
