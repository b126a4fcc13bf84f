package org.chorale.operation;

import static org.chorale.problem.ProblemType.INVALID_OPERATION;
import static org.chorale.problem.ProblemType.INVALID_VALUE;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chorale.value.Key;
import org.chorale.value.Value;

/**
 * One edit of a document. Says what changes, never who, when or on which revision: that is {@code Change}. The same types carry what a
 * client asks for and what the server decided; in a decided (effective) operation every {@link Position} is a {@link Position.At}.
 */
public sealed interface Operation {

    /** The element that is edited. */
    ElementId element();

    /** Makes a new element; one that {@code refs} others is a constraint and lives only as long as all of them. */
    record Create(ElementId element, String elementType, ElementId parent, Position position,
                  Map<String, Value> props, Map<String, String> texts, List<ElementId> refs) implements Operation {
        public Create {
            if (elementType.isEmpty() || elementType.length() > 64 || !elementType.chars().allMatch(ElementId::isAllowed)) {
                throw INVALID_OPERATION.because("elementType of length " + elementType.length()
                    + " (expected: 1 to 64 characters of A-Z a-z 0-9 _ -)");
            }
            props.keySet().forEach(Key::require);
            texts.keySet().forEach(Key::require);
            texts.values().forEach(Value::requireUnicode);
            props = Collections.unmodifiableMap(new LinkedHashMap<>(props));
            texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
            refs = List.copyOf(new LinkedHashSet<>(refs));
        }

        public Create at(ElementId newParent, OrderKey key) {
            return new Create(element, elementType, newParent, new Position.At(key), props, texts, refs);
        }
    }

    /** Writes a register; {@code previous} is the value its author saw there. */
    record SetProperty(ElementId element, Path path, Value value, Optional<Value> previous) implements Operation {
        public SetProperty(ElementId element, Path path, Value value) {
            this(element, path, value, Optional.empty());
        }
    }

    /** Removes a register. */
    record UnsetProperty(ElementId element, Path path, Optional<Value> previous) implements Operation {
        public UnsetProperty(ElementId element, Path path) {
            this(element, path, Optional.empty());
        }
    }

    /** Adds a number to a number, or a vector to a vector: whatever is there at commit. */
    record AddToProperty(ElementId element, Path path, Value delta) implements Operation {
        public AddToProperty {
            boolean number = delta instanceof Value.Num;
            boolean vector = delta instanceof Value.Array(var items)
                && !items.isEmpty() && items.stream().allMatch(Value.Num.class::isInstance);
            if (!number && !vector) {
                throw INVALID_VALUE.because("delta (expected: a number or an array of numbers)");
            }
        }
    }

    /** Puts an element, with all below it, under another parent or at another place. */
    record Move(ElementId element, ElementId parent, Position position) implements Operation {}

    /** Hides an element and all below it. */
    record Delete(ElementId element) implements Operation {}

    /** Shows a deleted element again. */
    record Restore(ElementId element) implements Operation {}
}
