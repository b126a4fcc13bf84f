package org.chorale.operation;

import static org.chorale.problem.ProblemType.INVALID_OPERATION;
import static org.chorale.problem.ProblemType.INVALID_VALUE;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chorale.text.TextEdit;
import org.chorale.value.Key;
import org.chorale.value.Value;

/**
 * One edit of a document. Says what changes, never who, when or on which revision: that is {@code Change}. The same types carry what a
 * client asks for and what the server decided; in a decided (effective) operation every {@link Position} is a {@link Position.At}, and
 * only there are the kinds that are marked {@link Decided}.
 */
public sealed interface Operation {

    /** Only the server makes these. */
    sealed interface Decided extends Operation {}

    /** Makes a new element; one that {@code refs} others is a constraint and lives only as long as all of them. */
    record Create(ElementId element, String elementType, ElementId parent, Position position,
                  Map<String, Value> props, Map<String, String> texts, List<ElementId> refs) implements Operation {
        public Create {
            Ids.require("elementType", elementType);
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

    /** Edits a text of an element; every name has a text, at first an empty one. */
    record EditText(ElementId element, String name, TextEdit edit) implements Operation {
        public EditText {
            Key.require(name);
        }
    }

    /** Puts items behind all others of a list. */
    record Append(ElementId element, String list, List<ListItem> items) implements Operation {
        public Append {
            Key.require(list);
            items = List.copyOf(items);
            if (items.isEmpty()) {
                throw INVALID_OPERATION.because("items: none (expected: at least one)");
            }
            var ids = new HashSet<String>();
            for (ListItem item : items) {
                if (!ids.add(item.id())) {
                    throw INVALID_OPERATION.because("items: \"" + item.id() + "\" twice (expected: each id once)");
                }
            }
        }
    }

    /** Takes an item out of a list, or puts it back where it was. */
    record Retract(ElementId element, String list, String item, boolean retracted) implements Operation {
        public Retract {
            Key.require(list);
            Ids.require("item id", item);
        }
    }

    /** Puts a member into a set, or takes it out. */
    record SetMember(ElementId element, String set, String member, boolean on) implements Operation {
        public SetMember {
            Key.require(set);
            Key.require(member);
        }
    }

    /** Puts an element, with all below it, under another parent or at another place. */
    record Move(ElementId element, ElementId parent, Position position) implements Operation {}

    /** Hides an element and all below it. */
    record Delete(ElementId element) implements Operation {}

    /** Shows a deleted element again. */
    record Restore(ElementId element) implements Operation {}

    /** Ends an open conflict; {@code value} is present exactly for {@link Choice#VALUE}. */
    record Resolve(ConflictId conflict, Choice choice, Optional<Value> value) implements Operation {
        public Resolve {
            if (value.isPresent() != (choice == Choice.VALUE)) {
                throw INVALID_OPERATION.because("value with choice " + choice + " (expected: with VALUE, and with it only)");
            }
        }
    }

    /** A write that was not carried out: it waits as a candidate of an open conflict. No value: it would have removed the register. */
    record Withhold(ElementId element, Path path, ConflictId conflict, Optional<Value> value, Optional<Value> previous) implements Decided {}

    /** An undo's write: the register counts as written by the revisions that its content stems from. */
    record Returned(Operation write, Origins origins) implements Decided {}

    /** A write that blends the {@code siblings}, the writer's own among them. */
    record Merged(SetProperty write, List<Sibling> siblings) implements Decided {
        public Merged {
            siblings = List.copyOf(siblings);
        }
    }

    /** Gives neighbouring siblings shorter keys in the same order. */
    record Rebalance(ElementId parent, Map<ElementId, OrderKey> keys) implements Decided {
        public Rebalance {
            keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
        }
    }
}
