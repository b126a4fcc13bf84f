package org.chorale.document;

import java.util.List;
import java.util.Optional;
import org.chorale.operation.ElementId;
import org.chorale.operation.OrderKey;
import org.chorale.operation.Origins;
import org.chorale.operation.Path;
import org.chorale.text.TextEdit;
import org.chorale.value.Value;

/**
 * How one effective operation is undone. All but texts are guarded: they apply only where the register still holds what the operation
 * left there ({@code expects}), so an undo never overwrites somebody's later write; what they bring back counts as of {@code restores}.
 */
public sealed interface Inverse {
    ElementId element();

    /** Writes the old value, or removes the property; after an add whose result was overwritten, {@code delta} still can be added. */
    record OfProperty(ElementId element, Path path, Optional<Value> old, Origins expects, Origins restores, Optional<Value> delta)
        implements Inverse {}

    /** Transformed over every edit after {@code revision}, then applied. */
    record OfText(ElementId element, String name, TextEdit edit, long revision) implements Inverse {}

    /** Retracts what was appended. */
    record OfAppended(ElementId element, String list, List<String> items, long expects) implements Inverse {
        public OfAppended {
            items = List.copyOf(items);
        }
    }

    record OfItem(ElementId element, String list, String item, boolean retracted, long expects, long restores) implements Inverse {}

    record OfMember(ElementId element, String set, String member, boolean on, long expects, long restores) implements Inverse {}

    /** Moves back to where the element stood, {@code behind} a sibling unless it was the first. */
    record OfPlace(ElementId element, ElementId parent, OrderKey order, Optional<ElementId> behind, long expects, long restores)
        implements Inverse {}

    record OfFlag(ElementId element, boolean deleted, long expects, long restores) implements Inverse {}
}
