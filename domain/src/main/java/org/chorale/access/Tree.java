package org.chorale.access;

import java.util.Optional;
import org.chorale.conflict.ConflictRecord;
import org.chorale.operation.ConflictId;
import org.chorale.operation.ElementId;

/** What authorizing asks of a document, as a change left it. */
public interface Tree {
    boolean has(ElementId element);

    /** Of an element that is there; the root for those at the top. */
    ElementId parentOf(ElementId element);

    String typeOf(ElementId element);

    boolean isConstraint(ElementId element);

    Optional<ConflictRecord> conflict(ConflictId id);
}
